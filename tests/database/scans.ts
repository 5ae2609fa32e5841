/** What the tests of the scans share: a shop with a scanned scenario on, people of any history, a scan at any moment. */
import { and, eq, sql } from 'drizzle-orm';
import type { PgBoss } from 'pg-boss';
import { type Connection, connect } from '../../app/db.server';
import type { Audience } from '../../app/domain/audience';
import type { ScenarioKey } from '../../app/domain/scenario';
import { makeLogger } from '../../app/log.server';
import { makeEnrollStanding } from '../../app/pipeline/enroll-standing';
import { makeScan } from '../../app/pipeline/scan';
import { startBoss } from '../../app/queue/boss';
import { makeQueue } from '../../app/queue/enqueue';
import { customers, decisions, enrollments, orders, scenarioSettings, shops } from '../../app/store/schema';
import { inShop } from '../../app/store/scope';
import { createTestDatabase } from '../setup/database';
import { seedCustomer, seedShop } from './seed';

export type CustomerChange = Partial<typeof customers.$inferInsert>;
export type OrderChange = Partial<typeof orders.$inferInsert> & { at: string };

export interface ScanBed {
  connection: Connection;
  boss: PgBoss;
  /** A shop with this scenario on since a moment. */
  shop(key: ScenarioKey, options: ShopOptions): Promise<number>;
  person(shopId: number, change?: CustomerChange, orders?: readonly OrderChange[]): Promise<string>;
  change(shopId: number, id: string, change: CustomerChange): Promise<void>;
  order(shopId: number, customerId: string, order: OrderChange): Promise<void>;
  /** One pass at a moment. */
  scan(shopId: number, key: ScenarioKey, at: string): Promise<void>;
  standing(
    shopId: number,
    key: ScenarioKey,
    at: string,
    days: number,
  ): ReturnType<ReturnType<typeof makeEnrollStanding>>;
  /** Enrollments of a shop, or of one of its people, in the order they are due. */
  enrolled(shopId: number, customerId?: string): Promise<Enrolled[]>;
  row(shopId: number, id: string): Promise<typeof customers.$inferSelect>;
  close(): Promise<void>;
}

export interface ShopOptions {
  enabledAt: string;
  timeZone?: string;
  country?: string;
  audience?: Audience;
}

export interface Enrolled {
  customerId: string;
  occurrence: string;
  dueAt: string | null;
  anchor: string;
  subject: object;
  status: string;
  reason: string;
  facts: object;
}

let orderCount = 0;

export async function openScanBed(): Promise<ScanBed> {
  const database = await createTestDatabase();
  const connection = connect({ url: database.workerUrl });
  const boss = await startBoss({ url: database.workerUrl, role: 'web', log: makeLogger('silent') });
  const { db } = connection;
  const partsAt = (at: string) => ({
    db,
    queue: makeQueue(boss),
    clock: { now: () => new Date(at) },
    log: makeLogger('silent'),
  });
  const bed: ScanBed = {
    connection,
    boss,
    async shop(key, { enabledAt, timeZone = 'Europe/Paris', country = 'FR', audience }) {
      const shopId = await seedShop(db, { now: new Date(enabledAt) });
      await inShop(db, shopId, async ({ tx }) => {
        await tx.update(shops).set({ timeZone, country }).where(eq(shops.shopId, shopId));
        const at = new Date(enabledAt);
        const row = { enabled: true, enabledAt: at, scanDueAt: at, overlay: audience ? { audience } : {} };
        await tx
          .insert(scenarioSettings)
          .values({ shopId, scenario: key, updatedAt: at, ...row })
          .onConflictDoUpdate({ target: [scenarioSettings.shopId, scenarioSettings.scenario], set: row });
      });
      return shopId;
    },
    async person(shopId, change = {}, list = []) {
      const id = await seedCustomer(db, shopId);
      if (Object.keys(change).length > 0) await bed.change(shopId, id, change);
      for (const one of list) await bed.order(shopId, id, one);
      return id;
    },
    async change(shopId, id, change) {
      await inShop(db, shopId, ({ tx }) => tx.update(customers).set(change).where(eq(customers.id, id)));
    },
    async order(shopId, customerId, { at, ...rest }) {
      orderCount += 1;
      await inShop(db, shopId, async ({ tx }) => {
        await tx.insert(orders).values({
          ...{ shopId, id: String(orderCount), name: `#${orderCount}`, customerId, currency: 'EUR', total: '100' },
          ...{ processedAt: new Date(at), ...rest },
        });
        // As `countOrders` keeps them, which has tests of its own.
        await tx.execute(sql`
          update customers c set (orders_seen, first_order_at, last_order_at) = (
            select count(*)::int, min(processed_at), max(processed_at) from orders o
            where o.shop_id = c.shop_id and o.customer_id = c.id and o.cancelled_at is null)
          where shop_id = ${shopId} and id = ${customerId}`);
      });
    },
    scan: (shopId, key, at) => makeScan(partsAt(at))({ shopId, scenario: key }),
    standing: (shopId, key, at, days) => makeEnrollStanding(partsAt(at))(shopId, key, { days }),
    enrolled: (shopId, customerId) =>
      inShop(db, shopId, async ({ tx }) => {
        const rows = await tx
          .select({ enrollment: enrollments, reason: decisions.reason, facts: decisions.facts })
          .from(enrollments)
          .innerJoin(decisions, and(eq(decisions.shopId, shopId), eq(decisions.enrollmentId, enrollments.id)))
          .where(
            and(
              eq(enrollments.shopId, shopId),
              eq(decisions.kind, 'enrolled'),
              customerId ? eq(enrollments.customerId, customerId) : undefined,
            ),
          )
          .orderBy(enrollments.dueAt, enrollments.id);
        return rows.map(({ enrollment, reason, facts }) => ({
          customerId: enrollment.customerId,
          occurrence: enrollment.occurrence,
          dueAt: enrollment.dueAt?.toISOString() ?? null,
          anchor: enrollment.anchor.toISOString(),
          subject: enrollment.subject,
          status: enrollment.status,
          reason,
          facts,
        }));
      }),
    row: (shopId, id) =>
      inShop(db, shopId, async ({ tx }) => {
        const [row] = await tx
          .select()
          .from(customers)
          .where(and(eq(customers.shopId, shopId), eq(customers.id, id)));
        if (!row) throw new Error(`No customer ${id}`);
        return row;
      }),
    async close() {
      await boss.stop({ graceful: false });
      await connection.close();
      await database.drop();
    },
  };
  return bed;
}
