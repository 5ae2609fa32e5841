/**
 * Stage 4: from a due message to SendGrid. Last look and claim in one transaction, filling outside any, hand-over
 * committed just before the bytes leave, outcome recorded after. What each outcome allows is in `domain/message`.
 */
import { randomUUID } from 'node:crypto';
import { type Personalization, toBatches } from '../emails/batch';
import { fillEmail } from '../emails/fill';
import { inKilobytes, MAX_HTML_BYTES, sizeOf } from '../emails/findings';
import type { Batch, Mailer, Outcome, Recipient } from '../gateways/sendgrid/mailer';
import type { Clock } from '../lib/clock';
import { invariant } from '../lib/invariant';
import type { Logger } from '../log.server';
import type { Queue } from '../queue/enqueue';
import { decisionAbout, recordDecisions } from '../store/decisions';
import { markHandedOver, reclaimMessages, returnMessages, withholdClaimed } from '../store/messages';
import { wakeFromOutage } from '../store/outages';
import { type Db, inShop, type ShopScope } from '../store/scope';
import { noteSentFrom } from '../store/sender-domains';
import { type Claimed, claimDue, claimIfKnown } from './claim';
import type { Claim } from './claim-context';
import { wantAwaited } from './codes/want-awaited';
import type { CompiledEmails } from './compiled-emails';
import { type Group, groupClaims } from './mail-groups';
import type { Links } from './message-values';
import { KEY_PAUSE_MS, recordOutcomes } from './record-outcome';
import type { SenderSettings } from './sender';

export interface DeliverParts {
  db: Db;
  queue: Queue;
  clock: Clock;
  log: Logger;
  mailer: Mailer | null;
  links: Links;
  settings: SenderSettings;
  compiled: CompiledEmails;
  /** Brings the orders of a shop up to at least this moment; false when Shopify cannot be asked. */
  confirmOrders(shopId: number, neededSince: Date): Promise<boolean>;
  atOnce?: AtOnce;
}

/** What of one shop is handed over together and under way at the same time: so many requests, or more while they are for few people. */
export interface AtOnce {
  requests: number;
  people: number;
}

export type Deliver = (shopId: number, messageIds: readonly string[]) => Promise<void>;

const AT_ONCE: AtOnce = { requests: 8, people: 100 };

export function makeDeliver(parts: DeliverParts): Deliver {
  const pause: Pause = { account: 0, senders: new Map(), healthy: new Set() };
  return async (shopId, messageIds) => {
    const claimed = await claim({ ...parts, pause }, shopId, messageIds);
    if ('flooded' in claimed) {
      parts.log.info({ event: 'messages.looked-at', shopId, claimed: 0, putOff: claimed.flooded, withheld: 0 });
      return;
    }
    const looked = { claimed: claimed.claims.length, ...claimed.held };
    if (Object.values(looked).some((count) => count > 0))
      parts.log.info({ event: 'messages.looked-at', shopId, ...looked });
    if (claimed.claims.length === 0) return;
    const letters = (await groupClaims(parts, claimed)).flatMap((group) => lettersOf(claimed, group));
    const fitting = await withoutTooLarge(parts, claimed, letters);
    // A few at a time: handed over just before the bytes leave, not minutes before.
    const { atOnce = AT_ONCE } = parts;
    for (const some of handfuls(fitting, atOnce)) await sendLetters({ ...parts, pause }, claimed, some);
  };
}

/** Claims what may go. Shopify is asked for orders outside any transaction, where the mirror does not know enough of them. */
async function claim(
  parts: SendParts,
  shopId: number,
  messageIds: readonly string[],
): Promise<Claimed | { flooded: number }> {
  const look = () => {
    const now = parts.clock.now();
    const { pause, settings } = parts;
    const providerPaused = Math.max(pause.account, pause.senders.get(shopId) ?? 0) > now.getTime();
    return { messageIds, claimId: randomUUID(), now, settings, providerPaused };
  };
  const looking = <T extends object>(claimed: (shop: ShopScope) => Promise<T>) =>
    inShop(parts.db, shopId, async (shop) => {
      const found = await claimed(shop);
      if ('held' in found && (found as T & Pick<Claimed, 'held'>).held.putOff > 0)
        await wantAwaited(parts, shop, messageIds, parts.clock.now());
      return found;
    });
  const found = await looking((shop) => claimIfKnown(shop, look()));
  if (!('ordersNeededSince' in found)) return found;
  const ordersConfirmed = await parts.confirmOrders(shopId, found.ordersNeededSince);
  return looking((shop) => claimDue(shop, { ...look(), ordersConfirmed }));
}

/** The requests in parts that are under way together. */
function handfuls(letters: readonly Letter[], { requests, people }: AtOnce): Letter[][] {
  const made: { letters: Letter[]; people: number }[] = [];
  for (const letter of letters) {
    const last = made.at(-1);
    if (last && (last.letters.length < requests || last.people + letter.to.length <= people)) {
      last.letters.push(letter);
      last.people += letter.to.length;
    } else made.push({ letters: [letter], people: letter.to.length });
  }
  return made.map((one) => one.letters);
}

/** Until when nothing is tried: of the whole account, and of single shops whose own sender is refused. */
interface Pause {
  account: number;
  senders: Map<number, number>;
  /** Shops whose last requests SendGrid all took: nothing of theirs waits for it, as far as this process knows. */
  healthy: Set<number>;
}

/** One request to SendGrid: the same mail for all, and who gets it. */
interface Letter {
  mail: Omit<Batch, 'recipients'>;
  to: readonly Addressed[];
}

interface Addressed {
  claim: Claim;
  recipient: Recipient;
  subject: string;
  htmlBytes: number;
}

/** The requests a group needs: shared ones, and one each for those whose values are too long to share. */
function lettersOf(claimed: Claimed, { compiled, openTracking, members }: Group): Letter[] {
  const frame = frameOf(claimed, openTracking);
  const values = members.map((member) => member.values);
  const address = (index: number, one: Omit<Personalization, 'index'>): Addressed[] => {
    const member = members[index];
    if (!member) return [];
    const { substitutions, subject, htmlBytes } = one;
    return [{ claim: member.claim, recipient: recipientOf(member, substitutions), subject, htmlBytes }];
  };
  return toBatches(compiled, values).flatMap(({ subject, html, text, personalizations, singles }) => [
    { mail: { ...frame, subject, html, text }, to: personalizations.flatMap((one) => address(one.index, one)) },
    ...singles.flatMap((index) => {
      const own = values[index];
      if (!own) return [];
      const filled = fillEmail(compiled, own);
      const alone = { substitutions: {}, subject: filled.subject, htmlBytes: sizeOf(filled) };
      return [{ mail: { ...frame, ...filled }, to: address(index, alone) }];
    }),
  ]);
}

function frameOf(
  { shop, sender }: Claimed,
  openTracking: boolean,
): Omit<Batch, 'recipients' | 'subject' | 'html' | 'text'> {
  if (!sender) throw new Error('A message was claimed without a sender');
  return { shopId: shop.id, from: sender.from, replyTo: sender.replyTo, openTracking };
}

function recipientOf({ claim, values }: Group['members'][number], substitutions: Record<string, string>): Recipient {
  const { message, customer } = claim;
  const { email } = customer;
  invariant(email, 'the last look lets nobody through without an address');
  return { messageId: message.id, to: email, substitutions, unsubscribeUrl: values.links.unsubscribe };
}

/** The last guard: what a recipient's own values made too large to arrive whole is withheld; the others go. */
async function withoutTooLarge(
  { db, clock }: DeliverParts,
  { shop, claimId }: Claimed,
  letters: readonly Letter[],
): Promise<Letter[]> {
  const isTooLarge = ({ htmlBytes }: Addressed) => htmlBytes > MAX_HTML_BYTES;
  for (const { claim, htmlBytes } of letters.flatMap(({ to }) => to.filter(isTooLarge))) {
    const { message } = claim;
    const why = {
      reason: 'too-large' as const,
      facts: { kilobytes: inKilobytes(htmlBytes), most: inKilobytes(MAX_HTML_BYTES) },
    };
    await inShop(db, shop.id, async (scope) => {
      if (!(await withholdClaimed(scope, message.id, { claimId, ...why }))) return;
      await recordDecisions(scope, [decisionAbout(message, { at: clock.now(), kind: 'withheld', ...why })]);
    });
  }
  return letters
    .map(({ mail, to }) => ({ mail, to: to.filter((one) => !isTooLarge(one)) }))
    .filter(({ to }) => to.length > 0);
}

type SendParts = DeliverParts & { pause: Pause };

/** Hands some requests over side by side and records what came of them; refused ones are halved until the culprits stand alone. */
async function sendLetters(parts: SendParts, claimed: Claimed, letters: readonly Letter[]): Promise<void> {
  const { mailer } = parts;
  if (letters.length === 0 || !mailer) return;
  const leaving = await handOver(parts, claimed, letters);
  const sent = await Promise.all(
    leaving.map(async (letter) => {
      const recipients = letter.to.map(({ recipient }) => recipient);
      return { letter, outcome: await mailer.send({ ...letter.mail, recipients }) };
    }),
  );
  for (const { letter, outcome } of sent) tell(parts, claimed, letter, outcome);
  const isSplit = ({ letter, outcome }: Sent) => outcome.kind === 'refused' && letter.to.length > 1;
  await settle(
    parts,
    claimed,
    sent.filter((one) => !isSplit(one)),
  );
  for (const { letter } of sent.filter(isSplit)) {
    const middle = Math.ceil(letter.to.length / 2);
    // SendGrid refuses a request whole, so none of these went out: they are ours again, and handed over anew in halves.
    await reclaim(parts, claimed, letter.to);
    await sendLetters(parts, claimed, [{ ...letter, to: letter.to.slice(0, middle) }]);
    await sendLetters(parts, claimed, [{ ...letter, to: letter.to.slice(middle) }]);
  }
}

interface Sent {
  letter: Letter;
  outcome: Outcome;
}

/** Commits the hand-over of all these requests. @returns them with those who may still go */
async function handOver(parts: SendParts, claimed: Claimed, letters: readonly Letter[]): Promise<Letter[]> {
  const everybody = letters.flatMap(({ to }) => to);
  const ours = new Set(
    await inShop(parts.db, claimed.shop.id, (shop) =>
      markHandedOver(
        shop,
        everybody.map(({ claim, subject }) => ({ id: claim.message.id, subject, showsCode: claim.code !== null })),
        { claimId: claimed.claimId, at: parts.clock.now() },
      ),
    ),
  );
  const mayGo = ({ claim }: Addressed) => ours.has(claim.message.id);
  // Something was said since the claim: another last look tells what, and withholds them for it.
  await giveBack(
    parts,
    claimed,
    everybody.filter((one) => !mayGo(one)),
  );
  return letters.map(({ mail, to }) => ({ mail, to: to.filter(mayGo) })).filter(({ to }) => to.length > 0);
}

/** What a request came to: to the log, and to whoever would try the next one in vain. */
function tell({ log, clock, pause }: SendParts, { shop }: Claimed, { to }: Letter, outcome: Outcome): void {
  log.info({
    event: 'batch.handed-over',
    shopId: shop.id,
    outcome: outcome.kind,
    count: to.length,
    detail: 'detail' in outcome ? outcome.detail : null,
  });
  if (outcome.kind !== 'unauthorized') return;
  const until = clock.now().getTime() + KEY_PAUSE_MS;
  // One shop's unverified sender must not hold everybody else's mail.
  if (outcome.whose === 'account') pause.account = until;
  else pause.senders.set(shop.id, until);
}

async function settle({ db, clock, pause }: SendParts, claimed: Claimed, sent: readonly Sent[]): Promise<void> {
  if (sent.length === 0) return;
  const { shop, claimId, domainToNote } = claimed;
  const handovers = sent.map(({ letter, outcome }) => ({ claims: letter.to.map(({ claim }) => claim), outcome }));
  const now = clock.now();
  await inShop(db, shop.id, async (scope) => {
    await recordOutcomes(scope, handovers, { claimId, now });
    if (domainToNote && sent.some(({ outcome }) => outcome.kind === 'accepted'))
      await noteSentFrom(scope, domainToNote, now);
    if (isOver(pause, shop.id, sent)) {
      const laterThan = new Date(now.getTime() + SOON_ANYWAY_MS);
      await wakeFromOutage(scope, 'provider', { now, laterThan });
    }
  });
}

/** What waits for less than this waits as SendGrid asked, or has waited for moments. */
const SOON_ANYWAY_MS = 30_000;

/** Whether SendGrid takes again what it did not take before, or may not have taken before this process began. */
function isOver({ healthy }: Pause, shopId: number, sent: readonly Sent[]): boolean {
  if (sent.some(({ outcome }) => outcome.kind === 'not-taken' || outcome.kind === 'unauthorized')) {
    healthy.delete(shopId);
    return false;
  }
  if (healthy.has(shopId) || !sent.some(({ outcome }) => outcome.kind === 'accepted')) return false;
  healthy.add(shopId);
  return true;
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
