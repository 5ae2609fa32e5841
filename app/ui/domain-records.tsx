/** The DNS records of a domain, each with its name and value to copy. Used by the page of the sender domain. */
import { Badge, BlockStack, Box, Card, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { DomainStatus, ProofRecord } from '../domain/domain-proof';
import { CopyButton } from './copy-button';

export interface ShownRecord extends Pick<ProofRecord, 'type' | 'host' | 'value' | 'valid' | 'found'> {
  purpose: ProofRecord['purpose'] | 'dmarc';
}

export interface DomainRecordsProps {
  domain: string;
  status: DomainStatus;
  records: ShownRecord[];
}

export function DomainRecords({ domain, status, records }: DomainRecordsProps) {
  const { t } = useTranslation();
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            {t('domain.records.heading')}
          </Text>
          <Text as="p">{status === 'valid' ? t('domain.records.keep') : t('domain.records.text', { domain })}</Text>
        </BlockStack>
      </Box>
      <ul className="plain-list divided">
        {records.map((record) => (
          <li key={record.host}>
            <Box padding="400">
              <Record record={record} status={status} />
            </Box>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Record({ record, status }: { record: ShownRecord; status: DomainStatus }) {
  const { t } = useTranslation();
  const { purpose, type, host, value, found } = record;
  return (
    <BlockStack gap="200">
      <InlineStack gap="200" blockAlign="center">
        <Text as="h3" variant="headingSm">
          {t(`domain.records.for.${purpose}`)}
        </Text>
        <RecordBadge record={record} status={status} />
      </InlineStack>
      <dl className="record">
        <dt>{t('domain.records.type')}</dt>
        <dd>{type}</dd>
        <dt>{t('domain.records.host')}</dt>
        <dd>
          <code>{host}</code> <CopyButton text={host} label={t('domain.records.copyHost', { host })} />
        </dd>
        <dt>{t('domain.records.value')}</dt>
        <dd>
          <code>{value}</code> <CopyButton text={value} label={t('domain.records.copyValue', { host })} />
        </dd>
      </dl>
      {found !== null && (
        <Text as="p" tone="critical" breakWord>
          {t('domain.records.found', { found })}
        </Text>
      )}
    </BlockStack>
  );
}

function RecordBadge({ record, status }: { record: ShownRecord; status: DomainStatus }) {
  const { t } = useTranslation();
  if (record.valid) return <Badge tone="success">{t('domain.records.state.right')}</Badge>;
  if (record.purpose === 'dmarc') return <Badge>{t('domain.line.open')}</Badge>;
  if (record.found !== null) return <Badge tone="critical">{t('domain.records.state.wrong')}</Badge>;
  // What was never there is only waited for; what is gone, or was never needed, is another matter.
  if (record.purpose === 'links') return <Badge>{t('domain.line.open')}</Badge>;
  if (status === 'pending') return <Badge tone="attention">{t('domain.records.state.missing')}</Badge>;
  return <Badge tone="critical">{t('domain.records.state.lost')}</Badge>;
}
