/** The first import as it goes: one bar, and a line per kind. Used by the overview. */
import { BlockStack, Card, InlineStack, ProgressBar, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from './use-format';

export interface ImportCardProps {
  /** From 0 to 1. */
  done: number;
  kinds: {
    kind: 'customers' | 'products' | 'orders' | 'checkouts';
    status: 'waiting' | 'running' | 'reading' | 'done' | 'failed';
    rowsRead: number;
  }[];
}

export function ImportCard({ done, kinds }: ImportCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd" id="import">
          {t('home.import.title')}
        </Text>
        <Text as="p">{t('home.import.text')}</Text>
        <ProgressBar progress={Math.round(done * 100)} size="small" ariaLabelledBy="import" />
        <Text as="p" tone="subdued">
          {t('home.import.progress', { percent: format.percent(Math.round(done * 100) / 100) })}
        </Text>
        {kinds.map(({ kind, status, rowsRead }) => (
          <InlineStack key={kind} align="space-between">
            <Text as="span">{t(`home.import.kinds.${kind}`)}</Text>
            <Text as="span" tone="subdued">
              {t(`home.import.${status}`, { count: rowsRead })}
            </Text>
          </InlineStack>
        ))}
      </BlockStack>
    </Card>
  );
}
