/** An earlier version of a scenario in the place of its map, only to be looked at. Used by the scenario page. */
import { Banner, BlockStack, Button, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from './use-format';

export interface VersionLookProps {
  at: string;
  map: React.ReactNode;
  onRestore(): void;
  onBack(): void;
}

export function VersionLook({ at, map, onRestore, onBack }: VersionLookProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <BlockStack gap="400">
      <Banner tone="info" title={t('steps.look.title', { date: format.dayAndTime(at) })}>
        <BlockStack gap="200">
          <Text as="p">{t('steps.look.text')}</Text>
          <InlineStack gap="200">
            <Button onClick={onRestore}>{t('steps.look.restore')}</Button>
            <Button onClick={onBack}>{t('steps.look.back')}</Button>
          </InlineStack>
        </BlockStack>
      </Banner>
      {map}
    </BlockStack>
  );
}
