/**
 * One shopper on the way through one scenario. State machine:
 *
 *   active ──(all steps done)──▶ finished
 *      └────(exit, owner, data erased)──▶ ended        both are final; a message planned before may still be put off,
 *                                                      and its own last look decides.
 */
import type { ScenarioKey } from './scenario';

export type EnrollmentStatus = 'active' | 'finished' | 'ended';

/** What the enrollment is about; decisions re-read the thing itself by these ids. */
export interface EnrollmentSubject {
  checkoutId?: string;
  /** When consent was given, ISO; for the scenarios that consent starts. */
  consentAt?: string;
  /** The last order before they stopped ordering, ISO; for win-back. */
  lastOrderAt?: string;
  /** The birthday's day, `YYYY-MM-DD`. */
  day?: string;
  /** How many periods they had been among the best customers. */
  period?: number;
}

export interface Enrollment {
  id: number;
  scenario: ScenarioKey;
  customerId: string;
  occurrence: string;
  version: number;
  status: EnrollmentStatus;
  /** The step to look at next; null when none is left. */
  cursor: string | null;
  /** The planned time of the step before the cursor: the next wait counts from it. */
  anchor: Date;
  startedAt: Date;
  subject: EnrollmentSubject;
}
