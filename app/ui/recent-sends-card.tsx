/** The e-mails sent last: to whom, which, when, clicked or not. Used by the overview. */
import { BlockStack, Card, InlineStack, Link, SkeletonBodyText, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { ScenarioKey } from '../domain/scenario';
import { useFormat } from './use-format';

export interface RecentMail {
  messageId: string;
  customerId: string;
  name: string | null;
  address: string | null;
  scenario: ScenarioKey;
  subject: string | null;
  sentAt: string;
  clicked: boolean;
}

/** @param recent null until they were read */
export function RecentSendsCard({ recent }: { recent: RecentMail[] | null }) {
  const { t } = useTranslation();
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('home.recent.title')}
        </Text>
        {recent === null && <SkeletonBodyText lines={6} />}
        {recent !== null && (
          <ul className="plain-list spaced">
            {recent.map((mail) => (
              <li key={mail.messageId}>
                <Mail mail={mail} />
              </li>
            ))}
          </ul>
        )}
      </BlockStack>
    </Card>
  );
}

function Mail({ mail }: { mail: RecentMail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const scenario = t(`scenarios.${mail.scenario}.name`);
  return (
    <InlineStack align="space-between" gap="200" blockAlign="start">
      <BlockStack>
        <Link url={`/app/customers/${mail.customerId}`} removeUnderline>
          <Text as="span" fontWeight="semibold">
            {mail.name ?? mail.address ?? t('home.recent.nobody')}
          </Text>
        </Link>
        <Text as="span" tone="subdued" breakWord>
          {mail.subject ? `${scenario} · ${mail.subject}` : scenario}
        </Text>
      </BlockStack>
      <Text as="span" tone="subdued">
        {format.dayAndTime(mail.sentAt)} · {t(mail.clicked ? 'home.recent.clicked' : 'home.recent.notClicked')}
      </Text>
    </InlineStack>
  );
}
