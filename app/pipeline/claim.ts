/** The first half of stage 4: in one transaction, the last look at every due message of a batch, and the claim of those that may go. */
import { lastLook, type Verdict } from '../domain/last-look';
import { isRemembered, type LostTime, mayHaveLeft } from '../domain/lost-time';
import { outageSince, tryAgainIn } from '../domain/outage';
import type { Shop } from '../domain/shop';
import { MINUTE } from '../lib/duration';
import { type NewDecision, recordDecisions } from '../store/decisions';
import { lockPlanned, type MessageEnrollment, type PlannedMessage } from '../store/last-look';
import { claimMessages, putOffMessages, withholdMessages } from '../store/messages';
import { findLostTime, holdMessages, waitedForOwner } from '../store/restored';
import type { ShopScope } from '../store/scope';
import { isAnybodyConcerned } from '../store/unapplied';
import type { Limits } from './allowances';
import { type Claim, type ClaimInput, type Context, type Looked, loadContext, lookAt } from './claim-context';
import type { Shelf } from './message-values';
import type { Sender } from './sender';

export interface Claimed {
  claimId: string;
  shop: Shop & { settingsVersion: number };
  sender: Extract<Sender, { state: 'ready' }> | null;
  shelf: Shelf;
  claims: Claim[];
  /** The shop's own sender domain, if the next e-mail from it must be noted. */
  domainToNote: string | null;
  /** How many may not go, or not now. */
  held: { putOff: number; withheld: number };
}

/** Looks at each message for the last time. Verdicts and their reasons are committed together with the claims. */
export async function claimDue(shop: ShopScope, input: ClaimInput): Promise<Claimed> {
  const due = await lockPlanned(shop, input.messageIds);
  return claimThose(shop, due, { context: await loadContext(shop, due, input), input });
}

/**
 * The same where the mirror knows the orders already; else nothing is claimed.
 * @returns then, since when they must be asked for, or how many wait until a flood of webhooks is applied
 */
export async function claimIfKnown(
  shop: ShopScope,
  input: Omit<ClaimInput, 'ordersConfirmed'>,
): Promise<Claimed | { ordersNeededSince: Date } | { flooded: number }> {
  const due = await lockPlanned(shop, input.messageIds);
  // Looking at each of them again and again would take from the applying what it needs to end.
  if (due.length > 0 && (await isAnybodyConcerned(shop))) {
    await putOffMessages(
      shop,
      due.map((message) => awaitApplied(message, input.now)),
    );
    return { flooded: due.length };
  }
  const context = await loadContext(shop, due, input);
  const ordersNeededSince = ordersNeeded([...context.enrollments.values()], input.now);
  const { ordersKnownUntil, uninstalledAt } = context.shop;
  const isKnown = ordersKnownUntil !== null && !uninstalledAt && ordersKnownUntil >= ordersNeededSince;
  if (due.length > 0 && !isKnown) return { ordersNeededSince };
  return claimThose(shop, due, { context, input: { ...input, ordersConfirmed: isKnown } });
}

/** Orders may have been placed up to this long ago without us knowing; older knowledge is refreshed before a claim. */
const ORDERS_FRESH_MS = MINUTE;
/** Shopify writes whole seconds: what started an enrollment "at 10:00:03", and the order that came with it, may be of 10:00:03.9. */
const WHOLE_SECOND_MS = 1000;

/** Up to when every order must be in the mirror: lately, and as far as the latest of these enrollments began. */
function ordersNeeded(enrollments: readonly MessageEnrollment[], now: Date): Date {
  const started = Math.max(...enrollments.map(({ startedAt }) => startedAt.getTime() + WHOLE_SECOND_MS));
  return new Date(Math.max(now.getTime() - ORDERS_FRESH_MS, Math.min(started, now.getTime())));
}

async function claimThose(
  shop: ShopScope,
  due: readonly PlannedMessage[],
  { context, input }: { context: Context; input: ClaimInput },
): Promise<Claimed> {
  const lost = await lostTimeOf(shop, due, input.now);
  const uncertain: string[] = [];
  const decisions: NewDecision[] = [];
  const claims: Claim[] = [];
  const held: { message: PlannedMessage; verdict: Verdict }[] = [];
  for (const message of due) {
    const look = lookAt(context, message, input);
    if (!look) continue;
    const verdict = soonAgain(lastLook(look.look, input.now), look, input.now);
    if (verdict.kind === 'send' && lost && waitedForOwner(message) && mayHaveLeft(lost, message.plannedAt)) {
      uncertain.push(message.id);
      continue;
    }
    held.push({ message, verdict });
    // What waits for its job is applied in moments: not worth a line in anybody's history.
    const isMoment = look.isToldMore && input.ordersConfirmed && isUnconfirmed(verdict);
    const decision = isMoment ? null : toDecision(message, verdict, input.now);
    if (decision) decisions.push(decision);
    takePlace(context.limits, verdict);
    if (verdict.kind !== 'send') continue;
    claims.push({ ...look.claim, ground: verdict.ground });
    // The next message of the same person in this batch must see this one.
    const sent = { at: input.now, priority: message.priority };
    context.recent.set(message.customerId, [...(context.recent.get(message.customerId) ?? []), sent]);
  }
  await Promise.all([
    holdBack(shop, held),
    lost ? holdMessages(shop, uncertain, { lost, now: input.now }) : null,
    claimMessages(
      shop,
      claims.map(({ message, ground, language }) => ({ id: message.id, ground, language })),
      { claimId: input.claimId, at: input.now },
    ),
    recordDecisions(shop, decisions),
  ]);
  const sender = context.sender.state === 'ready' ? context.sender : null;
  const count = (kind: Verdict['kind']) => held.filter(({ verdict }) => verdict.kind === kind).length;
  return {
    claimId: input.claimId,
    shop: context.shop,
    sender,
    shelf: context.shelf,
    claims,
    domainToNote: context.limits.domainToNote,
    held: { putOff: count('put-off'), withheld: count('withhold') },
  };
}

/** Asked for where it may matter: of e-mails the owner held back, whoever restored the database knows not whether they were let go. */
async function lostTimeOf(shop: ShopScope, due: readonly PlannedMessage[], now: Date): Promise<LostTime | null> {
  const lost = due.some(waitedForOwner) ? await findLostTime(shop) : null;
  return lost && isRemembered(lost, now) ? lost : null;
}

/** The next message of this batch must see what this one takes, or that it stands before it. */
function takePlace({ allowances }: Limits, verdict: Verdict): void {
  for (const allowance of allowances) {
    if (verdict.kind === 'send') allowance.used += 1;
    else if (verdict.kind === 'put-off' && verdict.reason === allowance.reason && allowance.waves)
      allowance.waves.waiting += 1;
  }
}

function isUnconfirmed(verdict: Verdict): boolean {
  return verdict.kind === 'put-off' && verdict.reason === 'orders-not-confirmed';
}

/** What is told is applied within moments. */
const APPLIED_SOON_MS = 1000;
/** An outage may be over by then. */
const OUTAGE_RECHECK_MS = 30_000;

/** A flood takes longer to apply than a handful. */
const FLOOD_APPLIED_MS = 5000;

/** Without a look at the message itself, its person or its scenario: whatever else holds it back is found when the flood is over. */
function awaitApplied(message: PlannedMessage, now: Date) {
  const since = outageSince(message, now);
  const wait = Math.min(Math.max(FLOOD_APPLIED_MS, tryAgainIn(since, now)), OUTAGE_RECHECK_MS);
  const facts = { since: since.toISOString() };
  return { id: message.id, until: new Date(now.getTime() + wait), reason: 'orders-not-confirmed' as const, facts };
}

/** The longer the outage, the less often the e-mail is looked at. */
function soonAgain(verdict: Verdict, { claim, isToldMore }: Looked, now: Date): Verdict {
  if (verdict.kind !== 'put-off') return verdict;
  if (verdict.reason !== 'orders-not-confirmed' && verdict.reason !== 'provider-paused') return verdict;
  const since = outageSince(claim.message, now);
  const longer = tryAgainIn(since, now);
  const wait = isToldMore
    ? Math.min(Math.max(APPLIED_SOON_MS, longer), OUTAGE_RECHECK_MS)
    : Math.max(OUTAGE_RECHECK_MS, longer);
  const until = new Date(Math.min(now.getTime() + wait, verdict.until.getTime()));
  return { ...verdict, until, facts: { ...verdict.facts, since: since.toISOString() } };
}

/** Puts off and withholds whatever may not go now, all at once. */
async function holdBack(
  shop: ShopScope,
  held: readonly { message: PlannedMessage; verdict: Verdict }[],
): Promise<void> {
  await putOffMessages(
    shop,
    held.flatMap(({ message: { id }, verdict }) => (verdict.kind === 'put-off' ? [{ id, ...verdict }] : [])),
  );
  await withholdMessages(
    shop,
    held.flatMap(({ message: { id }, verdict }) => (verdict.kind === 'withhold' ? [{ id, ...verdict }] : [])),
  );
}

/** A put-off repeated for the same reason is one decision, not a row every few minutes. */
function toDecision(message: PlannedMessage, verdict: Verdict, now: Date): NewDecision | null {
  if (verdict.kind === 'send') return null;
  if (verdict.kind === 'put-off' && message.reason === verdict.reason) return null;
  const { customerId, scenario, enrollmentId, step } = message;
  const shared = { at: now, customerId, scenario, enrollmentId, messageId: message.id, step, reason: verdict.reason };
  return verdict.kind === 'put-off'
    ? { ...shared, kind: 'put-off', facts: { ...verdict.facts, until: verdict.until.toISOString() } }
    : { ...shared, kind: 'withheld', facts: verdict.facts };
}
