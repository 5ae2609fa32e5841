/** What the look before switching a scenario on found, where, and how much it matters. Made by `pipeline/checks`, said by the card. */
import type { Language } from '../lib/language';

/** `mend`: it is switched on once this is put right. `warning`: worth knowing, and let through. `hint`: a matter of taste. */
export type CheckLevel = 'mend' | 'warning' | 'hint';

/** Every finding there is, and how much it matters. */
export const CHECK_LEVELS = {
  'service-missing': 'warning',
  'sender-missing': 'mend',
  'address-missing': 'mend',
  'sender-not-verified': 'mend',
  'no-email': 'mend',
  'too-large': 'mend',
  'link-gone': 'mend',
  'link-no-such-host': 'mend',
  'link-not-public': 'mend',
  'link-redirects-away': 'warning',
  'link-no-answer': 'warning',
  'link-unwell': 'warning',
  'picture-gone': 'mend',
  'picture-no-such-host': 'mend',
  'picture-not-public': 'mend',
  'picture-redirects-away': 'warning',
  'picture-no-answer': 'warning',
  'picture-unwell': 'warning',
  'picture-no-picture': 'mend',
  'picture-heavy': 'warning',
  contrast: 'warning',
  'code-ended': 'mend',
  'code-gone': 'mend',
  'code-not-yet': 'warning',
  'code-no-end': 'hint',
  'code-ends-early': 'warning',
  'trigger-phrase': 'hint',
  'trigger-capitals': 'hint',
  'trigger-exclamations': 'hint',
  'trigger-currency': 'hint',
} as const satisfies Record<string, CheckLevel>;
export type CheckCode = keyof typeof CHECK_LEVELS;

/** Where it is put right. */
export type CheckPlace =
  | { in: 'email'; email: string; number: number; path: string; block: string | null; language: Language | null }
  | { in: 'sender' | 'address' | 'brand' | 'offer' | 'storefront' | 'operator' | 'steps' };

export interface CheckFinding {
  code: CheckCode;
  level: CheckLevel;
  place: CheckPlace;
  /** What the sentence names. */
  facts: Record<string, string | number>;
}

const WEIGHT: Record<CheckLevel, number> = { mend: 0, warning: 1, hint: 2 };

/** What matters most first; otherwise as they were found. */
export function inOrderOfWeight(findings: readonly CheckFinding[]): CheckFinding[] {
  return findings.toSorted((one, other) => WEIGHT[one.level] - WEIGHT[other.level]);
}
