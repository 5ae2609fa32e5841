/** The lists that were imported, and what each came to. Used by the refusals page. */
import { BlockStack, Card, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { ListSource } from '../domain/refusal-list';
import { useFormat } from './use-format';

export interface TakenCounts {
  stopped: number;
  already: number;
  cameBack: number;
  remembered: number;
  rememberedBefore: number;
  erased: number;
}

export interface RefusalsHistoryProps {
  lists: { id: string; source: ListSource; importedAt: string | null; result: TakenCounts | null }[];
}

export function RefusalsHistory({ lists }: RefusalsHistoryProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const sentence = useOutcome();
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('refusals.history.heading')}
        </Text>
        {lists.map(({ id, source, importedAt, result }) => (
          <BlockStack key={id} gap="100">
            <Text as="h3" variant="headingSm">
              {t('refusals.history.line', {
                source: capital(t(`refusals.sources.${source}`)),
                date: format.dayAndTime(importedAt ?? ''),
              })}
            </Text>
            <Text as="p">{sentence(result)}</Text>
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}

const PARTS = ['stopped', 'remembered', 'already', 'rememberedBefore', 'cameBack', 'erased'] as const;

/** "12 customers get no e-mails from now on; 340 addresses of nobody in your store are remembered." */
function useOutcome(): (result: TakenCounts | null) => string {
  const { t } = useTranslation();
  return (result) => {
    const parts = PARTS.filter((part) => (result?.[part] ?? 0) > 0).map((part) =>
      t(`refusals.history.${part}`, { count: result?.[part] ?? 0 }),
    );
    return `${capital(parts.length > 0 ? parts.join(', ') : t('refusals.history.nothing'))}.`;
  };
}

function capital(text: string): string {
  return `${text.slice(0, 1).toLocaleUpperCase()}${text.slice(1)}`;
}
