/** What a discount is taken off: everything, or products or collections chosen in Shopify's picker. Used by the discount's card. */
import { BlockStack, Button, InlineStack, Select, Tag, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { OfferItems } from '../domain/offer';

export interface OfferItemsFieldProps {
  items: OfferItems;
  error: string | undefined;
  onChange(items: OfferItems): void;
  onPick(on: 'products' | 'collections'): void;
}

const CHOICES = ['all', 'products', 'collections'] as const;

export function OfferItemsField({ items, error, onChange, onPick }: OfferItemsFieldProps) {
  const { t } = useTranslation();
  const choose = (on: OfferItems['on']) => {
    if (on === 'all') return onChange({ on });
    onChange({ on, items: [] });
    onPick(on);
  };
  return (
    <BlockStack gap="200">
      <Select
        label={t('scenario.offer.items.on')}
        options={CHOICES.map((value) => ({ value, label: t(`scenario.offer.items.${value}`) }))}
        value={items.on}
        onChange={(on) => choose(on as OfferItems['on'])}
      />
      {items.on !== 'all' && (
        <>
          {items.items.length > 0 && (
            <InlineStack gap="200">
              {items.items.map(({ id, title }) => (
                <Tag
                  key={id}
                  onRemove={() => onChange({ ...items, items: items.items.filter((one) => one.id !== id) })}
                >
                  {title}
                </Tag>
              ))}
            </InlineStack>
          )}
          <InlineStack>
            <Button onClick={() => onPick(items.on)}>{t(`scenario.offer.items.choose.${items.on}`)}</Button>
          </InlineStack>
          {error && (
            <Text as="p" tone="critical">
              {error}
            </Text>
          )}
        </>
      )}
    </BlockStack>
  );
}
