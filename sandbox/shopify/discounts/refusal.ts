// Why a code is not taken, and that in English words for the verbs; the storefront has its own words.
import { SandboxRefusal } from '../../http/refusal';

export type CodeProblem =
  | { reason: 'unknown' }
  | { reason: 'not-yet' }
  | { reason: 'ended' }
  | { reason: 'used-up' }
  | { reason: 'used-by-you' }
  | { reason: 'not-for-you' }
  | { reason: 'not-these-products' }
  | { reason: 'minimum-subtotal'; amount: string }
  | { reason: 'minimum-quantity'; count: number }
  | { reason: 'not-this-shipping' }
  | { reason: 'not-with-others' };

const words: Record<CodeProblem['reason'], string> = {
  unknown: 'is no code of this shop',
  'not-yet': 'cannot be used yet',
  ended: 'has ended',
  'used-up': 'has been used already',
  'used-by-you': 'has been used by this customer already',
  'not-for-you': 'is for other customers',
  'not-these-products': 'is not for these products',
  'minimum-subtotal': 'needs a higher sum',
  'minimum-quantity': 'needs more items',
  'not-this-shipping': 'is not for this delivery',
  'not-with-others': 'cannot be combined with the other code',
};

/** Thrown by the verbs when a code is not taken. */
export class CodeRefusal extends SandboxRefusal {
  readonly code: string;
  readonly problem: CodeProblem;
  constructor(code: string, problem: CodeProblem) {
    super(`The code "${code}" ${words[problem.reason]}.`);
    this.code = code;
    this.problem = problem;
  }
}
