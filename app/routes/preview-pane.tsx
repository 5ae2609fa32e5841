/** The right side of a scenario's page: as whom, in which language, the e-mail itself, and a test of it. */
import { useAppBridge } from '@shopify/app-bridge-react';
import { BlockStack, Card, InlineGrid, Select, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScenarioKey } from '../domain/scenario';
import { LANGUAGES, type Language } from '../lib/language';
import type { BlockPick } from '../ui/block-frame';
import { CustomerPicker, type PickedCustomer } from '../ui/customer-picker';
import { Later } from '../ui/later';
import { MailPreview, PreviewSkeleton } from '../ui/mail-preview';
import { PreviewDay } from '../ui/preview-day';
import { PreviewWhy } from '../ui/preview-why';
import type { DraftOverlay } from '../ui/scenario-draft';
import { TestSend } from '../ui/test-send';
import type { loader as searchLoader } from './app.customers.search';
import type { action as testAction } from './app.scenarios.$key.test-send';
import type { loader as whyLoader } from './app.scenarios.$key.why';
import { SharePane } from './share-pane';
import { useFailureToast } from './tolerant-action';
import { useAsk } from './use-ask';
import type { LivePreview } from './use-live-preview';

const OWN = '';

export interface PreviewPaneProps {
  scenario: ScenarioKey;
  /** Of what is live. */
  revision: number;
  on: boolean;
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
        <Later meanwhile={<PreviewSkeleton />}>
          <BlockStack gap="300">
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
        </Later>
      </BlockStack>
    </Card>
  );
}

function Picker({ preview }: { preview: LivePreview }) {
  const { t } = useTranslation();
  const search = useAsk<typeof searchLoader>();
  useFailureToast(search.failed);
  const found = (search.answer?.customers ?? []).map(({ id, firstName, lastName, email }): PickedCustomer => {
    const name = [firstName, lastName].filter(Boolean).join(' ') || t('customers.noName');
    return { id, name: email ? `${name} · ${email}` : name };
  });
  return (
    <CustomerPicker
      picked={preview.customer}
      found={found}
      loading={search.busy}
      onSearch={(query) => search.ask(`/app/customers/search?${new URLSearchParams({ q: query })}`)}
      onPick={preview.setCustomer}
    />
  );
}

/** Asked anew for whoever is chosen, and once the scenario is saved or switched. */
function Why({ scenario, revision, on, preview }: PreviewPaneProps) {
  const { ask, answer, failed, busy } = useAsk<typeof whyLoader>();
  const { customer } = preview;
  const id = customer?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer is about what is live
  useEffect(() => {
    if (id !== undefined) ask(`/app/scenarios/${scenario}/why?${new URLSearchParams({ customer: id })}`);
  }, [ask, id, scenario, revision, on]);
  const why = answer && answer.customerId === id ? answer.why : null;
  return <PreviewWhy customer={customer} why={why} failed={failed !== null && !busy} />;
}

function Test({ scenario, email, draft, preview, ownerEmail }: PreviewPaneProps) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const { ask, answer, failed, busy } = useAsk<typeof testAction>();
  const [to, setTo] = useState(ownerEmail);
  useFailureToast(failed);
  useEffect(() => {
    if (answer?.ok) shopify.toast.show(t('preview.test.sent', { to: answer.to }));
  }, [answer, shopify, t]);
  const send = () => {
    const body = {
      email,
      to,
      language: preview.mail?.language ?? 'en',
      customerId: preview.customer?.id ?? null,
      draft,
    };
    ask(`/app/scenarios/${scenario}/test`, body);
  };
  const refused = !busy && answer && !answer.ok ? answer : null;
  return (
    <TestSend
      to={to}
      sending={busy}
      refusal={refused?.code ?? null}
      limit={refused?.limit ?? null}
      onTo={setTo}
      onSend={send}
    />
  );
}
