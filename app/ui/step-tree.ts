/** Adding, moving and removing steps of a draft: each answers a new tree and leaves the old one alone. Used by the scenario's page. */
import { MOST_DEPTH } from '../domain/step-rules';
import { type DraftCheck, type DraftEmail, type DraftStep, type DraftWait, everyStep } from './draft-steps';

/** A place between steps: in the main list, or in the branch of a check. */
export interface Place {
  /** Id of the check whose branch it is; null: the main list. */
  branch: string | null;
  /** How many steps of the list stand before it. */
  index: number;
}

export function findDraftStep(steps: readonly DraftStep[], id: string): DraftStep | null {
  return everyStep(steps).find((step) => step.id === id) ?? null;
}

/** The tree with one step changed. */
export function withStep(steps: readonly DraftStep[], changed: DraftStep): DraftStep[] {
  return steps.map((step) => {
    if (step.id === changed.id) return changed;
    return step.kind === 'check' ? { ...step, otherwise: withStep(step.otherwise, changed) } : step;
  });
}

/** The tree without one step, and without what hangs from it. */
export function withoutStep(steps: readonly DraftStep[], id: string): DraftStep[] {
  return steps
    .filter((step) => step.id !== id)
    .map((step) => (step.kind === 'check' ? { ...step, otherwise: withoutStep(step.otherwise, id) } : step));
}

/** The steps of one list: the main one, or a branch. */
export function listAt(steps: readonly DraftStep[], branch: string | null): readonly DraftStep[] {
  if (branch === null) return steps;
  const check = findDraftStep(steps, branch);
  return check?.kind === 'check' ? check.otherwise : [];
}

/** The tree with steps put into a place. */
export function inserted(
  steps: readonly DraftStep[],
  { branch, index }: Place,
  added: readonly DraftStep[],
): DraftStep[] {
  if (branch === null) return [...steps.slice(0, index), ...added, ...steps.slice(index)];
  return steps.map((step) => {
    if (step.kind !== 'check') return step;
    const otherwise = inserted(step.otherwise, { branch: step.id === branch ? null : branch, index }, added);
    return { ...step, otherwise: step.id === branch || hasBranch(step, branch) ? otherwise : step.otherwise };
  });
}

function hasBranch(check: DraftCheck, branch: string): boolean {
  return everyStep(check.otherwise).some(({ id }) => id === branch);
}

/** Where a step stands; null where it is none of the tree. */
export function placeOf(steps: readonly DraftStep[], id: string, branch: string | null = null): Place | null {
  for (const [index, step] of steps.entries()) {
    if (step.id === id) return { branch, index };
    const inside = step.kind === 'check' ? placeOf(step.otherwise, id, step.id) : null;
    if (inside) return inside;
  }
  return null;
}

/**
 * The tree with a step one place further up or down in reading order: past its neighbour, into a branch that has steps, or out
 * of the one it stands in. Null where there is no further.
 */
export function moved(steps: readonly DraftStep[], id: string, way: 'up' | 'down'): DraftStep[] | null {
  const step = findDraftStep(steps, id);
  const to = step && nextPlace(steps, step, way);
  return to ? inserted(withoutStep(steps, id), to, [step]) : null;
}

/** In the tree without the step. */
function nextPlace(steps: readonly DraftStep[], step: DraftStep, way: 'up' | 'down'): Place | null {
  const from = placeOf(steps, step.id);
  if (!from) return null;
  const list = listAt(steps, from.branch);
  const neighbour = list[way === 'up' ? from.index - 1 : from.index + 1];
  if (!neighbour) return outOfBranch(steps, from, way);
  if (neighbour.kind === 'check' && neighbour.otherwise.length > 0 && fits(steps, step, neighbour)) {
    return { branch: neighbour.id, index: way === 'up' ? neighbour.otherwise.length : 0 };
  }
  return { branch: from.branch, index: way === 'up' ? from.index - 1 : from.index + 1 };
}

function outOfBranch(steps: readonly DraftStep[], from: Place, way: 'up' | 'down'): Place | null {
  const check = from.branch === null ? null : placeOf(steps, from.branch);
  return check && { branch: check.branch, index: way === 'up' ? check.index : check.index + 1 };
}

function fits(steps: readonly DraftStep[], step: DraftStep, into: DraftCheck): boolean {
  return depthOf(steps, into.id) + 1 + heightOf(step) <= MOST_DEPTH;
}

/** How many branches a list lies in. */
export function depthOf(steps: readonly DraftStep[], id: string): number {
  const place = placeOf(steps, id);
  return place?.branch ? 1 + depthOf(steps, place.branch) : 0;
}

function heightOf(step: DraftStep): number {
  if (step.kind !== 'check' || step.otherwise.length === 0) return 0;
  return 1 + Math.max(...step.otherwise.map(heightOf));
}

/** An id for a step or an e-mail of the owner's own: of 50 bits, so that no two of a shop are ever the same. */
export function ownId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  return `own-${Array.from(bytes, (byte) => (byte % 32).toString(32)).join('')}`;
}

export function newWait(): DraftWait {
  return { kind: 'wait', id: ownId(), delay: { amount: '1', unit: 'd' } };
}

export function newCheck(): DraftCheck {
  return { kind: 'check', id: ownId(), condition: 'no-order-since-start', otherwise: [] };
}

/** A step for a new e-mail, with the settings of the one it is a copy of. */
export function newEmail(email: string, copied: DraftEmail | null): DraftEmail {
  const settings: Pick<DraftEmail, 'expires' | 'code'> = copied ?? { expires: { amount: '3', unit: 'd' } };
  const { expires, code } = settings;
  return { kind: 'email', id: ownId(), email, expires, ...(code ? { code } : {}) };
}

/** An e-mail with the waits that keep it apart from the e-mails beside it. */
export function withWaits(steps: readonly DraftStep[], { branch, index }: Place, email: DraftEmail): DraftStep[] {
  const list = listAt(steps, branch);
  const before = list.slice(0, index).findLast(({ kind }) => kind !== 'check');
  const after = list.slice(index).find(({ kind }) => kind !== 'check');
  return [...(before?.kind === 'email' ? [newWait()] : []), email, ...(after?.kind === 'email' ? [newWait()] : [])];
}
