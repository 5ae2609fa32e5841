/** Whether the person the preview shows would get the scenario's e-mails, and when. Used by the preview pane. */
import { BlockStack, Link, SkeletonBodyText, Text } from '@shopify/polaris';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useWhySentences, type WhyItem } from './use-why-sentences';

export interface PreviewWhyProps {
  /** Null: sample data, nobody to say it of. */
  customer: { id: string; name: string } | null;
  /** Null while it is being asked. */
  why: WhyItem | null;
  failed: boolean;
}

export function PreviewWhy({ customer, why, failed }: PreviewWhyProps) {
  const { t } = useTranslation();
  const sentences = useWhySentences();
  const title = useId();
  return (
    <section aria-labelledby={title} aria-live="polite">
      <BlockStack gap="100">
        <Text as="h3" variant="headingSm" id={title}>
          {t('preview.why.title')}
        </Text>
        {!customer && (
          <Text as="p" tone="subdued">
            {t('preview.why.nobody')}
          </Text>
        )}
        {customer && failed && (
          <Text as="p" tone="critical">
            {t('preview.why.failed')}
          </Text>
        )}
        {customer && !failed && !why && <SkeletonBodyText lines={2} />}
        {customer && !failed && why && <Text as="p">{sentences(why).join(' ')}</Text>}
        {customer && <Link url={`/app/customers/${customer.id}`}>{t('preview.why.timeline')}</Link>}
      </BlockStack>
    </section>
  );
}
