/** Enrollments: who is on the way through which scenario, and when to look again. */
import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Enrollment, EnrollmentSubject } from '../domain/enrollment';
import type { Reason } from '../domain/reason';
import type { ScenarioKey } from '../domain/scenario';
import { isAnyOf } from './any-of';
import { enrollments } from './schema';
import type { ShopScope } from './scope';

export interface NewEnrollment {
  scenario: ScenarioKey;
  customerId: string;
  occurrence: string;
  version: number;
  cursor: string;
  startedAt: Date;
  subject: EnrollmentSubject;
  dueAt: Date;
}

/**
 * Starts an enrollment unless the same occurrence was started before.
 * @returns its id, or null when it already existed
 */
export async function startEnrollment(shop: ShopScope, row: NewEnrollment): Promise<number | null> {
  const [made] = await shop.tx
    .insert(enrollments)
    .values({ ...row, shopId: shop.shopId, anchor: row.startedAt })
    .onConflictDoNothing()
    .returning({ id: enrollments.id });
  return made?.id ?? null;
}

/** These enrollments, locked until the transaction ends; those another worker holds, or that are gone, are left out. */
export function lockEnrollments(
  shop: ShopScope,
  ids: readonly number[],
): Promise<(Enrollment & { dueAt: Date | null })[]> {
  return shop.tx
    .select()
    .from(enrollments)
    .where(and(eq(enrollments.shopId, shop.shopId), isAnyOf(enrollments.id, 'bigint', ids)))
    .orderBy(enrollments.id)
    .for('update', { skipLocked: true });
}

/** Moves an enrollment on: where it stands now and when to look again. */
export async function moveEnrollment(
  shop: ShopScope,
  id: number,
  to: { cursor: string; anchor: Date; dueAt: Date },
): Promise<void> {
  await shop.tx
    .update(enrollments)
    .set({ ...to, alarmAt: null })
    .where(and(eq(enrollments.shopId, shop.shopId), eq(enrollments.id, id)));
}

/** Closes an enrollment: `finished` when every step is done, `ended` for any other reason. */
export async function endEnrollments(
  shop: ShopScope,
  ids: readonly number[],
  { reason, at }: { reason: Reason; at: Date },
): Promise<void> {
  if (ids.length === 0) return;
  await shop.tx
    .update(enrollments)
    .set({
      status: reason === 'finished' ? 'finished' : 'ended',
      cursor: null,
      dueAt: null,
      alarmAt: null,
      endedAt: at,
      endReason: reason,
    })
    .where(and(eq(enrollments.shopId, shop.shopId), isAnyOf(enrollments.id, 'bigint', ids)));
}

/** The consent that began a person's enrollment in a scenario which is for once; null when none did. */
export async function findConsentEnrolled(
  shop: ShopScope,
  { customerId, scenario }: { customerId: string; scenario: ScenarioKey },
): Promise<string | null> {
  const [row] = await shop.tx
    .select({ subject: enrollments.subject })
    .from(enrollments)
    .where(
      and(
        eq(enrollments.shopId, shop.shopId),
        eq(enrollments.scenario, scenario),
        eq(enrollments.customerId, customerId),
        eq(enrollments.occurrence, 'once'),
      ),
    );
  return row?.subject.consentAt ?? null;
}

/** Enrollments of a customer that are still active, optionally of some scenarios only. */
export function findActiveEnrollments(
  shop: ShopScope,
  { customerId, scenarios }: { customerId: string; scenarios?: readonly ScenarioKey[] },
) {
  return shop.tx
    .select()
    .from(enrollments)
    .where(
      and(
        eq(enrollments.shopId, shop.shopId),
        eq(enrollments.customerId, customerId),
        eq(enrollments.status, 'active'),
        scenarios ? inArray(enrollments.scenario, [...scenarios]) : undefined,
      ),
    )
    .for('update');
}

/** Enrollments of any of these customers that are still active. */
export function findActiveOf(shop: ShopScope, customerIds: readonly string[]) {
  return shop.tx
    .select()
    .from(enrollments)
    .where(
      and(
        eq(enrollments.shopId, shop.shopId),
        isAnyOf(enrollments.customerId, 'text', customerIds),
        eq(enrollments.status, 'active'),
      ),
    )
    .orderBy(enrollments.id)
    .for('update');
}

/** Enrollments of a customer from which something may still come: active ones, and those whose last e-mail is put off. */
export function findUnderWay(
  shop: ShopScope,
  { customerId, enrollmentId }: { customerId: string; enrollmentId?: number },
) {
  return shop.tx
    .select()
    .from(enrollments)
    .where(
      and(
        eq(enrollments.shopId, shop.shopId),
        eq(enrollments.customerId, customerId),
        enrollmentId === undefined ? undefined : eq(enrollments.id, enrollmentId),
        sql`(${enrollments.status} = 'active' or exists (select from messages m where m.shop_id = ${enrollments.shopId}
          and m.enrollment_id = ${enrollments.id} and m.status in ('planned', 'claimed')))`,
      ),
    );
}

/** The same, locked until the transaction ends. */
export function lockUnderWay(shop: ShopScope, who: { customerId: string; enrollmentId?: number }) {
  return findUnderWay(shop, who).for('update');
}

/** Enrollments about one checkout that are still active. */
export function findCheckoutEnrollments(shop: ShopScope, checkoutId: string) {
  return shop.tx
    .select()
    .from(enrollments)
    .where(
      and(
        eq(enrollments.shopId, shop.shopId),
        eq(sql`${enrollments.subject}->>'checkoutId'`, checkoutId),
        sql`${enrollments.subject} ? 'checkoutId'`,
        ne(enrollments.status, 'ended'),
      ),
    )
    .for('update');
}

/** Starts the first wait again from a newer moment: the shopper is still busy with the checkout. */
export async function restartFirstWait(
  shop: ShopScope,
  id: number,
  { anchor, dueAt }: { anchor: Date; dueAt: Date },
): Promise<void> {
  await shop.tx
    .update(enrollments)
    .set({ anchor, dueAt, alarmAt: null })
    .where(and(eq(enrollments.shopId, shop.shopId), eq(enrollments.id, id)));
}

/**
 * Ends everything of a shop that was uninstalled: what a reinstall finds is history, and nothing old fires. Each ended
 * enrollment and each message that will not go leaves its decision.
 */
export async function endEverything(shop: ShopScope, at: Date): Promise<void> {
  const when = at.toISOString();
  await shop.tx.execute(sql`
    with withheld as (
      update messages set status = 'withheld', claim_id = null, due_at = null, alarm_at = null, reason = 'shop-uninstalled'
      where shop_id = ${shop.shopId} and status in ('planned', 'claimed')
      returning id, customer_id, scenario, enrollment_id, step)
    insert into decisions (shop_id, at, customer_id, scenario, enrollment_id, message_id, step, kind, reason)
    select ${shop.shopId}, ${when}, customer_id, scenario, enrollment_id, id, step, 'withheld', 'shop-uninstalled' from withheld`);
  await shop.tx.execute(sql`
    with ended as (
      update enrollments set status = 'ended', end_reason = 'shop-uninstalled', ended_at = ${when}, cursor = null,
        due_at = null, alarm_at = null
      where shop_id = ${shop.shopId} and status = 'active'
      returning id, customer_id, scenario)
    insert into decisions (shop_id, at, customer_id, scenario, enrollment_id, kind, reason)
    select ${shop.shopId}, ${when}, customer_id, scenario, id, 'ended', 'shop-uninstalled' from ended`);
}

/**
 * Starts an enrollment again that ended before anything was planned because its checkout was emptied, or became somebody
 * else's by a change of address: the shopper filled it again, or the address was changed back.
 * @returns its id, or null when there is none like that
 */
export async function reopenEnded(
  shop: ShopScope,
  { scenario, customerId, occurrence, cursor, startedAt, dueAt, version }: Omit<NewEnrollment, 'subject'>,
): Promise<number | null> {
  const rows = await shop.tx.execute<{ id: string }>(sql`
    update enrollments e set status = 'active', end_reason = null, ended_at = null, cursor = ${cursor}, version = ${version},
      anchor = ${startedAt.toISOString()}, due_at = ${dueAt.toISOString()}, alarm_at = null
    where shop_id = ${shop.shopId} and scenario = ${scenario} and customer_id = ${customerId} and occurrence = ${occurrence}
      and status = 'ended' and end_reason in ('checkout-emptied', 'checkout-changed-hands')
      and not exists (select from messages m where m.shop_id = e.shop_id and m.enrollment_id = e.id)
    returning id`);
  const id = rows[0]?.id;
  return id === undefined ? null : Number(id);
}
