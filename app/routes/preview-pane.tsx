/** The right side of a scenario's page: as whom, in which language, the e-mail itself, and a test of it. */
import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { BlockStack, Card, InlineGrid, Select, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScenarioKey } from '../domain/scenario';
import { LANGUAGES, type Language } from '../lib/language';
import type { BlockPick } from '../ui/block-frame';
import { CustomerPicker, type PickedCustomer } from '../ui/customer-picker';
import { MailPreview } from '../ui/mail-preview';
import { PreviewDay } from '../ui/preview-day';
import { PreviewWhy } from '../ui/preview-why';
import type { DraftOverlay } from '../ui/scenario-draft';
import { TestSend } from '../ui/test-send';
import type { loader as searchLoader } from './app.customers._index';
import type { action as testAction } from './app.scenarios.$key.test-send';
import type { loader as whyLoader } from './app.scenarios.$key.why';
import { SharePane } from './share-pane';
import { isFailed, useFailureToast } from './tolerant-action';
import type { LivePreview } from './use-live-preview';

const OWN = '';

export interface PreviewPaneProps {
  scenario: ScenarioKey;
  email: string;
  draft: DraftOverlay;
  preview: LivePreview;
  ownerEmail: string;
  /** Lets the e-mail's blocks be picked by a click. */
  pick?: BlockPick;
  /** The shop's day, `YYYY-MM-DD`. */
  today: string;
}

export function PreviewPane(props: PreviewPaneProps) {
  const { t } = useTranslation();
  const { preview } = props;
  const languages = [
    { value: OWN, label: t('preview.asCustomer') },
    ...LANGUAGES.map((one) => ({ value: one, label: t(`customers.customer.languages.${one}`) })),
  ];
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('preview.title')}
        </Text>
        <Picker preview={preview} />
        <InlineGrid columns={{ xs: 1, sm: 2 }} gap="200">
          <Select
            label={t('preview.language')}
            options={languages}
            value={preview.language ?? OWN}
            onChange={(value) => preview.setLanguage(value === OWN ? null : (value as Language))}
          />
          <PreviewDay day={preview.day} today={props.today} onDay={preview.setDay} />
        </InlineGrid>
        <MailPreview
          mail={preview.mail}
          busy={preview.busy}
          pick={props.pick}
          problem={preview.errors.length > 0 ? 'errors' : preview.failed ? 'notAvailable' : null}
        />
        <Why {...props} />
        <Test {...props} />
        <SharePane
          scenario={props.scenario}
          email={props.email}
          language={preview.mail?.language ?? 'en'}
          draft={props.draft}
        />
      </BlockStack>
    </Card>
  );
}

function Picker({ preview }: { preview: LivePreview }) {
  const { t } = useTranslation();
  const search = useFetcher<typeof searchLoader>();
  const found = (search.data?.customers ?? []).map(({ id, firstName, lastName, email }): PickedCustomer => {
    const name = [firstName, lastName].filter(Boolean).join(' ') || t('customers.noName');
    return { id, name: email ? `${name} · ${email}` : name };
  });
  return (
    <CustomerPicker
      picked={preview.customer}
      found={found}
      loading={search.state !== 'idle'}
      onSearch={(query) => search.load(`/app/customers?${new URLSearchParams({ q: query })}`)}
      onPick={preview.setCustomer}
    />
  );
}

/** Asked anew for whoever is chosen. */
function Why({ scenario, preview }: PreviewPaneProps) {
  const { load, data, state } = useFetcher<typeof whyLoader>();
  const { customer } = preview;
  const id = customer?.id;
  useEffect(() => {
    if (id !== undefined) load(`/app/scenarios/${scenario}/why?${new URLSearchParams({ customer: id })}`);
  }, [load, id, scenario]);
  const answer = data && !isFailed(data) && data.customerId === id ? data.why : null;
  return <PreviewWhy customer={customer} why={answer} failed={state === 'idle' && isFailed(data)} />;
}

function Test({ scenario, email, draft, preview, ownerEmail }: PreviewPaneProps) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const fetcher = useFetcher<typeof testAction>();
  const [to, setTo] = useState(ownerEmail);
  const { data, state } = fetcher;
  useFailureToast(data);
  useEffect(() => {
    if (state === 'idle' && data && !isFailed(data) && data.ok)
      shopify.toast.show(t('preview.test.sent', { to: data.to }));
  }, [data, state, shopify, t]);
  const send = () => {
    const body = {
      email,
      to,
      language: preview.mail?.language ?? 'en',
      customerId: preview.customer?.id ?? null,
      draft,
    };
    fetcher.submit(JSON.parse(JSON.stringify(body)), {
      method: 'post',
      encType: 'application/json',
      action: `/app/scenarios/${scenario}/test`,
    });
  };
  const refused = state === 'idle' && data && !isFailed(data) && !data.ok ? data : null;
  return (
    <TestSend
      to={to}
      sending={state !== 'idle'}
      refusal={refused?.code ?? null}
      limit={refused?.limit ?? null}
      onTo={setTo}
      onSend={send}
    />
  );
}
