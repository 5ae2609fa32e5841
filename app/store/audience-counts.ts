/** What was last counted of whom each scenario concerns, for shops too large to count with every visit. Used by `pipeline/audience-counts`. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { ScenarioKey } from '../domain/scenario';
import type { Audience } from './reports/audience';
import type { Standing } from './reports/standing';
import { audienceCounts } from './schema';
import type { ShopScope } from './scope';

export interface AudienceCount {
  audience: Audience;
  standing: Standing | null;
}

export interface KeptCount extends AudienceCount {
  countedAt: Date;
  /** What it was counted by. */
  rules: string;
}

/** Counting so many takes milliseconds. */
const LARGE_FROM = 5000;

/** Reads at most as many customers as it takes to tell. */
export async function isLargeShop(shop: ShopScope): Promise<boolean> {
  const [row] = await shop.tx.execute<{ large: boolean }>(sql`
    select count(*) >= ${LARGE_FROM}::int as large
    from (select from customers where shop_id = ${shop.shopId} limit ${LARGE_FROM}::int) counted`);
  return row?.large ?? false;
}

export async function findKeptCounts(shop: ShopScope): Promise<Partial<Record<ScenarioKey, KeptCount>>> {
  const rows = await shop.tx.select().from(audienceCounts).where(eq(audienceCounts.shopId, shop.shopId));
  return Object.fromEntries(
    rows.map(({ scenario, countedAt, rules, counts }) => [scenario, { countedAt, rules, ...counts }]),
  );
}

/** The later count holds. */
export async function keepCount(
  shop: ShopScope,
  scenario: ScenarioKey,
  { audience, standing, countedAt, rules }: KeptCount,
): Promise<void> {
  const kept = { counts: { audience, standing }, countedAt, rules, askedAt: null };
  await shop.tx
    .insert(audienceCounts)
    .values({ shopId: shop.shopId, scenario, ...kept })
    .onConflictDoUpdate({ target: [audienceCounts.shopId, audienceCounts.scenario], set: kept });
}

/** Forgets counts that something just made untrue: of one scenario, or of all. */
export async function forgetCounts(shop: ShopScope, scenario?: ScenarioKey): Promise<void> {
  const ofShop = eq(audienceCounts.shopId, shop.shopId);
  await shop.tx
    .delete(audienceCounts)
    .where(scenario === undefined ? ofShop : and(ofShop, eq(audienceCounts.scenario, scenario)));
}

/** Answers whether nobody has asked for a new count since `before`: whoever gets a yes asks. */
export async function claimCounting(
  shop: ShopScope,
  scenarios: readonly ScenarioKey[],
  { now, before }: { now: Date; before: Date },
): Promise<boolean> {
  const { shopId, scenario, askedAt } = audienceCounts;
  const rows = await shop.tx
    .update(audienceCounts)
    .set({ askedAt: now })
    .where(
      and(
        eq(shopId, shop.shopId),
        inArray(scenario, [...scenarios]),
        sql`(${askedAt} is null or ${askedAt} < ${before.toISOString()})`,
      ),
    )
    .returning({ shopId });
  return rows.length > 0;
}
