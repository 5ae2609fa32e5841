/** The domain a shop's e-mails come from: named, proven by its DNS records, watched, let go of. Shown by the domain route. */
import { Badge, BlockStack, Button, ButtonGroup, Card, InlineError, InlineStack, Page, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DomainStatus, DomainTrouble } from '../domain/domain-proof';
import { BelowTheFold } from './below-the-fold';
import { DomainForm, type DomainWish } from './domain-form';
import { DomainLines, type DomainLinesProps } from './domain-lines';
import { DomainRecords, type ShownRecord } from './domain-records';
import { PhoneMargin } from './phone-margin';
import { useFormat } from './use-format';

export interface ConnectedDomain extends DomainLinesProps {
  status: DomainStatus;
  since: string;
  /** A proven one whose last look failed. */
  failing: boolean;
  senderEmail: string;
  records: ShownRecord[];
  trouble: DomainTrouble | null;
  checkedAt: string | null;
  lookDueAt: string;
}

export interface DomainPageProps {
  connected: ConnectedDomain | null;
  proposal: DomainWish;
  /** The operator's shared sender: its limit a day (null: none) and what went out today; null where there is none. */
  shared: { sender: string; limit: number | null; sentToday: number } | null;
  /** An own sender that works without this. */
  ownSender: string | null;
  errors: { domain?: string; mailbox?: string; remove?: string };
  busy: 'connect' | 'check' | 'disconnect' | null;
  onConnect(wish: DomainWish): void;
  onCheck(): void;
  onDisconnect(): void;
}

export function DomainPage(props: DomainPageProps) {
  const { t } = useTranslation();
  const { connected, proposal, errors, busy } = props;
  return (
    <Page title={t('domain.title')} backAction={{ content: t('settings.title'), url: '/app/settings#sender' }}>
      <BlockStack gap="400">
        {connected?.status !== 'valid' && (
          <PhoneMargin>
            <BlockStack gap="200">
              <Text as="p">{t('domain.intro')}</Text>
              <Meanwhile {...props} />
            </BlockStack>
          </PhoneMargin>
        )}
        {connected ? (
          <>
            <Standing {...props} connected={connected} />
            <BelowTheFold on="head">
              <BlockStack gap="400">
                <DomainRecords {...connected} />
                <Remove {...props} connected={connected} />
              </BlockStack>
            </BelowTheFold>
          </>
        ) : (
          <DomainForm proposal={proposal} errors={errors} busy={busy === 'connect'} onConnect={props.onConnect} />
        )}
      </BlockStack>
    </Page>
  );
}

function Meanwhile({ shared, ownSender }: DomainPageProps) {
  const { t } = useTranslation();
  if (ownSender) return <Text as="p">{t('domain.shared.own', { sender: ownSender })}</Text>;
  if (!shared) return <Text as="p">{t('domain.shared.none')}</Text>;
  const { sender, limit, sentToday: count } = shared;
  return (
    <Text as="p">
      {limit === null ? t('domain.shared.free', { sender }) : t('domain.shared.limited', { sender, limit, count })}
    </Text>
  );
}

const TONES = { pending: 'attention', valid: 'success', broken: 'critical' } as const;

function Standing({ connected, busy, shared, onCheck }: DomainPageProps & { connected: ConnectedDomain }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { domain, status, trouble, checkedAt, lookDueAt } = connected;
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingMd" breakWord>
            {domain}
          </Text>
          <Badge tone={TONES[status]}>{t(`domain.status.${status}`)}</Badge>
        </InlineStack>
        <StandingText {...connected} hasShared={shared !== null} />
        <DomainLines {...connected} />
        <BlockStack gap="200">
          <InlineStack gap="300" blockAlign="center">
            <Button
              {...(status === 'valid' ? {} : { variant: 'primary' as const })}
              loading={busy === 'check'}
              onClick={onCheck}
            >
              {t('domain.check')}
            </Button>
            <Text as="p" tone="subdued">
              {checkedAt && `${t('domain.looked', { date: format.dayAndTime(checkedAt) })} `}
              {t('domain.nextLook', { date: format.dayAndTime(lookDueAt) })}
            </Text>
          </InlineStack>
          {trouble && <InlineError fieldID="domain-check" message={t(`domain.trouble.${trouble}`)} />}
        </BlockStack>
      </BlockStack>
    </Card>
  );
}

function StandingText({ status, since, failing, senderEmail, hasShared }: ConnectedDomain & { hasShared: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const date = format.dayAndTime(since);
  switch (status) {
    case 'pending':
      return <Text as="p">{t('domain.state.pending', { sender: senderEmail })}</Text>;
    case 'valid':
      return (
        <Text as="p">
          {failing ? t('domain.state.failing') : t('domain.state.valid', { date, sender: senderEmail })}
        </Text>
      );
    case 'broken':
      return (
        <Text as="p" tone="critical">
          {hasShared ? t('domain.state.broken', { date }) : t('domain.state.brokenWaiting', { date })}
        </Text>
      );
  }
}

function Remove({ connected, shared, busy, errors, onDisconnect }: DomainPageProps & { connected: ConnectedDomain }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <PhoneMargin>
        <Button variant="plain" tone="critical" onClick={() => setAsking(true)}>
          {t('domain.remove.action')}
        </Button>
      </PhoneMargin>
    );
  }
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd" breakWord>
          {t('domain.remove.heading', { domain: connected.domain })}
        </Text>
        <Text as="p">{shared ? t('domain.remove.text') : t('domain.remove.textNone')}</Text>
        <ButtonGroup>
          <Button variant="primary" tone="critical" loading={busy === 'disconnect'} onClick={onDisconnect}>
            {t('domain.remove.confirm')}
          </Button>
          <Button onClick={() => setAsking(false)}>{t('domain.remove.cancel')}</Button>
        </ButtonGroup>
        {errors.remove && <InlineError fieldID="domain-remove" message={errors.remove} />}
      </BlockStack>
    </Card>
  );
}
