/** Everything the last look reads, for many messages at once, with the rows it rests on locked until the transaction ends. */
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Customer } from '../domain/customer';
import type { RecentSend } from '../domain/frequency';
import { COUNTED_STATUSES } from '../domain/message';
import type { Reason } from '../domain/reason';
import type { ScenarioKey } from '../domain/scenario';
import { DAY } from '../lib/duration';
import { isAnyOf } from './any-of';
import { customers, enrollments, messages } from './schema';
import type { ShopScope } from './scope';

export type PlannedMessage = typeof messages.$inferSelect;
export type CustomerRow = typeof customers.$inferSelect;
export type EnrollmentRow = typeof enrollments.$inferSelect;

/** A customer row in the domain's words. */
export function toCustomer(row: CustomerRow): Customer {
  return {
    ...row,
    consent: { state: row.consentState, level: row.consentLevel, updatedAt: row.consentUpdatedAt },
    deleted: row.deletedAt !== null,
  };
}

/** The planned ones among these messages, most important first, locked; those another worker holds are left out. */
export function lockPlanned(shop: ShopScope, ids: readonly string[]): Promise<PlannedMessage[]> {
  return shop.tx
    .select()
    .from(messages)
    .where(and(eq(messages.shopId, shop.shopId), isAnyOf(messages.id, 'uuid', ids), eq(messages.status, 'planned')))
    .orderBy(asc(messages.priority), asc(messages.plannedAt), asc(messages.id))
    .for('update', { skipLocked: true });
}

/**
 * The shoppers of these messages. Locked in id order, so that two workers with e-mails for one person count each
 * other's claims instead of both believing they are first.
 */
export async function lockCustomers(shop: ShopScope, ids: readonly string[]): Promise<Map<string, CustomerRow>> {
  if (ids.length === 0) return new Map();
  const rows = await shop.tx
    .select()
    .from(customers)
    .where(and(eq(customers.shopId, shop.shopId), isAnyOf(customers.id, 'text', ids)))
    .orderBy(asc(customers.id))
    .for('update');
  return new Map(rows.map((row) => [row.id, row]));
}

/** Each shopper's e-mails of the last seven days: those that went out, or may have. */
export async function loadRecentSends(
  shop: ShopScope,
  customerIds: readonly string[],
  now: Date,
): Promise<Map<string, RecentSend[]>> {
  const at = sql<string>`coalesce(${messages.sentAt}, ${messages.handedOverAt}, ${messages.claimedAt})`;
  if (customerIds.length === 0) return new Map();
  const rows = await shop.tx
    .select({ customerId: messages.customerId, at, priority: messages.priority })
    .from(messages)
    .where(
      and(
        eq(messages.shopId, shop.shopId),
        isAnyOf(messages.customerId, 'text', customerIds),
        inArray(messages.status, [...COUNTED_STATUSES]),
        sql`${at} > ${new Date(now.getTime() - 7 * DAY).toISOString()}`,
      ),
    );
  const found = new Map<string, RecentSend[]>();
  for (const { customerId, at: time, priority } of rows) {
    found.set(customerId, [...(found.get(customerId) ?? []), { at: new Date(time), priority }]);
  }
  return found;
}

export interface Rival {
  customerId: string;
  scenario: ScenarioKey;
  priority: number | null;
  dueAt: Date;
}

/** Nobody can say when these are lifted, so an e-mail held by one competes with nothing. */
const HELD_OPEN: readonly Reason[] = [
  'everything-paused',
  'scenario-off',
  'sender-missing',
  'address-missing',
  'provider-paused',
  'sending-stopped',
];

/** E-mails of these shoppers that are planned, or that an enrollment is about to plan, before `until`. */
export async function loadUpcoming(shop: ShopScope, customerIds: readonly string[], until: Date): Promise<Rival[]> {
  if (customerIds.length === 0) return [];
  const ids = sql.param([...customerIds]);
  const held = sql.param([...HELD_OPEN]);
  const rows = await shop.tx.execute<{
    customer_id: string;
    scenario: ScenarioKey;
    priority: number | null;
    due_at: string;
  }>(sql`
    select customer_id, scenario, priority, due_at from messages
    where shop_id = ${shop.shopId} and customer_id = any(${ids}::text[]) and status = 'planned'
      and due_at <= ${until.toISOString()} and not (coalesce(reason, '') = any(${held}::text[]))
    union all
    select customer_id, scenario, null, due_at from enrollments
    where shop_id = ${shop.shopId} and customer_id = any(${ids}::text[]) and status = 'active'
      and due_at <= ${until.toISOString()}`);
  return rows.map((row) => ({
    customerId: row.customer_id,
    scenario: row.scenario,
    priority: row.priority,
    dueAt: new Date(row.due_at),
  }));
}

/** The enrollments of these messages. */
export async function loadEnrollments(shop: ShopScope, ids: readonly number[]): Promise<Map<number, EnrollmentRow>> {
  if (ids.length === 0) return new Map();
  const rows = await shop.tx
    .select()
    .from(enrollments)
    .where(and(eq(enrollments.shopId, shop.shopId), isAnyOf(enrollments.id, 'bigint', ids)));
  return new Map(rows.map((row) => [row.id, row]));
}
