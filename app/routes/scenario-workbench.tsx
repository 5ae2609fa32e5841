/** The scenario's page at work: the draft, its saving, and the preview that follows it. Used by the scenario route. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Offer } from '../domain/offer';
import type { ScenarioDefinition } from '../domain/scenario';
import { type StepProblem, stepProblems } from '../domain/step-rules';
import { languageFor } from '../lib/language';
import type { FieldError } from '../scenarios/overlay';
import { AppSaveBar } from '../ui/app-save-bar';
import type { EmailPlace } from '../ui/checks-card';
import { DraftBanners } from '../ui/draft-banners';
import { everyEmail, writtenSteps } from '../ui/draft-steps';
import { offerToShow } from '../ui/offer-draft';
import { isEdit, type ScenarioDraft, toOverlay } from '../ui/scenario-draft';
import { ScenarioPage, type ScenarioPageProps } from '../ui/scenario-page';
import { useReveal } from '../ui/section-wish';
import { useStepWords } from '../ui/use-step-words';
import { useWide } from '../ui/use-wide';
import type { loader as waitingLoader } from './app.scenarios.$key.waiting';
import { ChecksPane } from './checks-pane';
import { type FieldErrors, useFieldErrors } from './field-errors';
import { PreviewPane } from './preview-pane';
import { ScenarioChoices, type ScenarioChoicesProps } from './scenario-choices';
import type { Desk } from './scenario-email';
import { ScenarioMap, SelectedStep } from './scenario-steps';
import { EarlierVersions, useVersions } from './scenario-versions';
import { useAsk } from './use-ask';
import { type LivePreview, useLivePreview } from './use-live-preview';
import { useOfferWords } from './use-offer-words';
import { type ScenarioDraftState, type ScenarioOnServer, useScenarioDraft } from './use-scenario-draft';
import { type StepEdits, useStepEdits } from './use-step-edits';
import { useUndoKeys } from './use-undo-keys';

export interface ScenarioWorkbenchProps
  extends Pick<
      ScenarioPageProps,
      'notice' | 'on' | 'status' | 'audience' | 'results' | 'hasOrders' | 'withheld' | 'held' | 'ramp' | 'onSwitch'
    >,
    Pick<ScenarioChoicesProps, 'usualGap' | 'birthDates' | 'standing' | 'already'> {
  definition: ScenarioDefinition;
  scenario: ScenarioOnServer;
  figures: Record<string, { sent: number; clicked: number; withheld: number }>;
  ownerEmail: string;
  shopName: string;
  /** The shop's day, `YYYY-MM-DD`. */
  today: string;
  /** How often the switch was tried in vain. */
  refusals: number;
}

/** What the parts of the page share. */
export interface Bench {
  props: ScenarioWorkbenchProps;
  work: ScenarioDraftState;
  edits: StepEdits;
  errors: FieldErrors;
  /** The discount as it is being edited. */
  offer: Offer | null;
  /** Sentences by step id. */
  problems: Record<string, string[]>;
  /** How many fields of its e-mail are refused, by step id. */
  wrongFields: Record<string, number>;
  /** People by step id. */
  waiting: Record<string, number>;
  desk: Desk;
  onDesk(desk: Desk): void;
}

export function ScenarioWorkbench(props: ScenarioWorkbenchProps) {
  const { definition, scenario } = props;
  const work = useScenarioDraft(scenario);
  const { draft } = work;
  const overlay = toOverlay(draft, scenario.prebuilt);
  const edits = useStepEdits(work);
  const [desk, setDesk] = useDesk(draft);
  const preview = useLivePreview({ scenario: definition.key, email: desk.shown, draft: overlay });
  const refused = standing(work, preview);
  const errors = useFieldErrors(refused.filter(({ path }) => !path.startsWith('steps')));
  const offer = offerNow(draft, definition);
  const offerWords = useOfferWords(props.today);
  const rules = useStepWords(problemsOf(draft, definition, offer));
  const versions = useVersions(definition.key, scenario.revision);
  const waiting = useWaiting(definition.key);
  const isWide = useWide();
  useUndoKeys(work.undo, work.redo);
  const onDesk = (next: Desk) => {
    setDesk(next);
    const writes = next.editing !== null && next.editing !== desk.editing;
    // What is being written is what the preview shows, and is open beside the map.
    if (writes || (next.editing && next.language !== desk.language)) preview.setLanguage(next.language);
    const step = everyEmail(draft.steps).find(({ email }) => email === next.editing);
    if (step && step.id !== edits.selected?.id) edits.select(step.id);
  };
  const bench: Bench = {
    ...{ props, work, edits, errors, offer, waiting, desk, onDesk },
    problems: rules.byStep,
    wrongFields: wrongFieldsOf(draft, errors),
  };
  useRefusedSection(work.refused);
  const panel = edits.selected && !versions.looked && <SelectedStep bench={bench} step={edits.selected} />;
  const { dirty, saving, discard } = work;
  return (
    <>
      <AppSaveBar id="scenario-save" open={dirty} saving={saving} onSave={work.save} onDiscard={discard} />
      <ScenarioPage
        {...props}
        dirty={dirty}
        edited={isEdit(overlay)}
        refused={refused.length > 0 ? work.refused.length : 0}
        problems={rules.overall}
        onUndo={work.undo}
        onRedo={work.redo}
        onResetAll={work.reset}
        checks={
          <ChecksPane
            scenario={definition.key}
            revision={scenario.revision}
            on={props.on}
            refusals={props.refusals}
            onPlace={(place) => onDesk(at(place, desk))}
          />
        }
        banners={<Banners work={work} onLook={versions.look} />}
        map={<ScenarioMap bench={bench} versions={versions} below={isWide ? null : panel} />}
        panel={isWide ? panel : null}
        writing={desk.editing !== null && edits.selected?.kind === 'email'}
        choices={
          <ScenarioChoices
            {...props}
            scenario={definition.key}
            work={work}
            errors={errors}
            gives={offerWords.gives(offer)}
          />
        }
        versions={<EarlierVersions versions={versions} onTake={work.take} />}
        preview={
          <PreviewPane
            scenario={definition.key}
            email={desk.shown}
            revision={scenario.revision}
            on={props.on}
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

function Banners({ work, onLook }: { work: ScenarioDraftState; onLook(revision: number): void }) {
  const { keeping } = work;
  return (
    <DraftBanners
      openedWith={work.openedWith}
      newer={work.newer}
      other={keeping.other}
      notKept={keeping.failed}
      saving={work.saving}
      onLookAtNewer={onLook}
      onSaveOver={work.saveOver}
      onDiscard={work.discard}
      onTakeOther={keeping.takeOther}
      onKeepMine={keeping.keepMine}
    />
  );
}

/** The first e-mail is shown, none is being written yet; one that is gone gives way to the first. */
function useDesk({ steps }: ScenarioDraft): [Desk, (desk: Desk) => void] {
  const { i18n } = useTranslation();
  const keys = everyEmail(steps).map(({ email }) => email);
  const first = keys[0] ?? '';
  const [desk, setDesk] = useState<Desk>({
    ...{ shown: first, editing: null, block: null },
    language: languageFor(i18n.language),
  });
  return [keys.includes(desk.shown) ? desk : { ...desk, shown: first, editing: null, block: null }, setDesk];
}

/** The desk with the place open that a check named. */
function at({ email, language, block }: EmailPlace, desk: Desk): Desk {
  return { ...desk, shown: email, editing: email, language: language ?? desk.language, block };
}

function wrongFieldsOf({ steps }: ScenarioDraft, errors: FieldErrors): Record<string, number> {
  const counted = everyEmail(steps).map(({ id, email }) => [id, Object.keys(errors.under(`emails.${email}`)).length]);
  return Object.fromEntries(counted);
}

/** Leads to the first section below the steps that a save was refused for. */
function useRefusedSection(refused: readonly FieldError[]): void {
  const reveal = useReveal();
  useEffect(() => {
    const section = (['audience', 'offer'] as const).find((one) => refused.some(({ path }) => path.startsWith(one)));
    if (section) reveal(section);
  }, [refused, reveal]);
}

/** What is still wrong: the preview looks at each change; until it has, the last refusal stands. */
function standing(work: ScenarioDraftState, preview: LivePreview) {
  if (preview.errors.length > 0) return preview.errors;
  return preview.busy || preview.failed ? work.refused : [];
}

/** The offer as typed, or the one that is live while a field of it is no number. */
function offerNow({ offer: typed }: ScenarioDraft, { offer: live = null }: ScenarioDefinition): Offer | null {
  const drafted = typed && offerToShow(typed);
  return drafted === undefined ? live : drafted;
}

function problemsOf({ steps }: ScenarioDraft, definition: ScenarioDefinition, offer: Offer | null): StepProblem[] {
  return stepProblems(writtenSteps(steps), { trigger: definition.trigger.on, hasOffer: offer !== null });
}

/** Counted once the page is shown; without an answer the map says nothing of it. */
function useWaiting(key: string): Record<string, number> {
  const { ask, answer } = useAsk<typeof waitingLoader>();
  useEffect(() => ask(`/app/scenarios/${key}/waiting`), [ask, key]);
  return answer?.waiting ?? {};
}
