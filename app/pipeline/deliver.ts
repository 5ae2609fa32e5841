/**
 * Stage 4: from a due message to SendGrid. Last look and claim in one transaction, filling outside any, hand-over
 * committed just before the bytes leave, outcome recorded after. What each outcome allows is in `domain/message`.
 */
import { randomUUID } from 'node:crypto';
import { toBatch } from '../emails/batch';
import { fillEmail } from '../emails/fill';
import type { Batch, Mailer, Outcome, Recipient } from '../gateways/sendgrid/mailer';
import type { Clock } from '../lib/clock';
import { MINUTE } from '../lib/duration';
import { unreachable } from '../lib/invariant';
import type { Logger } from '../log.server';
import { recordDecisions } from '../store/decisions';
import { latestStart } from '../store/last-look';
import { markHandedOver, markOutcome, markSent, reclaimMessages, returnMessages } from '../store/messages';
import { type Db, inShop } from '../store/scope';
import { type Claim, type Claimed, claimDue } from './claim';
import type { CompiledEmails } from './compiled-emails';
import { type Group, groupClaims } from './mail-groups';
import { type Links, preferenceLinks } from './message-values';
import type { SenderSettings } from './sender';

export interface DeliverParts {
  db: Db;
  clock: Clock;
  log: Logger;
  mailer: Mailer | null;
  links: Links;
  settings: SenderSettings;
  compiled: CompiledEmails;
  /** Brings the orders of a shop up to at least this moment; false when Shopify cannot be asked. */
  confirmOrders(shopId: number, neededSince: Date): Promise<boolean>;
}

export type Deliver = (shopId: number, messageIds: readonly string[]) => Promise<void>;

/** Orders may have been placed up to this long ago without us knowing; older knowledge is refreshed before a claim. */
const ORDERS_FRESH_MS = MINUTE;
/** Shopify writes whole seconds: what started an enrollment "at 10:00:03", and the order that came with it, may be of 10:00:03.9. */
const WHOLE_SECOND_MS = 1000;
/** After SendGrid refused our key, nothing is tried for this long (business time). */
const KEY_PAUSE_MS = 5 * MINUTE;

export function makeDeliver(parts: DeliverParts): Deliver {
  const pause = { until: 0 };
  return async (shopId, messageIds) => {
    const now = parts.clock.now();
    const started = await inShop(parts.db, shopId, (shop) => latestStart(shop, messageIds));
    if (!started) return;
    const startedUntil = Math.min(started.getTime() + WHOLE_SECOND_MS, now.getTime());
    const neededSince = new Date(Math.max(now.getTime() - ORDERS_FRESH_MS, startedUntil));
    const ordersConfirmed = await parts.confirmOrders(shopId, neededSince);
    const claimed = await inShop(parts.db, shopId, (shop) =>
      claimDue(shop, {
        messageIds,
        claimId: randomUUID(),
        now: parts.clock.now(),
        settings: parts.settings,
        providerPaused: pause.until > now.getTime(),
        ordersConfirmed,
      }),
    );
    if (claimed.claims.length === 0) return;
    for (const group of await groupClaims(parts, claimed)) await sendGroup({ ...parts, pause }, claimed, group);
  };
}

type SendParts = DeliverParts & { pause: { until: number } };

async function sendGroup(
  parts: SendParts,
  claimed: Claimed,
  { compiled, openTracking, members }: Group,
): Promise<void> {
  const shared = toBatch(
    compiled,
    members.map(({ values }) => values),
  );
  const frame = frameOf(claimed, openTracking);
  const batched = shared.personalizations.flatMap(({ index, substitutions }) => {
    const member = members[index];
    return member
      ? [
          {
            claim: member.claim,
            recipient: toRecipient(parts, claimed, member.claim, substitutions),
            subject: fillEmail(compiled, member.values).subject,
          },
        ]
      : [];
  });
  await sendPart(parts, claimed, { ...frame, subject: shared.subject, html: shared.html, text: shared.text }, batched);
  for (const index of shared.singles) {
    const member = members[index];
    if (!member) continue;
    const filled = fillEmail(compiled, member.values);
    await sendPart(parts, claimed, { ...frame, ...filled }, [
      { claim: member.claim, recipient: toRecipient(parts, claimed, member.claim, {}), subject: filled.subject },
    ]);
  }
}

interface Addressed {
  claim: Claim;
  recipient: Recipient;
  subject: string;
}
type Letter = Omit<Batch, 'recipients'>;

function frameOf({ shop, sender }: Claimed, openTracking: boolean): Omit<Letter, 'subject' | 'html' | 'text'> {
  if (!sender) throw new Error('A message was claimed without a sender');
  return { shopId: shop.id, from: sender.from, replyTo: sender.replyTo, openTracking };
}

function toRecipient(
  { links }: DeliverParts,
  { shop }: Claimed,
  { message, customer }: Claim,
  substitutions: Record<string, string>,
): Recipient {
  const { unsubscribe } = preferenceLinks(links, shop.id, customer.id);
  return { messageId: message.id, to: customer.email ?? '', substitutions, unsubscribeUrl: unsubscribe };
}

/** Hands one request over and records what came of it; a refused one is halved until the culprits stand alone. */
async function sendPart(
  parts: SendParts,
  claimed: Claimed,
  letter: Letter,
  addressed: readonly Addressed[],
): Promise<void> {
  if (addressed.length === 0 || !parts.mailer) return;
  const { db, clock, log } = parts;
  const ours = new Set(
    await inShop(db, claimed.shop.id, (shop) =>
      markHandedOver(
        shop,
        addressed.map(({ claim, subject }) => ({ id: claim.message.id, subject })),
        { claimId: claimed.claimId, at: clock.now() },
      ),
    ),
  );
  const leaving = addressed.filter(({ claim }) => ours.has(claim.message.id));
  if (leaving.length === 0) return;
  const outcome = await parts.mailer.send({ ...letter, recipients: leaving.map(({ recipient }) => recipient) });
  log.info({
    event: 'batch.handed-over',
    shopId: claimed.shop.id,
    outcome: outcome.kind,
    count: leaving.length,
    detail: 'detail' in outcome ? outcome.detail : null,
  });
  if (outcome.kind === 'refused' && leaving.length > 1) {
    const middle = Math.ceil(leaving.length / 2);
    // SendGrid refuses a request whole, so none of these went out: they are ours again, and handed over anew in halves.
    await reclaim(parts, claimed, leaving);
    await sendPart(parts, claimed, letter, leaving.slice(0, middle));
    await sendPart(parts, claimed, letter, leaving.slice(middle));
    return;
  }
  await recordOutcome(parts, claimed, leaving, outcome);
}

async function reclaim(
  { db, clock }: SendParts,
  { shop, claimId }: Claimed,
  leaving: readonly Addressed[],
): Promise<void> {
  await inShop(db, shop.id, (scope) =>
    reclaimMessages(
      scope,
      leaving.map(({ claim }) => claim.message.id),
      { claimId, at: clock.now() },
    ),
  );
}

async function recordOutcome(
  { db, clock, pause }: SendParts,
  { shop }: Claimed,
  leaving: readonly Addressed[],
  outcome: Outcome,
): Promise<void> {
  const ids = leaving.map(({ claim }) => claim.message.id);
  const now = clock.now();
  const later = (ms: number) => new Date(now.getTime() + ms);
  const decided = (
    kind: 'sent' | 'withheld' | 'put-off',
    reason: 'sent' | 'refused-by-provider' | 'provider-paused' | 'provider-unavailable',
  ) =>
    leaving.map(({ claim: { message, ground } }) => ({
      at: now,
      customerId: message.customerId,
      scenario: message.scenario,
      enrollmentId: message.enrollmentId,
      messageId: message.id,
      step: message.step,
      kind,
      reason,
      facts: { ground },
    }));
  await inShop(db, shop.id, async (scope) => {
    switch (outcome.kind) {
      case 'accepted':
        await markSent(scope, ids, { at: now, providerMessageId: outcome.providerMessageId });
        return recordDecisions(scope, decided('sent', 'sent'));
      case 'not-taken':
        await returnMessages(scope, ids, { dueAt: later(outcome.retryAfterMs), reason: 'provider-unavailable' });
        return recordDecisions(scope, decided('put-off', 'provider-unavailable'));
      case 'unauthorized':
        pause.until = now.getTime() + KEY_PAUSE_MS;
        await returnMessages(scope, ids, { dueAt: later(KEY_PAUSE_MS), reason: 'provider-paused' });
        return recordDecisions(scope, decided('put-off', 'provider-paused'));
      case 'refused':
        await markOutcome(scope, ids, {
          status: 'refused',
          reason: 'refused-by-provider',
          facts: { detail: outcome.detail },
        });
        return recordDecisions(scope, decided('withheld', 'refused-by-provider'));
      case 'unsettled':
        // No decision yet: SendGrid's own events, or a day of silence, will say.
        return markOutcome(scope, ids, {
          status: 'unsettled',
          reason: 'outcome-unknown',
          facts: { detail: outcome.detail },
        });
      default:
        return unreachable(outcome);
    }
  });
}
