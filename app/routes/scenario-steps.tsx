/** A scenario's map and the selected step's panel with their places in the draft. Used by the workbench. */
import { useTranslation } from 'react-i18next';
import { plainSubject } from '../editor/plain-subject';
import { languageFor } from '../lib/language';
import { AddStep } from '../ui/add-step';
import { type DraftEmail, type DraftStep, everyEmail } from '../ui/draft-steps';
import { usualSubject } from '../ui/email-texts';
import { plannedTimes } from '../ui/planned-times';
import type { ScenarioDraft } from '../ui/scenario-draft';
import { draftOf } from '../ui/scenario-draft';
import { useReveal } from '../ui/section-wish';
import { type MappedEmail, StepMap } from '../ui/step-map';
import { StepPanel } from '../ui/step-panel';
import type { Place } from '../ui/step-tree';
import { VersionLook } from '../ui/version-look';
import { ScenarioEmail } from './scenario-email';
import type { Versions } from './scenario-versions';
import type { Bench } from './scenario-workbench';
import { useOfferWords } from './use-offer-words';

const NO_FIGURES = { sent: 0, clicked: 0, withheld: 0 };

export function ScenarioMap({ bench, versions, below }: { bench: Bench; versions: Versions; below: React.ReactNode }) {
  const { props, work, edits, desk, onDesk } = bench;
  const emailIn = useMappedEmails(bench);
  const problems = useStepProblems(bench);
  const nameOf = useStepName(work.draft);
  const { definition } = props;
  if (versions.looked) {
    const { at, saved } = versions.looked;
    const draft = draftOf(saved, props.scenario.prebuilt);
    return (
      <VersionLook
        at={at}
        map={<StepMap scenario={definition} steps={draft.steps} emailOf={emailIn(draft)} />}
        onRestore={() => {
          work.take(saved);
          versions.close();
        }}
        onBack={versions.close}
      />
    );
  }
  const select = (id: string) => {
    const isOpen = edits.selected?.id === id;
    edits.select(isOpen ? null : id);
    const email = everyEmail(work.draft.steps).find((step) => step.id === id);
    if (email && !isOpen) onDesk({ ...desk, shown: email.email, editing: null, block: null });
  };
  return (
    <StepMap
      scenario={definition}
      steps={work.draft.steps}
      emailOf={emailIn(work.draft)}
      problems={problems}
      waiting={bench.waiting}
      selected={edits.selected?.id ?? null}
      onSelect={select}
      below={below}
      renderAdd={(place, after) => <Add bench={bench} place={place} after={after && nameOf(after)} emailIn={emailIn} />}
    />
  );
}

type MappedEmails = (draft: ScenarioDraft) => (step: DraftEmail) => MappedEmail | null;

/** What the map tells of the e-mails of a draft. */
function useMappedEmails({ props, offer }: Bench): MappedEmails {
  const { i18n } = useTranslation();
  const reading = languageFor(i18n.language);
  return (draft) => {
    const emails = everyEmail(draft.steps);
    const times = plannedTimes(draft.steps);
    return (step) => {
      const email = draft.emails[step.email];
      if (!email) return null;
      const hasCode = step.code !== undefined && offer !== null;
      return {
        number: emails.findIndex(({ id }) => id === step.id) + 1,
        subject: plainSubject(usualSubject(email, hasCode)[reading], props.shopName),
        planned: times[step.id] ?? null,
        figures: props.figures[step.email] ?? NO_FIGURES,
      };
    };
  };
}

/** What is wrong at each step, that fields of its e-mail are refused among it. */
function useStepProblems({ problems, wrongFields }: Bench): Record<string, string[]> {
  const { t } = useTranslation();
  const said = { ...problems };
  for (const [step, count] of Object.entries(wrongFields)) {
    if (count > 0) said[step] = [...(said[step] ?? []), t('steps.wrongFields', { count })];
  }
  return said;
}

function useStepName({ steps }: ScenarioDraft): (step: DraftStep) => string {
  const { t } = useTranslation();
  return (step) => {
    if (step.kind !== 'email') return t(`steps.kinds.${step.kind}`);
    const number = everyEmail(steps).findIndex(({ id }) => id === step.id) + 1;
    return t('scenario.emailNumber', { number });
  };
}

interface AddProps {
  bench: Bench;
  place: Place;
  /** What stands before it, in words; null at the beginning of a list. */
  after: string | null;
  emailIn: MappedEmails;
}

function Add({ bench, place, after, emailIn }: AddProps) {
  const { t } = useTranslation();
  const { work, edits, desk, onDesk } = bench;
  const copies = () => {
    const emailOf = emailIn(work.draft);
    return everyEmail(work.draft.steps).flatMap((step) => {
      const mapped = emailOf(step);
      return mapped ? [{ key: step.email, number: mapped.number, subject: mapped.subject }] : [];
    });
  };
  const first = t(place.branch === null ? 'steps.add.first' : 'steps.add.otherwise');
  return (
    <AddStep
      label={after === null ? first : t('steps.add.after', { step: after })}
      copies={copies}
      onWait={() => edits.addWait(place)}
      onCheck={() => edits.addCheck(place)}
      onEmail={(copyOf) => {
        const shown = edits.addEmail(place, copyOf);
        onDesk({ ...desk, shown, editing: null, block: null });
      }}
    />
  );
}

export function SelectedStep({ bench, step }: { bench: Bench; step: DraftStep }) {
  const { props, work, edits, desk } = bench;
  const nameOf = useStepName(work.draft);
  const problems = useStepProblems(bench);
  // While it is written, what is wrong with its fields is said beside them.
  const writing = step.kind === 'email' && desk.editing === step.email;
  return (
    <StepPanel
      step={step}
      title={nameOf(step)}
      planned={plannedTimes(work.draft.steps)[step.id] ?? null}
      writing={writing}
      problems={(writing ? bench.problems : problems)[step.id] ?? []}
      waiting={bench.waiting[step.id] ?? 0}
      mayShowCode={props.definition.offer !== undefined}
      email={step.kind === 'email' && <EmailOf bench={bench} step={step} />}
      onChange={edits.changeStep}
      onUp={edits.mover(step.id, 'up')}
      onDown={edits.mover(step.id, 'down')}
      onRemove={() => edits.remove(step.id)}
      onClose={() => edits.select(null)}
    />
  );
}

function EmailOf({ bench, step }: { bench: Bench; step: DraftEmail }) {
  const { props, work, errors, offer, desk, onDesk } = bench;
  const words = useOfferWords(props.today);
  const reveal = useReveal();
  const email = work.draft.emails[step.email];
  if (!email) return null;
  return (
    <ScenarioEmail
      {...{ step, email, desk, onDesk }}
      // One of the owner's own came with nothing to go back to.
      prebuilt={props.scenario.prebuilt.emails[step.email] ?? email}
      code={words.shownBy(step, offer)}
      onOffer={step.code && offer === null ? () => reveal('offer') : null}
      hasCode={step.code !== undefined && offer !== null}
      errors={errors.under(`emails.${step.email}`)}
      shopName={props.shopName}
      onChange={(changed) => work.setEmail(step.email, changed)}
    />
  );
}
