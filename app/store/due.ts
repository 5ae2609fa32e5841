/**
 * What is due: rows whose time has come and that have no live job. Read across shops by the worker role, which sees
 * due rows only; acted on shop by shop.
 */
import { and, eq, inArray, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import type { ScenarioKey } from '../domain/scenario';
import type { InboundKey } from './inbound-events';
import { enrollments, inboundEvents, messages, scenarioSettings, shops } from './schema';
import type { Db, ShopScope } from './scope';

/** How old an alarm may grow before its job is taken for lost and rung again. */
export interface AlarmRule {
  now: Date;
  /** Alarms set before this are taken for lost. */
  lostBefore: Date;
  most: number;
}

type DueTable = 'enrollments' | 'messages';
const OPEN = { enrollments: sql`status = 'active'`, messages: sql`status = 'planned'` } as const;

/** Shops with at least one due row, each once. */
export async function findDueShops(db: Db, table: DueTable, { now, lostBefore }: AlarmRule): Promise<number[]> {
  const rows = await db.execute<{ shop_id: number }>(sql`
    select distinct shop_id from ${sql.identifier(table)}
    where ${OPEN[table]} and due_at is not null and due_at <= ${now.toISOString()}
      and (alarm_at is null or alarm_at < ${lostBefore.toISOString()})`);
  return rows.map((row) => row.shop_id);
}

/** Takes due enrollments of one shop, marking their alarm; another worker's are left alone. */
export async function alarmDueEnrollments(shop: ShopScope, rule: AlarmRule): Promise<number[]> {
  const due = shop.tx
    .select({ id: enrollments.id })
    .from(enrollments)
    .where(
      and(
        eq(enrollments.shopId, shop.shopId),
        eq(enrollments.status, 'active'),
        lte(enrollments.dueAt, rule.now),
        or(isNull(enrollments.alarmAt), lte(enrollments.alarmAt, rule.lostBefore)),
      ),
    )
    .orderBy(enrollments.dueAt)
    .limit(rule.most)
    .for('update', { skipLocked: true });
  const rows = await shop.tx
    .update(enrollments)
    .set({ alarmAt: rule.now })
    .where(and(eq(enrollments.shopId, shop.shopId), inArray(enrollments.id, due)))
    .returning({ id: enrollments.id });
  return rows.map((row) => row.id);
}

/** How many of the longest due are looked at for those that go together; sorting all of half a million for each part takes a second. */
const WINDOW = 10;

/**
 * Takes due messages of one shop, marking their alarm. Of those that fell due together the most important come first, and
 * the same e-mail stands together: what is looked at together travels in one request to SendGrid.
 */
export async function alarmDueMessages(shop: ShopScope, rule: AlarmRule): Promise<string[]> {
  const { id, dueAt, priority, scenario, email } = messages;
  const isDue = and(
    eq(messages.shopId, shop.shopId),
    eq(messages.status, 'planned'),
    lte(dueAt, rule.now),
    or(isNull(messages.alarmAt), lte(messages.alarmAt, rule.lostBefore)),
  );
  const near = shop.tx
    .select({ id, dueAt, priority, scenario, email })
    .from(messages)
    .where(isDue)
    .orderBy(dueAt)
    .limit(rule.most * WINDOW)
    .as('near');
  const first = shop.tx
    .select({ id: near.id })
    .from(near)
    .orderBy(near.dueAt, near.priority, near.scenario, near.email)
    .limit(rule.most);
  const due = shop.tx
    .select({ id })
    .from(messages)
    .where(and(isDue, inArray(id, first)))
    .for('update', { skipLocked: true });
  const rows = await shop.tx
    .update(messages)
    .set({ alarmAt: rule.now })
    .where(and(eq(messages.shopId, shop.shopId), inArray(id, due)))
    .returning({ id, priority, scenario, email });
  const kind = (row: (typeof rows)[number]) => `${row.scenario} ${row.email}`;
  return rows.toSorted((a, b) => a.priority - b.priority || compareText(kind(a), kind(b))).map((row) => row.id);
}

const compareText = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** Claims whose worker died before hand-over, shop by shop: nothing left, so they may go on. */
export async function findStaleClaims(
  db: Db,
  claimedBefore: Date,
): Promise<{ shopId: number; id: string; claimId: string }[]> {
  const rows = await db.execute<{ shop_id: number; id: string; claim_id: string }>(sql`
    select shop_id, id, claim_id from messages
    where is_open and status = 'claimed' and claimed_at < ${claimedBefore.toISOString()} limit 1000`);
  return rows.map((row) => ({ shopId: row.shop_id, id: row.id, claimId: row.claim_id }));
}

/** Hand-overs that nobody recorded an outcome for, and unsettled ones older than the day SendGrid is given. */
export async function findUnrecorded(
  db: Db,
  { handedOverBefore, unsettledBefore }: { handedOverBefore: Date; unsettledBefore: Date },
): Promise<{ shopId: number; id: string; status: 'handed-over' | 'unsettled' }[]> {
  const rows = await db.execute<{ shop_id: number; id: string; status: 'handed-over' | 'unsettled' }>(sql`
    select shop_id, id, status from messages
    where is_open and (status = 'handed-over' and handed_over_at < ${handedOverBefore.toISOString()}
      or status = 'unsettled' and handed_over_at < ${unsettledBefore.toISOString()})
    limit 1000`);
  return rows.map((row) => ({ shopId: row.shop_id, id: row.id, status: row.status }));
}

/** Shops with an event that nobody applied and no live job is known for, each once. */
export async function findShopsWithForgottenEvents(db: Db, { lostBefore }: AlarmRule): Promise<number[]> {
  const rows = await db.execute<{ shop_id: number }>(sql`
    select distinct shop_id from inbound_events
    where processed_at is null and received_at <= ${lostBefore.toISOString()}
      and (alarm_at is null or alarm_at <= ${lostBefore.toISOString()})`);
  return rows.map((row) => row.shop_id);
}

/** Takes such events of one shop, oldest first, marking their alarm; another worker's are left alone. */
export async function alarmForgottenEvents(
  shop: ShopScope,
  { now, lostBefore, most }: AlarmRule,
): Promise<InboundKey[]> {
  const { source, topic, dedupeKey, processedAt, receivedAt, alarmAt } = inboundEvents;
  const ofShop = eq(inboundEvents.shopId, shop.shopId);
  const forgotten = shop.tx
    .select({ source, topic, dedupeKey })
    .from(inboundEvents)
    .where(and(ofShop, isNull(processedAt), lte(receivedAt, lostBefore), or(isNull(alarmAt), lte(alarmAt, lostBefore))))
    .orderBy(receivedAt)
    .limit(most)
    .for('update', { skipLocked: true });
  const rows = await shop.tx
    .update(inboundEvents)
    .set({ alarmAt: now })
    .where(and(ofShop, sql`(${source}, ${topic}, ${dedupeKey}) in ${forgotten}`))
    .returning({ source, topic, dedupeKey, receivedAt });
  return rows
    .toSorted((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime())
    .map(({ receivedAt: _, ...key }) => key);
}

/** Installed shops whose import is unfinished although its next look has been overdue since `seconds` of real time, and nobody is at it. */
export async function findStalledImports(db: Db, seconds: number): Promise<number[]> {
  const rows = await db.execute<{ shop_id: number }>(sql`
    select shop_id from shops
    where installed_at is not null and uninstalled_at is null
      and import_poll_at < now() - make_interval(secs => ${seconds})
      and (import_lease_until is null or import_lease_until < now())
      and exists (select from imports where imports.shop_id = shops.shop_id and status not in ('done', 'failed'))
    limit 100`);
  return rows.map((row) => row.shop_id);
}

/** Scanned scenarios whose next look is due, in any shop. */
export function findScanDue(db: Db, now: Date): Promise<{ shopId: number; scenario: ScenarioKey }[]> {
  const { shopId, scenario, enabled, scanDueAt } = scenarioSettings;
  return db
    .select({ shopId, scenario })
    .from(scenarioSettings)
    .where(and(enabled, isNotNull(scanDueAt), lte(scanDueAt, now)))
    .limit(100);
}

/** Moves a scenario's look on. Answers whether it was still due: whoever gets a yes carries it out. */
export async function takeScanDue(
  shop: ShopScope,
  { scenario, now, nextAt }: { scenario: ScenarioKey; now: Date; nextAt: Date },
): Promise<boolean> {
  const row = scenarioSettings;
  const rows = await shop.tx
    .update(row)
    .set({ scanDueAt: nextAt })
    .where(and(eq(row.shopId, shop.shopId), eq(row.scenario, scenario), row.enabled, lte(row.scanDueAt, now)))
    .returning({ shopId: row.shopId });
  return rows.length > 0;
}

/** Installed shops whose nightly reconciliation is due. */
export function findReconcileDue(db: Db, now: Date): Promise<{ shopId: number; timeZone: string }[]> {
  return db
    .select({ shopId: shops.shopId, timeZone: shops.timeZone })
    .from(shops)
    .where(and(isNull(shops.uninstalledAt), lte(shops.reconcileDueAt, now)))
    .limit(100);
}

/** Moves a shop's reconciliation on. Answers whether it was still due: whoever gets a yes carries it out. */
export async function takeReconcileDue(
  shop: ShopScope,
  { now, nextAt }: { now: Date; nextAt: Date },
): Promise<boolean> {
  const rows = await shop.tx
    .update(shops)
    .set({ reconcileDueAt: nextAt })
    .where(and(eq(shops.shopId, shop.shopId), lte(shops.reconcileDueAt, now)))
    .returning({ shopId: shops.shopId });
  return rows.length > 0;
}
