/** One figure of the overview: what it counts, how much, and how that compares. */
import { BlockStack, Card, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from './use-format';

export interface FigureProps {
  label: string;
  value: number;
  before: number;
  /** A second line under the value. */
  detail?: string | undefined;
}

export function Figure({ label, value, before, detail }: FigureProps) {
  const format = useFormat();
  const comparison = useComparison(value, before);
  return (
    <Card>
      <BlockStack gap="100">
        <Text as="h3" variant="bodyMd" tone="subdued">
          {label}
        </Text>
        <Text as="p" variant="headingXl">
          <span className="figure-value">{format.number(value)}</span>
        </Text>
        {detail && <Text as="p">{detail}</Text>}
        <Text as="p" tone="subdued" variant="bodySm">
          {comparison}
        </Text>
      </BlockStack>
    </Card>
  );
}

function useComparison(value: number, before: number): string {
  const { t } = useTranslation();
  if (value === before) return t('home.before.same');
  if (value > before) return t('home.before.more', { count: value - before });
  return t('home.before.fewer', { count: before - value });
}
