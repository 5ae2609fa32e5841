/** The scenario's page at work: the draft, its saving, and the preview that follows it. Used by the scenario route. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type EmailStep, emailSteps, type ScenarioDefinition } from '../domain/scenario';
import { languageFor } from '../lib/language';
import { AppSaveBar } from '../ui/app-save-bar';
import type { EmailPlace } from '../ui/checks-card';
import { offerToShow } from '../ui/offer-draft';
import { plannedTimes } from '../ui/planned-times';
import { isEdit, type Prebuilt, toOverlay } from '../ui/scenario-draft';
import { ScenarioPage, type ScenarioPageProps } from '../ui/scenario-page';
import { ChecksPane } from './checks-pane';
import { type FieldErrors, useFieldErrors } from './field-errors';
import { PreviewPane } from './preview-pane';
import { ScenarioChoices, type ScenarioChoicesProps } from './scenario-choices';
import { type Desk, ScenarioEmail } from './scenario-email';
import { type LivePreview, useLivePreview } from './use-live-preview';
import { type OfferWords, useOfferWords } from './use-offer-words';
import { type SavedScenario, type ScenarioDraftState, useScenarioDraft } from './use-scenario-draft';

export interface ScenarioWorkbenchProps
  extends SavedScenario,
    Pick<
      ScenarioPageProps,
      'notice' | 'on' | 'status' | 'audience' | 'results' | 'withheld' | 'held' | 'ramp' | 'onSwitch'
    >,
    Pick<ScenarioChoicesProps, 'usualGap' | 'birthDates' | 'standing' | 'already'> {
  definition: ScenarioDefinition;
  prebuilt: Prebuilt;
  figures: Record<string, { sent: number; clicked: number; withheld: number }>;
  ownerEmail: string;
  shopName: string;
  /** The shop's day, `YYYY-MM-DD`. */
  today: string;
  /** How often the switch was tried in vain. */
  refusals: number;
}

export function ScenarioWorkbench(props: ScenarioWorkbenchProps) {
  const { definition, prebuilt } = props;
  const work = useScenarioDraft(props);
  const overlay = toOverlay(work.draft, prebuilt);
  const [desk, setDesk] = useDesk(definition);
  const preview = useLivePreview({ scenario: definition.key, email: desk.shown, draft: overlay });
  const refused = standing(work, preview);
  const errors = useFieldErrors(refused);
  const onDesk = (next: Desk) => {
    setDesk(next);
    // What is being written is what the preview shows.
    if (next.editing && (next.editing !== desk.editing || next.language !== desk.language))
      preview.setLanguage(next.language);
  };
  const words = useOfferWords(props.today);
  const { dirty, saving, discard } = work;
  return (
    <>
      <AppSaveBar
        id="scenario-save"
        open={dirty}
        saving={saving}
        onSave={() => work.save(overlay)}
        onDiscard={discard}
      />
      <ScenarioPage
        {...props}
        delays={work.draft.delays}
        conditions={work.draft.conditions}
        onCondition={work.setCondition}
        delayErrors={errors.under('steps')}
        refused={refused.length > 0 ? work.refused.length : 0}
        edited={isEdit(overlay)}
        onDelay={work.setDelay}
        onResetAll={work.reset}
        checks={
          <ChecksPane
            scenario={definition.key}
            refusals={props.refusals}
            onPlace={(place) => onDesk(at(place, desk))}
          />
        }
        choices={<ScenarioChoices {...props} scenario={definition.key} work={work} errors={errors} />}
        renderEmail={(step) => emailOf(step, { props, work, words, errors, desk, onDesk })}
        preview={
          <PreviewPane
            scenario={definition.key}
            email={desk.shown}
            draft={overlay}
            preview={preview}
            ownerEmail={props.ownerEmail}
            pick={{ selected: desk.block, onPick: (block) => onDesk({ ...desk, editing: desk.shown, block }) }}
            today={props.today}
          />
        }
      />
    </>
  );
}

/** The first e-mail is shown, none is being written yet. */
function useDesk(definition: ScenarioDefinition) {
  const { i18n } = useTranslation();
  const shown = emailSteps(definition)[0]?.email ?? '';
  return useState<Desk>({ shown, editing: null, language: languageFor(i18n.language), block: null });
}

/** The desk with the place open that a check named. */
function at({ email, language, block }: EmailPlace, desk: Desk): Desk {
  return { ...desk, shown: email, editing: email, language: language ?? desk.language, block };
}

/** What is still wrong: the preview looks at each change; until it has, the last refusal stands. */
function standing(work: ScenarioDraftState, preview: LivePreview) {
  if (preview.errors.length > 0) return preview.errors;
  return preview.busy || preview.failed ? work.refused : [];
}

interface Place {
  props: ScenarioWorkbenchProps;
  work: ScenarioDraftState;
  words: OfferWords;
  errors: FieldErrors;
  desk: Desk;
  onDesk(desk: Desk): void;
}

function emailOf(step: EmailStep, { props, work, words, errors, desk, onDesk }: Place) {
  const { definition, prebuilt, figures, shopName } = props;
  const key = step.email;
  const email = work.draft.emails[key];
  if (!email) return null;
  const drafted = work.draft.offer && offerToShow(work.draft.offer);
  const offer = drafted === undefined ? (definition.offer ?? null) : drafted;
  return (
    <ScenarioEmail
      step={step}
      number={emailSteps(definition).findIndex(({ id }) => id === step.id) + 1}
      email={email}
      prebuilt={prebuilt.emails[key]}
      planned={plannedTimes(definition, work.draft.delays)[step.id] ?? null}
      code={words.shownBy(step, offer)}
      hasCode={step.code !== undefined && offer !== null}
      figures={figures[key]}
      errors={errors.under(`emails.${key}`)}
      shopName={shopName}
      desk={desk}
      onDesk={onDesk}
      onChange={(changed) => work.setEmail(key, changed)}
    />
  );
}
