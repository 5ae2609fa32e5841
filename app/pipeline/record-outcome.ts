/** Writes down what became of a hand-over, and what that allows next. Called by deliver. */
import { outageSince, tryAgainIn } from '../domain/outage';
import type { Facts, Reason } from '../domain/reason';
import type { Outcome } from '../gateways/sendgrid/mailer';
import { MINUTE } from '../lib/duration';
import { unreachable } from '../lib/invariant';
import { noteGivenCodes } from '../store/code-uses';
import { decisionAbout, recordDecisions } from '../store/decisions';
import { markAccepted, markOutcome, returnMessages } from '../store/messages';
import type { ShopScope } from '../store/scope';
import type { Claim } from './claim-context';

/** After SendGrid refused our key, nothing is tried for this long (business time): one request tells whether it is mended. */
export const KEY_PAUSE_MS = 30_000;
const LONGEST_BACKOFF_MS = 10 * MINUTE;

/** What one request came to, for all it carried. */
export interface Handover {
  claims: readonly Claim[];
  outcome: Outcome;
}

interface When {
  claimId: string;
  now: Date;
}

/** Each message's next state, and a decision wherever something new is to be told. */
export async function recordOutcomes(shop: ShopScope, handovers: readonly Handover[], when: When): Promise<void> {
  const accepted = handovers.flatMap(({ claims, outcome }) =>
    outcome.kind === 'accepted' ? [{ claims, providerMessageId: outcome.providerMessageId }] : [],
  );
  const ids = accepted.flatMap(({ claims, providerMessageId }) =>
    claims.map(({ message }) => ({ id: message.id, providerMessageId })),
  );
  // SendGrid's own event may have come first: it has told then that the message was sent.
  await markAccepted(shop, ids, when.now);
  const shown = accepted.flatMap(({ claims }) => claims.filter(({ code }) => code !== null));
  await noteGivenCodes(
    shop,
    shown.map(({ message }) => message.id),
    when.now,
  );
  for (const { claims, outcome } of handovers) await recordFailure(shop, { claims, outcome }, when);
}

async function recordFailure(shop: ShopScope, { claims, outcome }: Handover, { claimId, now }: When): Promise<void> {
  const ids = claims.map(({ message }) => message.id);
  switch (outcome.kind) {
    case 'accepted':
      return;
    case 'not-taken': {
      const { dueAt, facts } = backoff(claims, outcome.retryAfterMs, now);
      await returnMessages(shop, ids, { claimId, dueAt, reason: 'provider-unavailable', facts });
      return decideOnce(shop, claims, { at: now, reason: 'provider-unavailable' });
    }
    case 'unauthorized': {
      const { dueAt, facts } = backoff(claims, KEY_PAUSE_MS, now);
      await returnMessages(shop, ids, { claimId, dueAt, reason: 'provider-paused', facts });
      return decideOnce(shop, claims, { at: now, reason: 'provider-paused' });
    }
    case 'refused': {
      const facts = { detail: outcome.detail };
      await markOutcome(shop, ids, { status: 'refused', reason: 'refused-by-provider', facts });
      return decide(shop, claims, { at: now, kind: 'withheld', reason: 'refused-by-provider' });
    }
    case 'unsettled': {
      const facts = { detail: outcome.detail };
      // No decision yet: SendGrid's own events, or a day of silence, will say.
      return markOutcome(shop, ids, { status: 'unsettled', reason: 'outcome-unknown', facts });
    }
    default:
      return unreachable(outcome);
  }
}

/** Longer the longer it has gone on: an outage of hours is not asked about every half minute. */
function backoff(claims: readonly Claim[], least: number, now: Date): { dueAt: Date; facts: Facts } {
  const since = new Date(Math.min(...claims.map(({ message }) => outageSince(message, now).getTime())));
  const wait = Math.max(least, Math.min(tryAgainIn(since, now), LONGEST_BACKOFF_MS));
  return { dueAt: new Date(now.getTime() + wait), facts: { since: since.toISOString() } };
}

async function decide(
  shop: ShopScope,
  claims: readonly Claim[],
  what: { at: Date; kind: 'withheld' | 'put-off'; reason: Reason },
): Promise<void> {
  await recordDecisions(
    shop,
    claims.map(({ message, ground }) => decisionAbout(message, { ...what, facts: { ground } })),
  );
}

/** A wait that is found again and again is one decision. */
async function decideOnce(
  shop: ShopScope,
  claims: readonly Claim[],
  { at, reason }: { at: Date; reason: Reason },
): Promise<void> {
  const fresh = claims.filter(({ message }) => message.reason !== reason);
  await decide(shop, fresh, { at, kind: 'put-off', reason });
}
