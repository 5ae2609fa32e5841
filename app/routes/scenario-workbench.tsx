/** The scenario's page at work: the draft, its saving, and the preview that follows it. Used by the scenario route. */
import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { emailSteps, type ScenarioDefinition } from '../domain/scenario';
import { parseTemplate, type TemplatePiece, VARIABLES } from '../emails/variables';
import type { Duration } from '../lib/duration';
import { type Language, languageFor } from '../lib/language';
import { AppSaveBar } from '../ui/app-save-bar';
import { EmailCard } from '../ui/email-card';
import { type EditorEmail, withText } from '../ui/email-texts';
import { plannedTimes } from '../ui/planned-times';
import { delayInput, type Prebuilt, type ScenarioDraft, same, toOverlay } from '../ui/scenario-draft';
import { ScenarioPage, type ScenarioPageProps } from '../ui/scenario-page';
import type { action } from './app.scenarios.$key';
import { useFieldErrors } from './field-errors';
import { PreviewPane } from './preview-pane';
import { isFailed, useFailureToast } from './tolerant-action';
import { useLivePreview } from './use-live-preview';

export interface ScenarioWorkbenchProps extends Pick<ScenarioPageProps, 'on' | 'status' | 'audience' | 'onSwitch'> {
  definition: ScenarioDefinition;
  delays: Record<string, Duration>;
  emails: Record<string, EditorEmail>;
  prebuilt: Prebuilt;
  figures: Record<string, { sent: number; clicked: number; withheld: number }>;
  ownerEmail: string;
  shopName: string;
}

/** What a code would fill stays out of the list until there are codes. */
const variableNames = Object.keys(VARIABLES).filter((name) => !name.startsWith('code')) as (keyof typeof VARIABLES)[];

const NO_FIGURES = { sent: 0, clicked: 0, withheld: 0 };

function draftOf({ delays, emails }: Pick<ScenarioWorkbenchProps, 'delays' | 'emails'>): ScenarioDraft {
  return {
    delays: Object.fromEntries(Object.entries(delays).map(([id, duration]) => [id, delayInput(duration)])),
    emails,
  };
}

export function ScenarioWorkbench(props: ScenarioWorkbenchProps) {
  const { definition, prebuilt } = props;
  const { i18n } = useTranslation();
  const steps = emailSteps(definition);
  const [shown, setShown] = useState(steps[0]?.email ?? '');
  const [editing, setEditing] = useState<string | null>(null);
  const [editLanguage, setEditLanguage] = useState<Language>(languageFor(i18n.language));
  const { draft, setDraft, dirty, saving, savedErrors, save, discard, reset } = useDraft(props);
  const overlay = toOverlay(draft, prebuilt);
  const preview = useLivePreview({ scenario: definition.key, email: shown, draft: overlay });
  // Whatever the server refused last is said until it is mended: on saving, and by the preview as one types.
  const errors = useFieldErrors(preview.errors.length > 0 || dirty === false ? preview.errors : savedErrors);
  const times = plannedTimes(definition, draft.delays);
  const change = (key: string, email: EditorEmail) => setDraft({ ...draft, emails: { ...draft.emails, [key]: email } });
  const edited = Object.keys(overlay.delays).length + Object.keys(overlay.emails).length > 0;
  return (
    <>
      <AppSaveBar id="scenario-save" open={dirty} saving={saving} onSave={() => save(overlay)} onDiscard={discard} />
      <ScenarioPage
        {...props}
        delays={draft.delays}
        delayErrors={errors.under('delays')}
        refused={savedErrors.length}
        edited={edited}
        onDelay={(id, delay) => setDraft({ ...draft, delays: { ...draft.delays, [id]: delay } })}
        onResetAll={reset}
        renderEmail={(step) => {
          const email = draft.emails[step.email];
          if (!email) return null;
          return (
            <EmailCard
              number={steps.findIndex(({ id }) => id === step.id) + 1}
              email={email}
              after={times[step.id] ?? null}
              figures={props.figures[step.email] ?? NO_FIGURES}
              subject={plainText(email.subject[languageFor(i18n.language)], props.shopName)}
              shown={shown === step.email}
              editing={editing === step.email}
              editLanguage={editLanguage}
              errors={errors.under(`emails.${step.email}`)}
              variables={variableNames.map((name) => ({
                name,
                meaning: VARIABLES[name].meaning[languageFor(i18n.language)],
              }))}
              edited={!same(email, prebuilt.emails[step.email])}
              onShow={() => setShown(step.email)}
              onEdit={(open) => {
                setShown(step.email);
                setEditing(open ? step.email : null);
                if (open) preview.setLanguage(editLanguage);
              }}
              onEditLanguage={(language) => {
                setEditLanguage(language);
                // What is being written is what the preview shows.
                preview.setLanguage(language);
              }}
              onText={(text) => change(step.email, withText(email, text))}
              onReset={() => change(step.email, prebuilt.emails[step.email] ?? email)}
            />
          );
        }}
        preview={
          <PreviewPane
            scenario={definition.key}
            email={shown}
            draft={overlay}
            preview={preview}
            ownerEmail={props.ownerEmail}
          />
        }
      />
    </>
  );
}

/** A text without its braces: what is known for everybody filled in, what may be missing left out. */
function plainText(template: string, shopName: string): string {
  const say = (piece: TemplatePiece): string => {
    if (piece.kind === 'text') return piece.text;
    if (piece.kind === 'optional') return '';
    return piece.name === 'shop_name' ? shopName : (piece.fallback ?? '');
  };
  return parseTemplate(template).map(say).join('');
}

/** The draft beside what is saved: whether they differ, and the verbs that bring them together. */
function useDraft(props: ScenarioWorkbenchProps) {
  const shopify = useAppBridge();
  const { t } = useTranslation();
  const fetcher = useFetcher<typeof action>();
  const saved = draftOf(props);
  const [draft, setDraft] = useState(saved);
  const [savedErrors, setSavedErrors] = useState<{ path: string; code: string }[]>([]);
  const { data, state } = fetcher;
  useFailureToast(data);
  useEffect(() => {
    if (state !== 'idle' || !data || isFailed(data)) return;
    if ('saved' in data && !data.saved.ok) return setSavedErrors(data.saved.errors);
    setSavedErrors([]);
    shopify.toast.show('saved' in data ? t('common.saved') : t('scenario.editor.resetDone'));
  }, [data, state, shopify, t]);
  // After a reset the saved scenario is another one; take it over.
  const [basis, setBasis] = useState(saved);
  if (!same(basis, saved)) {
    setBasis(saved);
    setDraft(saved);
  }
  const post = (body: { intent: 'save'; overlay: unknown } | { intent: 'reset' }) =>
    // Plain data made of the form's own values.
    fetcher.submit(JSON.parse(JSON.stringify(body)), { method: 'post', encType: 'application/json' });
  return {
    draft,
    setDraft,
    dirty: !same(draft, saved),
    saving: state !== 'idle',
    savedErrors,
    save: (overlay: unknown) => post({ intent: 'save', overlay }),
    discard: () => {
      setDraft(saved);
      setSavedErrors([]);
    },
    reset: () => post({ intent: 'reset' }),
  };
}
