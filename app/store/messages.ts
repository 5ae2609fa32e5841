/** Messages: planned, claimed, handed over, settled. Each function is one arrow of the state machine in `domain/message`. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Facts, Reason } from '../domain/reason';
import type { EmailStep, ScenarioKey } from '../domain/scenario';
import { messageIdOf } from '../lib/message-id';
import { isAnyOf } from './any-of';
import { messages } from './schema';
import type { ShopScope } from './scope';

export interface NewMessage {
  enrollmentId: number;
  scenario: ScenarioKey;
  step: string;
  email: string;
  customerId: string;
  priority: number;
  urgency: EmailStep['urgency'] | null;
  plannedAt: Date;
  expiresAt: Date;
  dueAt: Date;
  /** What held it back before it could be planned. */
  reason?: Reason | null;
}

/** As it is planned, or with what else is known of it from its birth. */
type MessageToPlan = Omit<NewMessage, 'dueAt'> & Omit<typeof messages.$inferInsert, 'shopId' | 'id'>;

/**
 * Plans the e-mail of one step, once per enrollment and step.
 * @param row.alarmAt set when the caller enqueues the delivery itself
 * @param occurrence of its enrollment
 * @returns the message id, or null when it was planned before
 */
export async function planMessage(shop: ShopScope, row: MessageToPlan, occurrence: string): Promise<string | null> {
  const { shopId } = shop;
  const id = messageIdOf({ ...row, shopId, occurrence });
  return (
    (await insertMessage(shop, { ...row, shopId, id })) ?? (await insertBesideNamesake(shop, { ...row, shopId }, id))
  );
}

async function insertMessage(shop: ShopScope, row: typeof messages.$inferInsert): Promise<string | null> {
  const [made] = await shop.tx.insert(messages).values(row).onConflictDoNothing().returning({ id: messages.id });
  return made?.id ?? null;
}

/** A guest's e-mail went along to the customer they became, and keeps the id the guest's next one would have. */
async function insertBesideNamesake(
  shop: ShopScope,
  row: typeof messages.$inferInsert,
  id: string,
): Promise<string | null> {
  const namesake = await lockMessage(shop, id);
  return !namesake || namesake.enrollmentId === row.enrollmentId ? null : insertMessage(shop, row);
}

/** Takes messages out of the queue of planned ones, so that nobody else sends them. */
export async function claimMessages(
  shop: ShopScope,
  claims: readonly { id: string; ground: string; language: string }[],
  { claimId, at }: { claimId: string; at: Date },
): Promise<void> {
  if (claims.length === 0) return;
  await shop.tx.execute(sql`
    update messages m set status = 'claimed', claim_id = ${claimId}, claimed_at = ${at.toISOString()}, ground = v.ground,
      language = v.language, reason = null, facts = null, due_at = null
    from jsonb_to_recordset(${JSON.stringify(claims)}::jsonb) as v(id uuid, ground text, language text)
    where m.shop_id = ${shop.shopId} and m.id = v.id and m.status = 'planned'`);
}

export interface HeldBack {
  id: string;
  reason: Reason;
  facts: Facts;
}

/** Puts planned messages off, each until a later moment, with the reason it waits for. */
export async function putOffMessages(shop: ShopScope, rows: readonly (HeldBack & { until: Date })[]): Promise<void> {
  if (rows.length === 0) return;
  await shop.tx.execute(sql`
    update messages m set due_at = v.until, alarm_at = null, reason = v.reason, facts = v.facts
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as v(id uuid, until timestamptz, reason text, facts jsonb)
    where m.shop_id = ${shop.shopId} and m.id = v.id and m.status = 'planned'`);
}

/** Closes planned messages for good. */
export async function withholdMessages(shop: ShopScope, rows: readonly HeldBack[]): Promise<void> {
  if (rows.length === 0) return;
  await shop.tx.execute(sql`
    update messages m set status = 'withheld', due_at = null, alarm_at = null, reason = v.reason, facts = v.facts
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as v(id uuid, reason text, facts jsonb)
    where m.shop_id = ${shop.shopId} and m.id = v.id and m.status = 'planned'`);
}

/** Closes a claimed message for good: filled in, it turned out to be nothing that may go. */
export async function withholdClaimed(
  shop: ShopScope,
  id: string,
  { claimId, reason, facts }: { claimId: string; reason: Reason; facts: Facts },
): Promise<boolean> {
  const rows = await shop.tx
    .update(messages)
    .set({ status: 'withheld', claimId: null, dueAt: null, alarmAt: null, reason, facts })
    .where(
      and(
        eq(messages.shopId, shop.shopId),
        eq(messages.id, id),
        eq(messages.status, 'claimed'),
        eq(messages.claimId, claimId),
      ),
    )
    .returning({ id: messages.id });
  return rows.length > 0;
}

/**
 * Marks claimed messages as handed over; committed just before the bytes leave. Whatever was said since the claim (an
 * unsubscribe, a kind refused, an exit, a pause, a stop, a switch, an uninstall, the code it shows used or ended) still counts:
 * such a message is left claimed, for the caller to give back.
 * @returns the ids that may go
 */
export async function markHandedOver(
  shop: ShopScope,
  rows: readonly { id: string; subject: string; showsCode?: boolean }[],
  { claimId, at }: { claimId: string; at: Date },
): Promise<string[]> {
  const values = JSON.stringify(
    rows.map(({ id, subject, showsCode = false }) => ({ id, subject: subject.slice(0, 500), shows_code: showsCode })),
  );
  // `offset 0` keeps each question one look at an index: joined, they begin with every enrollment the shop ever had.
  const result = await shop.tx.execute<{ id: string }>(sql`
    update messages m set status = 'handed-over', handed_over_at = ${at.toISOString()}, subject = v.subject,
      shows_code = v.shows_code
    from jsonb_to_recordset(${values}::jsonb) as v(id uuid, subject text, shows_code boolean)
    where m.shop_id = ${shop.shopId} and m.id = v.id and m.status = 'claimed' and m.claim_id = ${claimId}
      and exists (select from shops s
        where s.shop_id = ${shop.shopId} and s.uninstalled_at is null and s.paused_at is null
          and s.mail_pace <> 'stopped')
      and m.scenario = any (array(select o.scenario from scenario_settings o where o.shop_id = ${shop.shopId} and o.enabled))
      and exists (select from customers c
        where c.shop_id = m.shop_id and c.id = m.customer_id and c.deleted_at is null and c.suppressed is null
          and not c.preferences->'refused' ? m.scenario
          and (c.consent_state = 'subscribed' or (m.ground <> 'subscribed' and c.consent_state = 'not_subscribed')) offset 0)
      and exists (select from enrollments e
        where e.shop_id = m.shop_id and e.id = m.enrollment_id
          and (e.status <> 'ended' or e.end_reason = 'condition-not-met') offset 0)
      and (not v.shows_code or exists (select from codes k
        where k.shop_id = m.shop_id and k.enrollment_id = m.enrollment_id and k.used_at is null
          and (k.ends_at is null or k.ends_at > ${at.toISOString()}) offset 0))
    returning m.id`);
  return result.map((row) => row.id);
}

/** Takes back a hand-over SendGrid refused whole: nothing went out, and the claim still stands. */
export async function reclaimMessages(
  shop: ShopScope,
  ids: readonly string[],
  { claimId, at }: { claimId: string; at: Date },
): Promise<void> {
  if (ids.length === 0) return;
  await shop.tx
    .update(messages)
    .set({ status: 'claimed', claimedAt: at, handedOverAt: null })
    .where(
      and(
        eq(messages.shopId, shop.shopId),
        isAnyOf(messages.id, 'uuid', ids),
        eq(messages.status, 'handed-over'),
        eq(messages.claimId, claimId),
      ),
    );
}

/** Gives messages of one claim back: nothing left, or SendGrid surely took nothing. They are due again at `dueAt`. */
export async function returnMessages(
  shop: ShopScope,
  ids: readonly string[],
  { claimId, dueAt, reason, facts = {} }: { claimId: string; dueAt: Date; reason: Reason | null; facts?: Facts },
): Promise<void> {
  if (ids.length === 0) return;
  await shop.tx
    .update(messages)
    .set({
      status: 'planned',
      claimId: null,
      claimedAt: null,
      handedOverAt: null,
      dueAt,
      alarmAt: null,
      reason,
      facts,
    })
    .where(
      and(
        eq(messages.shopId, shop.shopId),
        isAnyOf(messages.id, 'uuid', ids),
        inArray(messages.status, ['claimed', 'handed-over']),
        eq(messages.claimId, claimId),
      ),
    );
}

/** SendGrid accepted these, each within the request of that id; where this is news, the decision tells it. @returns those */
export async function markAccepted(
  shop: ShopScope,
  rows: readonly { id: string; providerMessageId: string | null }[],
  at: Date,
): Promise<string[]> {
  if (rows.length === 0) return [];
  const moment = at.toISOString();
  const changed = await shop.tx.execute<{ id: string }>(sql`
    with changed as (
      update messages m set status = 'sent', sent_at = ${moment}, provider_message_id = v."providerMessageId",
        reason = null, facts = null, due_at = null
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as v(id uuid, "providerMessageId" text)
      where m.shop_id = ${shop.shopId} and m.id = v.id and m.status in ('handed-over', 'unsettled')
      returning m.*),
    told as (
      insert into decisions (shop_id, at, customer_id, scenario, enrollment_id, message_id, step, kind, reason, facts)
      select shop_id, ${moment}, customer_id, scenario, enrollment_id, id, step, 'sent', 'sent', jsonb_build_object('ground', ground)
      from changed)
    select id from changed`);
  return changed.map(({ id }) => id);
}

/** SendGrid's own word that it took these. */
export async function markSent(
  shop: ShopScope,
  ids: readonly string[],
  { at, providerMessageId }: { at: Date; providerMessageId: string | null },
): Promise<void> {
  if (ids.length === 0) return;
  await shop.tx
    .update(messages)
    .set({ status: 'sent', sentAt: at, providerMessageId, reason: null, facts: null, dueAt: null })
    .where(
      and(
        eq(messages.shopId, shop.shopId),
        isAnyOf(messages.id, 'uuid', ids),
        inArray(messages.status, ['handed-over', 'unsettled']),
      ),
    );
}

/** Closes handed-over messages with a final or open outcome other than sent. */
export async function markOutcome(
  shop: ShopScope,
  ids: readonly string[],
  outcome: { status: 'refused' | 'unsettled' | 'unknown'; reason: Reason; facts?: Facts },
): Promise<void> {
  if (ids.length === 0) return;
  await shop.tx
    .update(messages)
    .set({ status: outcome.status, reason: outcome.reason, facts: outcome.facts ?? {}, dueAt: null })
    .where(
      and(
        eq(messages.shopId, shop.shopId),
        isAnyOf(messages.id, 'uuid', ids),
        inArray(messages.status, ['handed-over', 'unsettled']),
      ),
    );
}

/** SendGrid took a message and then dropped it: it reached nobody, so it counts for nothing. */
export async function markDropped(shop: ShopScope, id: string, facts: Facts): Promise<boolean> {
  const rows = await shop.tx
    .update(messages)
    .set({ status: 'refused', sentAt: null, reason: 'refused-by-provider', facts, dueAt: null })
    .where(
      and(
        eq(messages.shopId, shop.shopId),
        eq(messages.id, id),
        inArray(messages.status, ['handed-over', 'unsettled', 'unknown', 'sent']),
      ),
    )
    .returning({ id: messages.id });
  return rows.length > 0;
}

/** The message a provider event speaks of, locked; null when it is not this shop's. */
export async function lockMessage(shop: ShopScope, id: string) {
  const [row] = await shop.tx
    .select()
    .from(messages)
    .where(and(eq(messages.shopId, shop.shopId), eq(messages.id, id)))
    .for('update');
  return row ?? null;
}

/** Withholds every message of these enrollments that has not been handed over; answers what was closed. */
export function withholdOfEnrollments(
  shop: ShopScope,
  enrollmentIds: readonly number[],
  { reason, facts }: { reason: Reason; facts: Facts },
) {
  if (enrollmentIds.length === 0) return Promise.resolve([]);
  return shop.tx
    .update(messages)
    .set({ status: 'withheld', claimId: null, dueAt: null, alarmAt: null, reason, facts })
    .where(
      and(
        eq(messages.shopId, shop.shopId),
        isAnyOf(messages.enrollmentId, 'bigint', enrollmentIds),
        inArray(messages.status, ['planned', 'claimed']),
      ),
    )
    .returning();
}

export interface WithheldMessage {
  id: string;
  enrollmentId: number;
  customerId: string;
  scenario: ScenarioKey;
  step: string;
  reason: Reason;
  facts: Facts;
}

/** Closes what is still planned of these enrollments, each for a reason of its own. */
export async function withholdOfEach(
  shop: ShopScope,
  rows: readonly { enrollmentId: number; reason: Reason; facts: Facts }[],
): Promise<WithheldMessage[]> {
  if (rows.length === 0) return [];
  const found = await shop.tx.execute<Omit<WithheldMessage, 'enrollmentId'> & { enrollmentId: string }>(sql`
    update messages m set status = 'withheld', claim_id = null, due_at = null, alarm_at = null, reason = v.reason, facts = v.facts
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as v("enrollmentId" bigint, reason text, facts jsonb)
    where m.shop_id = ${shop.shopId} and m.enrollment_id = v."enrollmentId" and m.status in ('planned', 'claimed')
    returning m.id, m.enrollment_id as "enrollmentId", m.customer_id as "customerId", m.scenario, m.step, m.reason, m.facts`);
  return found.map((row) => ({ ...row, enrollmentId: Number(row.enrollmentId) }));
}
