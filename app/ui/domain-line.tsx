/** Where the sender's settings lead on to the domain: how it stands, and what the shared sender does meanwhile. */
import { BlockStack, Box, Button, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { DomainStatus } from '../domain/domain-proof';

export interface SharedLineProps {
  shared: { limit: number | null; sentToday: number } | null;
  domain: { name: string; status: DomainStatus } | null;
}

export function DomainLine({ shared, domain }: SharedLineProps) {
  const { t } = useTranslation();
  return (
    <BlockStack gap="200">
      {shared?.limit && (
        <Text as="p" tone="subdued">
          {t('settings.sender.domain.limited', { limit: shared.limit, count: shared.sentToday })}
        </Text>
      )}
      {domain && (
        <Text as="p" tone={domain.status === 'broken' ? 'critical' : 'subdued'} breakWord>
          {domain.status === 'valid'
            ? t('settings.sender.domain.connected', { domain: domain.name })
            : t(`settings.sender.domain.${domain.status}`, { domain: domain.name })}
        </Text>
      )}
      <Box>
        <Button url="/app/settings/domain">
          {domain ? t('settings.sender.domain.see') : t('settings.sender.domain.action')}
        </Button>
      </Box>
    </BlockStack>
  );
}
