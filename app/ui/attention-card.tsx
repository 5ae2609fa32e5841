/** What stands between the owner and their e-mails, each with the way to mend it. Used by the overview. */
import { BlockStack, Box, Button, Card, Divider, InlineStack, Text } from '@shopify/polaris';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { ScenarioKey } from '../domain/scenario';
import { type Format, useFormat } from './use-format';

export type AttentionItem =
  | { point: 'key-missing' | 'sender-missing' | 'address-missing' }
  | { point: 'provider-paused'; since: string }
  | { point: 'domain-broken'; domain: string; since: string }
  | { point: 'import-failed'; kinds: ('customers' | 'products' | 'orders' | 'checkouts')[] }
  | { point: 'scopes-missing'; scopes: string[] }
  | { point: 'codes-refused'; refused: { scenario: ScenarioKey; why: string | null; waiting: number }[] }
  | { point: 'restored'; count: number; lostFrom: string; lostUntil: string }
  | PaceItem
  | { point: 'outcome-unknown' | 'data-request-waiting'; count: number };

interface PaceItem {
  point: 'sending-stopped' | 'sending-slowed';
  /** Null: slowed after a stop. */
  cause: 'bounces' | 'complaints' | null;
  mails: number;
  count: number;
  perHour: number;
  waiting: number;
  goesOnAt: string | null;
}

export interface AttentionCardProps {
  items: AttentionItem[];
  busy: boolean;
  onFetchAgain(): void;
  onGoOnSlowly(): void;
  /** Shopify's page that grants the access the app asks for. */
  grantUrl: string;
}

export function AttentionCard({ items, ...actions }: AttentionCardProps) {
  const { t } = useTranslation();
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('home.attention.title', { count: items.length })}
        </Text>
        {items.map((item, index) => (
          <BlockStack gap="300" key={item.point}>
            {index > 0 && <Divider />}
            <Point item={item} {...actions} />
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}

function Point({ item, ...actions }: { item: AttentionItem } & Omit<AttentionCardProps, 'items'>) {
  const { title, text, more = [] } = useWords(item);
  return (
    <InlineStack gap="300" align="space-between" blockAlign="center">
      <Box maxWidth="40rem">
        <Text as="h3" variant="headingSm">
          {title}
        </Text>
        <BlockStack gap="150">
          {[text, ...more].map((paragraph) => (
            <Text as="p" key={paragraph}>
              {paragraph}
            </Text>
          ))}
        </BlockStack>
      </Box>
      <Mend item={item} {...actions} />
    </InlineStack>
  );
}

interface Words {
  title: string;
  text: string;
  /** What to do, where that takes more than a sentence or two. */
  more?: string[];
}

function useWords(item: AttentionItem): Words {
  const { t } = useTranslation();
  const format = useFormat();
  switch (item.point) {
    case 'provider-paused':
      return {
        title: t('home.attention.provider-paused.title'),
        text: t('home.attention.provider-paused.text', { date: format.dayAndTime(item.since) }),
      };
    case 'domain-broken':
      return {
        title: t('home.attention.domain-broken.title', { domain: item.domain }),
        text: t('home.attention.domain-broken.text', { date: format.dayAndTime(item.since) }),
      };
    case 'import-failed': {
      const kinds = item.kinds.map((kind) => t(`home.import.kinds.${kind}`)).join(', ');
      return {
        title: t('home.attention.import-failed.title'),
        text: t('home.attention.import-failed.text', { kinds }),
      };
    }
    case 'scopes-missing':
      return {
        title: t('home.attention.scopes-missing.title'),
        text: t('home.attention.scopes-missing.text', { scopes: item.scopes.join(', ') }),
      };
    case 'codes-refused': {
      const reasons = item.refused.map(({ scenario, why, waiting: count }) =>
        why === null
          ? t('home.attention.codes-refused.ended', { count, scenario: t(`scenarios.${scenario}.name`) })
          : t('home.attention.codes-refused.reason', { count, why, scenario: t(`scenarios.${scenario}.name`) }),
      );
      return {
        title: t('home.attention.codes-refused.title'),
        text: t('home.attention.codes-refused.text', { reasons: reasons.join(' ') }),
      };
    }
    case 'restored': {
      const { count, lostFrom, lostUntil } = item;
      const span = { from: format.dayAndTime(lostFrom), until: format.dayAndTime(lostUntil) };
      return {
        title: t('home.attention.restored.title'),
        text:
          count > 0
            ? t('home.attention.restored.text', { count, ...span })
            : t('home.attention.restored.settled', span),
      };
    }
    case 'sending-stopped':
    case 'sending-slowed': {
      const { more = [], ...words } = paceWords(t, format, item);
      const waiting = item.waiting > 0 ? [t('home.attention.waiting', { count: item.waiting })] : [];
      return { ...words, more: [...more, ...waiting] };
    }
    case 'outcome-unknown':
      return {
        title: t('home.attention.outcome-unknown.title', { count: item.count }),
        text: t('home.attention.outcome-unknown.text'),
      };
    case 'data-request-waiting':
      return {
        title: t('home.attention.data-request-waiting.title', { count: item.count }),
        text: t('home.attention.data-request-waiting.text'),
      };
    default:
      return { title: t(`home.attention.${item.point}.title`), text: t(`home.attention.${item.point}.text`) };
  }
}

function paceWords(t: TFunction, format: Format, { point, cause, goesOnAt, ...figures }: PaceItem): Words {
  const facts = { ...figures, date: goesOnAt ? format.day(goesOnAt) : '' };
  if (point === 'sending-stopped') {
    const why = cause ?? 'bounces';
    return {
      title: t(`home.attention.sending-stopped.${why}.title`),
      text: t(`home.attention.sending-stopped.${why}.text`, facts),
      more: [t(`home.attention.sending-stopped.${why}.todo`), t('home.attention.sending-stopped.goesOn', facts)],
    };
  }
  const why = cause ?? 'after-stop';
  return {
    title: t(`home.attention.sending-slowed.${why}.title`),
    text: t(`home.attention.sending-slowed.${why}.text`, facts),
  };
}

function Mend({
  item,
  busy,
  onFetchAgain,
  onGoOnSlowly,
  grantUrl,
}: { item: AttentionItem } & Omit<AttentionCardProps, 'items'>) {
  const { t } = useTranslation();
  switch (item.point) {
    case 'sender-missing':
      return <Button url="/app/settings#sender">{t('home.attention.sender-missing.action')}</Button>;
    case 'domain-broken':
      return <Button url="/app/settings/domain">{t('home.attention.domain-broken.action')}</Button>;
    case 'address-missing':
      return <Button url="/app/settings#address">{t('home.attention.address-missing.action')}</Button>;
    case 'data-request-waiting':
      return <Button url="/app/settings/privacy">{t('home.attention.data-request-waiting.action')}</Button>;
    case 'restored':
      return <Button url="/app/restored">{t('home.attention.restored.action')}</Button>;
    case 'codes-refused':
      return (
        <Button url={`/app/scenarios/${item.refused[0]?.scenario}`}>{t('home.attention.codes-refused.action')}</Button>
      );
    case 'sending-stopped':
      return (
        <Button loading={busy} onClick={onGoOnSlowly}>
          {t('home.attention.sending-stopped.action')}
        </Button>
      );
    case 'import-failed':
      return (
        <Button loading={busy} onClick={onFetchAgain}>
          {t('home.attention.import-failed.action')}
        </Button>
      );
    case 'scopes-missing':
      return (
        <Button url={grantUrl} target="_top">
          {t('home.attention.scopes-missing.action')}
        </Button>
      );
    default:
      return null;
  }
}
