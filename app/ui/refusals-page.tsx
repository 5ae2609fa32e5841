/** People who must not get e-mails: a list is brought, looked at, and taken over. Shown by the refusals route. */
import { BlockStack, Card, DropZone, InlineError, Page, ProgressBar, Spinner, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { ListSource, RefusalKind } from '../domain/refusal-list';
import { PhoneMargin } from './phone-margin';
import { RefusalsHistory, type TakenCounts } from './refusals-history';
import { type OpenList, RefusalsPreview } from './refusals-preview';
import { useFormat } from './use-format';

/** As many as the server takes. */
export const MOST_LIST_MEGABYTES = 50;

/** What is wrong with a file, as the server or the browser says. */
export interface ListFaultShown {
  code: string;
  columns?: string[] | undefined;
  line?: number | undefined;
}

export interface RefusalsPageProps {
  /** Waits for the owner's word, or is being imported. */
  open: OpenList | null;
  imported: { id: string; source: ListSource; importedAt: string | null; result: TakenCounts | null }[];
  /** A file is on its way. */
  reading: boolean;
  fault: ListFaultShown | null;
  busy: boolean;
  onFile(file: File): void;
  onImport(id: string, kind: RefusalKind | null): void;
  onDiscard(id: string): void;
}

export function RefusalsPage(props: RefusalsPageProps) {
  const { t } = useTranslation();
  const { open, imported } = props;
  return (
    <Page title={t('refusals.title')} backAction={{ content: t('settings.title'), url: '/app/settings' }}>
      <BlockStack gap="400">
        <PhoneMargin>
          <Text as="p">{t('refusals.text')}</Text>
        </PhoneMargin>
        {open === null && <Choose {...props} />}
        {open?.importing && <Importing {...open} />}
        {open && !open.importing && (
          <RefusalsPreview
            key={open.id}
            list={open}
            busy={props.busy}
            onImport={(kind) => props.onImport(open.id, kind)}
            onDiscard={() => props.onDiscard(open.id)}
          />
        )}
        {imported.length > 0 && <RefusalsHistory lists={imported} />}
      </BlockStack>
    </Page>
  );
}

const SOURCES = ['klaviyo', 'omnisend', 'mailchimp', 'brevo'] as const;

function Choose({ reading, fault, onFile }: RefusalsPageProps) {
  const { t } = useTranslation();
  const sentence = useFault(fault);
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t('refusals.choose.heading')}
        </Text>
        {reading ? (
          <BlockStack inlineAlign="center" gap="200">
            <Spinner accessibilityLabel={t('refusals.reading')} size="small" />
            <Text as="p">{t('refusals.reading')}</Text>
          </BlockStack>
        ) : (
          <BlockStack gap="200">
            <DropZone
              label={t('refusals.choose.label')}
              labelHidden
              allowMultiple={false}
              variableHeight
              onDropAccepted={([file]) => file && onFile(file)}
            >
              <DropZone.FileUpload
                actionTitle={t('refusals.choose.button')}
                actionHint={t('refusals.choose.hint', { megabytes: MOST_LIST_MEGABYTES })}
              />
            </DropZone>
            {sentence && <InlineError fieldID="refusals-file" message={sentence} />}
          </BlockStack>
        )}
        <Text as="h3" variant="headingSm">
          {t('refusals.choose.where')}
        </Text>
        {SOURCES.map((source) => (
          <Text as="p" key={source}>
            {t(`refusals.where.${source}`)}
          </Text>
        ))}
      </BlockStack>
    </Card>
  );
}

const FAULTS = [
  'no-address-column',
  'subscribed-list',
  'shopify-list',
  'empty',
  'too-large',
  'not-text',
  'unclosed-quote',
  'superseded',
] as const;

function useFault(fault: ListFaultShown | null): string | null {
  const { t } = useTranslation();
  if (!fault) return null;
  const code = FAULTS.find((one) => one === fault.code) ?? ('failed' as const);
  const columns = (fault.columns ?? []).slice(0, 12).join(', ');
  return t(`refusals.faults.${code}`, { columns, line: fault.line ?? 0, megabytes: MOST_LIST_MEGABYTES });
}

function Importing({ fileName, counts, result }: OpenList) {
  const { t } = useTranslation();
  const format = useFormat();
  const taken = Object.values(result ?? {}).reduce((sum: number, count: number) => sum + count, 0);
  const share = Math.min(1, taken / Math.max(1, counts?.addresses ?? 1));
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd" id="importing">
          {t('refusals.importing.heading', { file: fileName })}
        </Text>
        <ProgressBar progress={Math.round(share * 100)} size="small" ariaLabelledBy="importing" />
        <Text as="p" tone="subdued">
          {t('refusals.importing.progress', { percent: format.percent(Math.round(share * 100) / 100) })}
        </Text>
      </BlockStack>
    </Card>
  );
}
