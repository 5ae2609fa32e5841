/** Shoppers' discount codes: wanted by an enrollment, made in Shopify, moved with their discounts. What becomes of them: `code-uses`. */
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Offer } from '../domain/offer';
import type { ScenarioKey } from '../domain/scenario';
import { isAnyOf } from './any-of';
import { codes, enrollments, messages } from './schema';
import type { ShopScope } from './scope';

export interface WantedCode {
  enrollmentId: number;
  customerId: string;
  scenario: ScenarioKey;
  offer: Offer;
  code: string;
}

/**
 * Notes that an enrollment needs its code; `code.issue` has it made.
 * @returns false when that was noted before
 */
export async function wantCode(shop: ShopScope, row: WantedCode, at: Date): Promise<boolean> {
  const made = await shop.tx
    .insert(codes)
    .values({ ...row, shopId: shop.shopId, createdAt: at })
    .onConflictDoNothing()
    .returning({ enrollmentId: codes.enrollmentId });
  return made.length > 0;
}

/** Whoever plans codes or settles them does so alone, for the short moment of its transaction: the same rows in any order. */
export async function lockCodes(shop: ShopScope): Promise<void> {
  await shop.tx.execute(sql`select pg_advisory_xact_lock(${shop.shopId}, hashtext('codes'))`);
}

/** A code that is not ready, with the structure its enrollment is on. */
export interface WaitingCode extends WantedCode {
  /** The discount it is to be the first code of; null while none. */
  discountId: string | null;
  version: number;
}

/** E-mails of an enrollment that is over may still be on their way, and wait for the code like those of one under way. */
const STILL_WANTED = sql`(${enrollments.status} = 'active' or exists (select from messages m
  where m.shop_id = ${enrollments.shopId} and m.enrollment_id = ${enrollments.id} and m.status = 'planned'))`;

/** Codes of these enrollments that are not ready and still wanted, longest waiting first; locked. */
export function lockWaiting(shop: ShopScope, enrollmentIds: readonly number[]): Promise<WaitingCode[]> {
  const { enrollmentId, customerId, scenario, offer, code, discountId } = codes;
  return shop.tx
    .select({ enrollmentId, customerId, scenario, offer, code, discountId, version: enrollments.version })
    .from(codes)
    .innerJoin(enrollments, and(eq(enrollments.shopId, codes.shopId), eq(enrollments.id, codes.enrollmentId)))
    .where(
      and(
        eq(codes.shopId, shop.shopId),
        inArray(codes.enrollmentId, [...enrollmentIds]),
        isNull(codes.readyAt),
        STILL_WANTED,
      ),
    )
    .orderBy(codes.createdAt, codes.enrollmentId)
    .for('update', { of: codes });
}

/** The code a discount that is not made yet was given as its first, if any. */
export async function findFirstCode(shop: ShopScope, discountId: string) {
  const [row] = await shop.tx
    .select({ enrollmentId: codes.enrollmentId, code: codes.code })
    .from(codes)
    .where(and(eq(codes.shopId, shop.shopId), eq(codes.discountId, discountId), isNull(codes.readyAt)))
    .orderBy(codes.enrollmentId)
    .limit(1);
  return row ?? null;
}

const waiting = (shop: ShopScope, enrollmentId: number) =>
  and(eq(codes.shopId, shop.shopId), eq(codes.enrollmentId, enrollmentId), isNull(codes.readyAt));

/** Gives a waiting code another offer, text or discount. */
export async function changeWaiting(
  shop: ShopScope,
  enrollmentId: number,
  to: { offer?: Offer; code?: string; discountId?: string | null },
): Promise<void> {
  await shop.tx.update(codes).set(to).where(waiting(shop, enrollmentId));
}

/**
 * Gives a waiting code another text, unless somebody else just did.
 * @returns the text it has now; null when it waits no more
 */
export async function renewText(
  shop: ShopScope,
  { enrollmentId, from, to }: { enrollmentId: number; from: string; to: string },
): Promise<string | null> {
  await shop.tx
    .update(codes)
    .set({ code: to })
    .where(and(waiting(shop, enrollmentId), eq(codes.code, from)));
  const [row] = await shop.tx.select({ code: codes.code }).from(codes).where(waiting(shop, enrollmentId));
  return row?.code ?? null;
}

/** Drops a code nobody wants any more: the scenario gives none now. */
export async function dropWaiting(shop: ShopScope, enrollmentId: number): Promise<void> {
  await shop.tx.delete(codes).where(waiting(shop, enrollmentId));
}

/**
 * Marks codes ready, each with the text Shopify knows it by: one that was given another text meanwhile is left alone.
 * @returns the enrollments that have theirs now
 */
export async function markReady(
  shop: ShopScope,
  list: readonly { enrollmentId: number; code: string }[],
  { discountId, endsAt, at }: { discountId: string | null; endsAt: Date | null; at: Date },
): Promise<number[]> {
  if (list.length === 0) return [];
  const rows = await shop.tx.execute<{ enrollment_id: string }>(sql`
    update codes c set ready_at = ${at.toISOString()}, discount_id = ${discountId}::uuid,
      ends_at = ${endsAt?.toISOString() ?? null}::timestamptz
    from unnest(${sql.param(list.map((one) => String(one.enrollmentId)))}::bigint[],
      ${sql.param(list.map((one) => one.code))}::text[]) as ready(enrollment_id, code)
    where c.shop_id = ${shop.shopId} and c.enrollment_id = ready.enrollment_id and c.code = ready.code
      and c.ready_at is null
    returning c.enrollment_id`);
  return rows.map((row) => Number(row.enrollment_id));
}

/** Has these enrollments looked at now; the caller enqueues their jobs. Those that ended are left alone. */
export async function wakeEnrollments(shop: ShopScope, ids: readonly number[], at: Date): Promise<number[]> {
  if (ids.length === 0) return [];
  const rows = await shop.tx
    .update(enrollments)
    .set({ dueAt: at, alarmAt: at })
    .where(
      and(eq(enrollments.shopId, shop.shopId), inArray(enrollments.id, [...ids]), eq(enrollments.status, 'active')),
    )
    .returning({ id: enrollments.id });
  return rows.map((row) => row.id);
}

/** The enrollments of those among these e-mails that wait for a code. */
export function findAwaiting(shop: ShopScope, messageIds: readonly string[]) {
  const { id, customerId, scenario, version } = enrollments;
  return shop.tx
    .select({ enrollmentId: id, customerId, scenario, version })
    .from(messages)
    .innerJoin(enrollments, and(eq(enrollments.shopId, messages.shopId), eq(id, messages.enrollmentId)))
    .where(and(eq(messages.shopId, shop.shopId), isAnyOf(messages.id, 'uuid', messageIds), awaiting()));
}

/** Has the e-mails that waited for these codes looked at now; the caller enqueues their jobs. Those in somebody's hands look again by themselves. */
export async function wakeAwaiting(shop: ShopScope, enrollmentIds: readonly number[], at: Date): Promise<string[]> {
  if (enrollmentIds.length === 0) return [];
  const waiting = shop.tx
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.shopId, shop.shopId), isAnyOf(messages.enrollmentId, 'bigint', enrollmentIds), awaiting()))
    .for('update', { skipLocked: true });
  const rows = await shop.tx
    .update(messages)
    .set({ dueAt: at, alarmAt: at })
    .where(and(eq(messages.shopId, shop.shopId), inArray(messages.id, waiting)))
    .returning({ id: messages.id });
  return rows.map((row) => row.id);
}

const awaiting = () => and(eq(messages.status, 'planned'), eq(messages.reason, 'code-awaited'));

/** Moves the end of a discount's codes; those already over by use stay as they are. */
export async function moveCodesEnd(shop: ShopScope, discountId: string, endsAt: Date | null): Promise<void> {
  await shop.tx
    .update(codes)
    .set({ endsAt })
    .where(and(eq(codes.shopId, shop.shopId), eq(codes.discountId, discountId), sql`ready_at is not null`));
}

/**
 * Moves the end of a scenario's fixed code where it is given and not used, as the owner moved it. What waits for that end
 * looks again at once.
 */
export async function moveFixedEnd(
  shop: ShopScope,
  { scenario, code, endsAt, at }: { scenario: ScenarioKey; code: string; endsAt: Date | null; at: Date },
): Promise<void> {
  const end = sql`${endsAt?.toISOString() ?? null}::timestamptz`;
  await shop.tx.execute(sql`
    with moved as (
      update codes set ends_at = ${end}
      where shop_id = ${shop.shopId} and upper(code) = upper(${code}) and scenario = ${scenario} and discount_id is null
        and ready_at is not null and used_at is null and ends_at is distinct from ${end}
      returning enrollment_id)
    update enrollments set due_at = ${at.toISOString()}, alarm_at = null
    where shop_id = ${shop.shopId} and id in (select enrollment_id from moved) and status = 'active'`);
}
