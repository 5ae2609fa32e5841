/** What a restore from a copy left uncertain: the e-mails that are held, the owner's two answers, and what else to check. Shown by the restored route. */
import { BlockStack, Box, Button, Card, DataTable, InlineStack, Page, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { ScenarioKey } from '../domain/scenario';
import { PhoneMargin } from './phone-margin';
import { useFormat } from './use-format';

export interface RestoredPageProps {
  /** Null when the data was never restored. */
  lost: { from: string; until: string } | null;
  held: { scenario: ScenarioKey; count: number; inTime: number }[];
  /** When what nobody settled is closed; null when nothing is held. */
  closedAt: string | null;
  busy: boolean;
  onSettle(send: boolean): void;
}

export function RestoredPage(props: RestoredPageProps) {
  const { lost, held } = props;
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Page title={t('restored.title')} backAction={{ content: t('home.title'), url: '/app' }}>
      <BlockStack gap="400">
        <PhoneMargin>
          <Text as="p">
            {lost
              ? t('restored.text', { from: format.dayAndTime(lost.from), until: format.dayAndTime(lost.until) })
              : t('restored.never')}
          </Text>
        </PhoneMargin>
        {lost && held.length === 0 && (
          <Card>
            <Text as="p">{t('restored.none')}</Text>
          </Card>
        )}
        {held.length > 0 && <Held {...props} />}
        {lost && <Changes />}
      </BlockStack>
    </Page>
  );
}

function Held({ held, closedAt, busy, onSettle }: RestoredPageProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const count = held.reduce((sum, one) => sum + one.count, 0);
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            {t('restored.held.heading', { count })}
          </Text>
          <Text as="p">{t('restored.held.text', { date: closedAt ? format.dayAndTime(closedAt) : '' })}</Text>
        </BlockStack>
        <DataTable
          columnContentTypes={['text', 'numeric', 'numeric']}
          headings={[t('restored.held.scenario'), t('restored.held.count'), t('restored.held.inTime')]}
          rows={held.map((one) => [
            t(`scenarios.${one.scenario}.name`),
            format.number(one.count),
            format.number(one.inTime),
          ])}
        />
        <Answer text={t('restored.held.keepText')}>
          <Button variant="primary" loading={busy} onClick={() => onSettle(false)}>
            {t('restored.held.keep')}
          </Button>
        </Answer>
        <Answer text={t('restored.held.sendText')}>
          <Button loading={busy} onClick={() => onSettle(true)}>
            {t('restored.held.send')}
          </Button>
        </Answer>
      </BlockStack>
    </Card>
  );
}

function Answer({ text, children }: { text: string; children: React.ReactNode }) {
  return (
    <InlineStack gap="300" align="space-between" blockAlign="center">
      <Box maxWidth="36rem">
        <Text as="p" tone="subdued">
          {text}
        </Text>
      </Box>
      {children}
    </InlineStack>
  );
}

function Changes() {
  const { t } = useTranslation();
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          {t('restored.changes.heading')}
        </Text>
        <Text as="p">{t('restored.changes.text')}</Text>
      </BlockStack>
    </Card>
  );
}
