/** What is in a list before anything is taken from it: how many are what, what is passed over and why, and the first of them. */
import { BlockStack, Button, ButtonGroup, Card, ChoiceList, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ListSource, REFUSAL_KINDS, type RefusalKind } from '../domain/refusal-list';
import { IGNORED, type Ignored } from '../domain/refusal-row';
import type { TakenCounts } from './refusals-history';
import { useFormat } from './use-format';

export interface OpenList {
  id: string;
  fileName: string;
  source: ListSource;
  columns: string[];
  importing: boolean;
  /** Up to when the list is true. */
  asOf: string;
  counts: {
    addresses: number;
    unsubscribed: number;
    bounced: number;
    complained: number;
    repeated: number;
    ignored: Partial<Record<Ignored, number>>;
  } | null;
  result: TakenCounts | null;
  rows: { email: string; unsubscribed: boolean; suppressed: 'bounced' | 'complained' | null; at: string | null }[];
}

export interface RefusalsPreviewProps {
  list: OpenList;
  busy: boolean;
  onImport(kind: RefusalKind | null): void;
  onDiscard(): void;
}

export function RefusalsPreview({ list, busy, onImport, onDiscard }: RefusalsPreviewProps) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<RefusalKind>('unsubscribed');
  const { source, columns, counts } = list;
  const addresses = counts?.addresses ?? 0;
  const says = counts !== null && counts.unsubscribed + counts.bounced + counts.complained > 0;
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t('refusals.preview.heading')}
          </Text>
          <Text as="p" breakWord>
            {t('refusals.preview.source', { file: list.fileName, source: t(`refusals.sources.${source}`) })}
          </Text>
          <Text as="p" tone="subdued" breakWord>
            {columns.length > 1
              ? t('refusals.preview.columns', { columns: columns.join(', ') })
              : t('refusals.preview.noColumns')}
          </Text>
        </BlockStack>
        <Counts list={list} />
        {addresses === 0 && <Text as="p">{t('refusals.preview.none')}</Text>}
        {addresses > 0 && !says && (
          <ChoiceList
            title={t('refusals.preview.kind')}
            choices={REFUSAL_KINDS.map((one) => ({ label: t(`refusals.kinds.${one}`), value: one }))}
            selected={[kind]}
            onChange={([one]) => setKind(REFUSAL_KINDS.find((known) => known === one) ?? kind)}
          />
        )}
        <FirstRows list={list} kind={says ? null : kind} />
        <Text as="p" tone="subdued">
          {t('refusals.shopify')}
        </Text>
        <ButtonGroup>
          {addresses > 0 && (
            <Button variant="primary" loading={busy} onClick={() => onImport(says ? null : kind)}>
              {t('refusals.preview.import', { count: addresses })}
            </Button>
          )}
          <Button disabled={busy} onClick={onDiscard}>
            {t('refusals.preview.other')}
          </Button>
        </ButtonGroup>
      </BlockStack>
    </Card>
  );
}

function Counts({ list: { counts } }: { list: OpenList }) {
  const { t } = useTranslation();
  if (!counts) return null;
  const passed = IGNORED.map((why) => ({ label: t(`refusals.ignored.${why}`), count: counts.ignored[why] ?? 0 }));
  const lines = [
    ...REFUSAL_KINDS.map((kind) => ({ label: t(`refusals.counts.${kind}`), count: counts[kind] })),
    { label: t('refusals.ignored.repeated'), count: counts.repeated },
    ...passed,
  ].filter(({ count }) => count > 0);
  return (
    <BlockStack gap="100">
      <Text as="p" fontWeight="semibold">
        {t('refusals.preview.addresses', { count: counts.addresses })}
      </Text>
      {lines.map(({ label, count }) => (
        <Line key={label} label={label} count={count} />
      ))}
    </BlockStack>
  );
}

function Line({ label, count }: { label: string; count: number }) {
  const format = useFormat();
  return (
    <InlineStack align="space-between" gap="300" wrap={false}>
      <Text as="span">{label}</Text>
      <Text as="span" fontWeight="medium">
        {format.number(count)}
      </Text>
    </InlineStack>
  );
}

function FirstRows({ list, kind }: { list: OpenList; kind: RefusalKind | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const what = ({ unsubscribed, suppressed }: OpenList['rows'][number]): RefusalKind[] =>
    kind ? [kind] : suppressed === 'complained' || !unsubscribed ? (suppressed ? [suppressed] : []) : both(suppressed);
  if (list.rows.length === 0) return null;
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {t('refusals.preview.first')}
      </Text>
      <ul className="plain-list spaced">
        {list.rows.map((row) => (
          <li key={row.email}>
            <Text as="p" breakWord>
              {row.email}
            </Text>
            <Text as="p" tone="subdued" variant="bodySm">
              {what(row)
                .map((one) => t(`refusals.kinds.${one}`))
                .join(', ')}
              {' · '}
              {row.at ? format.day(row.at) : t('refusals.undated', { date: format.day(list.asOf) })}
            </Text>
          </li>
        ))}
      </ul>
    </BlockStack>
  );
}

function both(suppressed: 'bounced' | 'complained' | null): RefusalKind[] {
  return suppressed ? ['unsubscribed', suppressed] : ['unsubscribed'];
}
