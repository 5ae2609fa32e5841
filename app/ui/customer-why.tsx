/** Why a customer gets the e-mails of each scenario or does not, one line each. Used by the customer page. */
import { BlockStack, Card, Text } from '@shopify/polaris';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useWhySentences, type WhyItem } from './use-why-sentences';

export function CustomerWhy({ items }: { items: WhyItem[] }) {
  const { t } = useTranslation();
  const sentences = useWhySentences();
  const title = useId();
  return (
    <Card>
      <section aria-labelledby={title}>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd" id={title}>
            {t('customers.why.title')}
          </Text>
          {items.map((item) => (
            <BlockStack key={item.scenario}>
              <Text as="h3" variant="headingSm">
                {t(`scenarios.${item.scenario}.name`)}
              </Text>
              <Text as="p">{sentences(item).join(' ')}</Text>
            </BlockStack>
          ))}
        </BlockStack>
      </section>
    </Card>
  );
}
