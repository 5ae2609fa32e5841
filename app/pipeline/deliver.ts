/**
 * Stage 4: from a due message to SendGrid. Last look and claim in one transaction, filling outside any, hand-over
 * committed just before the bytes leave, outcome recorded after. What each outcome allows is in `domain/message`.
 */
import { randomUUID } from 'node:crypto';
import { toBatches } from '../emails/batch';
import { fillEmail, fillSubject } from '../emails/fill';
import { inKilobytes, MAX_HTML_BYTES, tooLarge } from '../emails/findings';
import type { Batch, Mailer, Recipient } from '../gateways/sendgrid/mailer';
import type { Clock } from '../lib/clock';
import { MINUTE } from '../lib/duration';
import { invariant } from '../lib/invariant';
import type { Logger } from '../log.server';
import { decisionAbout, recordDecisions } from '../store/decisions';
import { latestStart } from '../store/last-look';
import { markHandedOver, reclaimMessages, returnMessages, withholdClaimed } from '../store/messages';
import { type Db, inShop } from '../store/scope';
import { type Claim, type Claimed, claimDue } from './claim';
import type { CompiledEmails } from './compiled-emails';
import { type Group, groupClaims } from './mail-groups';
import { type Links, preferenceLinks } from './message-values';
import { KEY_PAUSE_MS, recordOutcome } from './record-outcome';
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

export function makeDeliver(parts: DeliverParts): Deliver {
  const pause: Pause = { account: 0, senders: new Map() };
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
        providerPaused: Math.max(pause.account, pause.senders.get(shopId) ?? 0) > now.getTime(),
        ordersConfirmed,
      }),
    );
    if (claimed.claims.length === 0) return;
    for (const group of await groupClaims(parts, claimed)) {
      const members = await withoutTooLarge(parts, claimed, group);
      await sendGroup({ ...parts, pause }, claimed, { ...group, members });
    }
  };
}

/** Until when nothing is tried: of the whole account, and of single shops whose own sender is refused. */
interface Pause {
  account: number;
  senders: Map<number, number>;
}

/** The last guard: what this recipient's own values made too large to arrive whole is withheld; the others go. */
async function withoutTooLarge(
  { db, clock }: DeliverParts,
  { shop, claimId }: Claimed,
  { compiled, members }: Group,
): Promise<Group['members']> {
  const fitting: Group['members'] = [];
  for (const member of members) {
    const bytes = tooLarge(compiled, fillEmail(compiled, member.values));
    if (bytes === null) {
      fitting.push(member);
      continue;
    }
    const { message } = member.claim;
    const why = {
      reason: 'too-large' as const,
      facts: { kilobytes: inKilobytes(bytes), most: inKilobytes(MAX_HTML_BYTES) },
    };
    await inShop(db, shop.id, async (scope) => {
      if (!(await withholdClaimed(scope, message.id, { claimId, ...why }))) return;
      await recordDecisions(scope, [decisionAbout(message, { at: clock.now(), kind: 'withheld', ...why })]);
    });
  }
  return fitting;
}

type SendParts = DeliverParts & { pause: Pause };

async function sendGroup(
  parts: SendParts,
  claimed: Claimed,
  { compiled, openTracking, members }: Group,
): Promise<void> {
  const values = members.map((member) => member.values);
  const frame = frameOf(claimed, openTracking);
  for (const { subject, html, text, personalizations, singles } of toBatches(compiled, values)) {
    const batched = personalizations.flatMap(({ index, substitutions }) => {
      const member = members[index];
      if (!member) return [];
      return [
        { ...addressed(parts, claimed, member.claim, substitutions), subject: fillSubject(compiled, member.values) },
      ];
    });
    await sendPart(parts, claimed, { ...frame, subject, html, text }, batched);
    for (const index of singles) {
      const member = members[index];
      if (!member) continue;
      const filled = fillEmail(compiled, member.values);
      const single = { ...addressed(parts, claimed, member.claim, {}), subject: filled.subject };
      await sendPart(parts, claimed, { ...frame, ...filled }, [single]);
    }
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

function addressed(
  { links }: DeliverParts,
  { shop }: Claimed,
  claim: Claim,
  substitutions: Record<string, string>,
): Omit<Addressed, 'subject'> {
  const { message, customer } = claim;
  const { email } = customer;
  invariant(email, 'the last look lets nobody through without an address');
  const { unsubscribe } = preferenceLinks(links, shop.id, customer.id);
  return { claim, recipient: { messageId: message.id, to: email, substitutions, unsubscribeUrl: unsubscribe } };
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
  const staying = addressed.filter(({ claim }) => !ours.has(claim.message.id));
  // Something was said since the claim: another last look tells what, and withholds them for it.
  await giveBack(parts, claimed, staying);
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
  const now = clock.now();
  if (outcome.kind === 'unauthorized') {
    const until = now.getTime() + KEY_PAUSE_MS;
    // One shop's unverified sender must not hold everybody else's mail.
    if (outcome.whose === 'account') parts.pause.account = until;
    else parts.pause.senders.set(claimed.shop.id, until);
  }
  const claims = leaving.map(({ claim }) => claim);
  await inShop(db, claimed.shop.id, (shop) => recordOutcome(shop, { claimId: claimed.claimId, claims, outcome, now }));
}

async function giveBack(
  { db, clock }: SendParts,
  { shop, claimId }: Claimed,
  staying: readonly Addressed[],
): Promise<void> {
  if (staying.length === 0) return;
  const ids = staying.map(({ claim }) => claim.message.id);
  await inShop(db, shop.id, (scope) => returnMessages(scope, ids, { claimId, dueAt: clock.now(), reason: null }));
}

async function reclaim(
  { db, clock }: SendParts,
  { shop, claimId }: Claimed,
  leaving: readonly Addressed[],
): Promise<void> {
  const ids = leaving.map(({ claim }) => claim.message.id);
  await inShop(db, shop.id, (scope) => reclaimMessages(scope, ids, { claimId, at: clock.now() }));
}
