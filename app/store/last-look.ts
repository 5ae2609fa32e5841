/** Everything the last look reads, for many messages at once, with the rows it rests on locked until the transaction ends. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { ConsentState, Customer, OptInLevel } from '../domain/customer';
import type { RecentSend } from '../domain/frequency';
import { COUNTED_STATUSES } from '../domain/message';
import type { Reason } from '../domain/reason';
import type { ScenarioKey } from '../domain/scenario';
import { DAY } from '../lib/duration';
import { isAnyOf } from './any-of';
import { type customers, type enrollments, messages } from './schema';
import type { ShopScope } from './scope';

/** What the last look and the hand-over read of a planned message. */
export type PlannedMessage = Pick<
  typeof messages.$inferSelect,
  | 'id'
  | 'enrollmentId'
  | 'scenario'
  | 'step'
  | 'email'
  | 'customerId'
  | 'priority'
  | 'urgency'
  | 'plannedAt'
  | 'expiresAt'
  | 'reason'
  | 'facts'
>;
export type CustomerRow = typeof customers.$inferSelect;
/** Whom an e-mail goes to. */
export type Addressee = Customer & Pick<CustomerRow, 'emailKey' | 'openTracking'>;
/** What a message's enrollment tells of it. */
export type MessageEnrollment = Pick<
  typeof enrollments.$inferSelect,
  'id' | 'scenario' | 'version' | 'status' | 'startedAt' | 'endReason' | 'subject'
>;

/** A customer row in the domain's words. */
export function toCustomer(row: CustomerRow): Customer {
  return {
    ...row,
    consent: { state: row.consentState, level: row.consentLevel, updatedAt: row.consentUpdatedAt },
    deleted: row.deletedAt !== null,
  };
}

// A claim reads hundreds of rows: no column more than it looks at, and as they come.

type Raw<T, Written> = Omit<T, keyof Written> & Written & Record<string, unknown>;
type RawMessage = Raw<PlannedMessage, { enrollmentId: string; plannedAt: string; expiresAt: string }>;

/** The planned ones among these messages, most important first, locked; those another worker holds are left out. */
export async function lockPlanned(shop: ShopScope, ids: readonly string[]): Promise<PlannedMessage[]> {
  const rows = await shop.tx.execute<RawMessage>(sql`
    select id, enrollment_id as "enrollmentId", scenario, step, email, customer_id as "customerId", priority, urgency,
      planned_at as "plannedAt", expires_at as "expiresAt", reason, facts
    from messages
    where shop_id = ${shop.shopId} and id = any(${sql.param([...ids])}::text[]::uuid[]) and status = 'planned'
    order by priority, planned_at, id
    for update skip locked`);
  return rows.map((row) => ({
    ...row,
    enrollmentId: Number(row.enrollmentId),
    plannedAt: new Date(row.plannedAt),
    expiresAt: new Date(row.expiresAt),
  }));
}

type RawAddressee = Omit<Addressee, 'consent'> & {
  consentState: ConsentState;
  consentLevel: OptInLevel;
  consentUpdatedAt: string | null;
} & Record<string, unknown>;

/**
 * The shoppers of these messages. Locked in id order, so that two workers with e-mails for one person count each
 * other's claims instead of both believing they are first.
 */
export async function lockCustomers(shop: ShopScope, ids: readonly string[]): Promise<Map<string, Addressee>> {
  if (ids.length === 0) return new Map();
  const rows = await shop.tx.execute<RawAddressee>(sql`
    select id, email, email_key as "emailKey", first_name as "firstName", last_name as "lastName", locale, country, tags,
      consent_state as "consentState", consent_level as "consentLevel", consent_updated_at as "consentUpdatedAt",
      open_tracking as "openTracking", birth_date as "birthDate", orders_count as "ordersCount",
      left_out_segment as "leftOutSegment", preferences, suppressed, deleted_at is not null as deleted
    from customers
    where shop_id = ${shop.shopId} and id = any(${sql.param([...ids])}::text[])
    order by id
    for update`);
  return new Map(rows.map((row) => [row.id, toAddressee(row)]));
}

function toAddressee(row: RawAddressee): Addressee {
  const { consentState: state, consentLevel: level, consentUpdatedAt: at } = row;
  return { ...row, consent: { state, level, updatedAt: at === null ? null : new Date(at) } };
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

/** E-mails of these shoppers, of these scenarios, that are planned or that an enrollment is about to plan, before `until`. */
export async function loadUpcoming(
  shop: ShopScope,
  { customerIds, scenarios, until }: Record<'customerIds' | 'scenarios', readonly string[]> & { until: Date },
): Promise<Rival[]> {
  if (customerIds.length === 0 || scenarios.length === 0) return [];
  const ids = sql.param([...customerIds]);
  const held = sql.param([...HELD_OPEN]);
  const among = sql.param([...scenarios]);
  const rows = await shop.tx.execute<{ customer_id: string; scenario: ScenarioKey; due_at: string }>(sql`
    select customer_id, scenario, due_at from messages
    where shop_id = ${shop.shopId} and customer_id = any(${ids}::text[]) and status = 'planned'
      and scenario = any(${among}::text[]) and due_at <= ${until.toISOString()}
      and not (coalesce(reason, '') = any(${held}::text[]))
    union all
    select customer_id, scenario, due_at from enrollments
    where shop_id = ${shop.shopId} and customer_id = any(${ids}::text[]) and status = 'active'
      and scenario = any(${among}::text[]) and due_at <= ${until.toISOString()}`);
  return rows.map((row) => ({ customerId: row.customer_id, scenario: row.scenario, dueAt: new Date(row.due_at) }));
}

/** The enrollments of these messages. */
export async function loadEnrollments(
  shop: ShopScope,
  ids: readonly number[],
): Promise<Map<number, MessageEnrollment>> {
  if (ids.length === 0) return new Map();
  const rows = await shop.tx.execute<Raw<MessageEnrollment, { id: string; startedAt: string }>>(sql`
    select id, scenario, version, status, started_at as "startedAt", end_reason as "endReason", subject
    from enrollments
    where shop_id = ${shop.shopId} and id = any(${sql.param(ids.map(String))}::text[]::bigint[])`);
  const found = rows.map((row) => ({ ...row, id: Number(row.id), startedAt: new Date(row.startedAt) }));
  return new Map(found.map((row) => [row.id, row]));
}
