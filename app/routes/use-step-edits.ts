/** What the owner does to the steps of a draft, and which step is selected. Used by the workbench. */
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { plainEmail } from '../scenarios/plain-email';
import { type DraftEmail, type DraftStep, everyEmail } from '../ui/draft-steps';
import type { EditorEmail } from '../ui/email-texts';
import { STEPS_ID } from '../ui/scenario-page';
import { nodeId } from '../ui/step-map';
import { PANEL_ID } from '../ui/step-panel';
import {
  findDraftStep,
  inserted,
  moved,
  newCheck,
  newEmail,
  newWait,
  ownId,
  type Place,
  withoutStep,
  withStep,
  withWaits,
} from '../ui/step-tree';
import type { ScenarioDraftState } from './use-scenario-draft';

export interface StepEdits {
  selected: DraftStep | null;
  select(step: string | null): void;
  addWait(place: Place): void;
  addCheck(place: Place): void;
  /** Answers the new e-mail's key. */
  addEmail(place: Place, copyOf: string | null): string;
  changeStep(step: DraftStep): void;
  /** Null where there is no further. */
  mover(step: string, way: 'up' | 'down'): (() => void) | null;
  remove(step: string): void;
}

export function useStepEdits({ draft, change }: Pick<ScenarioDraftState, 'draft' | 'change'>): StepEdits {
  const [chosen, setChosen] = useState<string | null>(null);
  const focus = useFocusNext();
  const sayRemoved = useRemovedToast();
  const { steps, emails } = draft;
  const selected = chosen === null ? null : findDraftStep(steps, chosen);
  const select = (step: string | null) => {
    focus(step === null ? (chosen === null ? STEPS_ID : nodeId(chosen)) : PANEL_ID);
    setChosen(step);
  };
  const setSteps = (next: DraftStep[]) => change((now) => ({ ...now, steps: next }), null);
  const add = (place: Place, step: DraftStep) => {
    setSteps(inserted(steps, place, [step]));
    select(step.id);
  };
  return {
    selected,
    select,
    addWait: (place) => add(place, newWait()),
    addCheck: (place) => add(place, newCheck()),
    addEmail: (place, copyOf) => {
      const copied = everyEmail(steps).find(({ email }) => email === copyOf) ?? null;
      const key = ownId();
      const step: DraftEmail = newEmail(key, copied);
      const next = inserted(steps, place, withWaits(steps, place, step));
      const content: EditorEmail = { ...structuredClone(emails[copyOf ?? ''] ?? plainEmail(key)), key };
      change((now) => ({ ...now, steps: next, emails: { ...now.emails, [key]: content } }), null);
      select(step.id);
      return key;
    },
    changeStep: (step) => change((now) => ({ ...now, steps: withStep(now.steps, step) }), `steps.${step.id}`),
    mover: (step, way) => {
      const next = moved(steps, step, way);
      return next && (() => setSteps(next));
    },
    remove: (step) => {
      const after = withoutStep(steps, step);
      setSteps(after);
      focus(STEPS_ID);
      setChosen(null);
      sayRemoved(() => change((now) => (now.steps === after ? { ...now, steps } : now), null));
    },
  };
}

/** Offers the way back at once: on a phone the page's undo is far from the step. */
function useRemovedToast(): (takeBack: () => void) => void {
  const shopify = useAppBridge();
  const { t } = useTranslation();
  return (takeBack) =>
    shopify.toast.show(t('steps.removed'), { action: t('common.undo'), onAction: takeBack, duration: 10_000 });
}

/** Gives the focus to something that is only there, or only then in its place, after the next drawing. */
function useFocusNext(): (id: string) => void {
  const [wanted, setWanted] = useState<string | null>(null);
  useEffect(() => {
    if (wanted === null) return;
    document.getElementById(wanted)?.focus({ preventScroll: false });
    setWanted(null);
  }, [wanted]);
  return setWanted;
}
