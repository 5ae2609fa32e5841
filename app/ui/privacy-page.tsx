/** The requests of customers for their data, each with its file. Shown by the privacy route. */
import { Badge, BlockStack, Box, Button, Card, InlineStack, Page, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { NothingHere } from './nothing-here';
import { PhoneMargin } from './phone-margin';
import { useFormat } from './use-format';

export interface PrivacyRequest {
  id: string;
  /** Null when nothing was known of the customer. */
  email: string | null;
  requestedAt: string;
  answerBy: string;
  downloadedAt: string | null;
}

export interface PrivacyPageProps {
  requests: PrivacyRequest[];
  keptDays: number;
  /** The request whose file is on its way. */
  fetching: string | null;
  onDownload(id: string): void;
}

export function PrivacyPage({ requests, keptDays, fetching, onDownload }: PrivacyPageProps) {
  const { t } = useTranslation();
  return (
    <Page title={t('privacy.title')} backAction={{ content: t('settings.title'), url: '/app/settings' }}>
      <BlockStack gap="400">
        <PhoneMargin>
          <Text as="p">{t('privacy.text', { days: keptDays })}</Text>
        </PhoneMargin>
        <Card padding="0">
          {requests.length === 0 && (
            <NothingHere heading={t('privacy.none.heading')}>{t('privacy.none.text')}</NothingHere>
          )}
          <ul className="plain-list divided">
            {requests.map((request) => (
              <li key={request.id}>
                <Box padding="400">
                  <Request {...request} loading={fetching === request.id} onDownload={() => onDownload(request.id)} />
                </Box>
              </li>
            ))}
          </ul>
        </Card>
      </BlockStack>
    </Page>
  );
}

interface RequestProps extends PrivacyRequest {
  loading: boolean;
  onDownload(): void;
}

function Request({ id, email, requestedAt, answerBy, downloadedAt, loading, onDownload }: RequestProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = email ?? t('privacy.unknown', { id });
  return (
    <InlineStack align="space-between" blockAlign="center" gap="300">
      <BlockStack gap="100">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingSm" breakWord>
            {name}
          </Text>
          {!downloadedAt && <Badge tone="attention">{t('privacy.waiting')}</Badge>}
        </InlineStack>
        <Text as="p" tone="subdued">
          {t('privacy.requested', { date: format.day(requestedAt) })}
          {' · '}
          {downloadedAt
            ? t('privacy.downloaded', { date: format.day(downloadedAt) })
            : t('privacy.answerBy', { date: format.day(answerBy) })}
        </Text>
      </BlockStack>
      <Button loading={loading} onClick={onDownload} accessibilityLabel={t('privacy.downloadOf', { name })}>
        {t('privacy.download')}
      </Button>
    </InlineStack>
  );
}
