/**
 * The time a database restored from a copy knows nothing of: from the copy until the last worker stopped. What may have left
 * in it is held, and never sent again by itself. See `docs/decisions/0013`.
 */
import { DAY, durationMs } from '../lib/duration';
import type { Facts, Reason } from './reason';
import type { ScenarioDefinition } from './scenario';

export interface LostTime {
  /** The copy holds everything up to here. */
  from: Date;
  /** No worker ran after this. */
  until: Date;
}

/** What a decision about it rests on. */
export function lostFacts({ from, until }: LostTime): Facts {
  return { lostFrom: from.toISOString(), lostUntil: until.toISOString() };
}

/** Later, what looks like a beginning in the lost time is none: every e-mail would have expired. */
const REMEMBERED_DAYS = 14;

export function isRemembered({ until }: LostTime, now: Date): boolean {
  return now.getTime() - until.getTime() < REMEMBERED_DAYS * DAY;
}

/** Whether an e-mail that was to go at `soonest` may have left before the workers stopped. */
export function mayHaveLeft({ until }: LostTime, soonest: Date): boolean {
  return soonest <= until;
}

/**
 * When the first reminder of a checkout may have gone at the soonest. Its wait counts from the checkout's last change,
 * which may be newer than the reminder: nothing is moved any more once it is planned, but that was forgotten too.
 * @returns null for any other e-mail: its planned time is what it was
 */
export function soonestReminder(
  { trigger, steps }: Pick<ScenarioDefinition, 'trigger' | 'steps'>,
  stepId: string,
  checkoutBegan: Date | null,
): Date | null {
  const [wait, first] = steps;
  if (trigger.on !== 'checkout-left' || wait?.kind !== 'wait' || first?.id !== stepId || !checkoutBegan) return null;
  return new Date(checkoutBegan.getTime() + durationMs(wait.duration));
}

/** The owner may have lifted these in the lost time: an e-mail they held back may have gone then, whenever it was due. */
export const LIFTED_BY_OWNER: readonly Reason[] = [
  'everything-paused',
  'scenario-off',
  'sender-missing',
  'address-missing',
];
