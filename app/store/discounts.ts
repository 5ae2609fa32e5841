/** The discounts made in Shopify for our codes: one per scenario, offer and end day. Named by `pipeline/codes`. */
import { and, eq, isNotNull, isNull, lte, type SQL, sql } from 'drizzle-orm';
import type { ScenarioKey } from '../domain/scenario';
import { discounts } from './schema';
import type { ShopScope } from './scope';

/** Kept as a refusal when the owner ended or deleted the discount in Shopify; anything else is Shopify's own words. */
export const ENDED_IN_SHOPIFY = 'ended-in-shopify';

export type DiscountRow = typeof discounts.$inferSelect;
export type NewDiscount = Pick<
  DiscountRow,
  'scenario' | 'offerKey' | 'offer' | 'endDay' | 'endsAt' | 'title' | 'createdAt'
>;

const one = (shop: ShopScope, id: string) => and(eq(discounts.shopId, shop.shopId), eq(discounts.id, id));

/** The discount of this scenario, offer and end day, noted now if it was not. */
export async function takeDiscount(shop: ShopScope, wanted: NewDiscount): Promise<DiscountRow> {
  await shop.tx
    .insert(discounts)
    .values({ ...wanted, shopId: shop.shopId })
    .onConflictDoNothing();
  const [row] = await shop.tx
    .select()
    .from(discounts)
    .where(
      and(
        eq(discounts.shopId, shop.shopId),
        eq(discounts.scenario, wanted.scenario),
        eq(discounts.offerKey, wanted.offerKey),
        eq(discounts.endDay, wanted.endDay),
      ),
    );
  if (!row) throw new Error('A discount that was just noted is gone');
  return row;
}

/** One discount by our id; null when it was erased. */
export async function findDiscount(shop: ShopScope, id: string): Promise<DiscountRow | null> {
  const [row] = await shop.tx.select().from(discounts).where(one(shop, id));
  return row ?? null;
}

/** The discount Shopify knows by this id, if it is one of ours. */
export async function findByShopifyId(shop: ShopScope, shopifyId: string): Promise<DiscountRow | null> {
  const [row] = await shop.tx
    .select()
    .from(discounts)
    .where(and(eq(discounts.shopId, shop.shopId), eq(discounts.shopifyId, shopifyId)));
  return row ?? null;
}

/** Shopify has it; whatever stood against it does no more. */
export async function keepShopifyId(shop: ShopScope, id: string, shopifyId: string): Promise<void> {
  await shop.tx.update(discounts).set({ shopifyId, refusal: null, refusedAt: null }).where(one(shop, id));
}

/** Keeps what Shopify said against it; nothing else is asked of it for a while. */
export async function refuseDiscount(
  shop: ShopScope,
  id: string,
  { refusal, at }: { refusal: string; at: Date },
): Promise<void> {
  await shop.tx
    .update(discounts)
    .set({ refusal: refusal.slice(0, 1000), refusedAt: at })
    .where(one(shop, id));
}

/** Nothing stands against it any more. */
export async function clearRefusal(shop: ShopScope, id: string): Promise<void> {
  await shop.tx
    .update(discounts)
    .set({ refusal: null, refusedAt: null })
    .where(and(one(shop, id), isNotNull(discounts.refusal)));
}

/** Lets every refused discount be tried again at once: the shop gave us more access. */
export async function forgetRefusals(shop: ShopScope): Promise<void> {
  await shop.tx
    .update(discounts)
    .set({ refusedAt: null })
    .where(and(eq(discounts.shopId, shop.shopId), isNotNull(discounts.refusedAt)));
}

/** Moves the end of a discount to where the owner put it. */
export async function moveEnd(shop: ShopScope, id: string, endsAt: Date): Promise<void> {
  await shop.tx.update(discounts).set({ endsAt }).where(one(shop, id));
}

/** Forgets a discount that was never made and that no code waits for. */
export async function dropUnmade(shop: ShopScope, id: string): Promise<void> {
  await shop.tx.delete(discounts).where(and(one(shop, id), isNull(discounts.shopifyId), notWanted()));
}

function notWanted(): SQL {
  return sql`not exists (select from codes c where c.shop_id = ${discounts.shopId} and c.discount_id = ${discounts.id})`;
}

/** Discounts over since before `endedBefore` that are still in Shopify, oldest first. */
export function findUntidied(
  shop: ShopScope,
  { endedBefore, most }: { endedBefore: Date; most: number },
): Promise<DiscountRow[]> {
  return shop.tx
    .select()
    .from(discounts)
    .where(and(eq(discounts.shopId, shop.shopId), isNull(discounts.tidiedAt), lte(discounts.endsAt, endedBefore)))
    .orderBy(discounts.endsAt)
    .limit(most);
}

export async function markTidied(shop: ShopScope, id: string, at: Date): Promise<void> {
  await shop.tx.update(discounts).set({ tidiedAt: at }).where(one(shop, id));
}

export interface RefusedCodes {
  scenario: ScenarioKey;
  /** In Shopify's words; null when the owner ended or deleted the discount there. */
  why: string | null;
  /** People who wait for their code. */
  waiting: number;
}

/** What stands against making codes that people wait for, the latest word per scenario. */
export async function listRefusedCodes({ shopId, tx }: ShopScope): Promise<RefusedCodes[]> {
  const refused = await tx.execute<{ scenario: ScenarioKey; refusal: string }>(sql`
    select distinct on (scenario) scenario, refusal from discounts
    where shop_id = ${shopId} and refusal is not null and tidied_at is null
    order by scenario, refused_at desc nulls last`);
  // Hardly ever is one, and the overview asks with every visit.
  if (refused.length === 0) return [];
  const waiting = await tx.execute<{ scenario: ScenarioKey; waiting: number }>(sql`
    select c.scenario, count(*)::int as waiting
    from codes c join enrollments e on e.shop_id = c.shop_id and e.id = c.enrollment_id
    where c.shop_id = ${shopId} and c.ready_at is null
      and (e.status = 'active' or exists (select from messages m
        where m.shop_id = e.shop_id and m.enrollment_id = e.id and m.status = 'planned'))
    group by c.scenario`);
  const waitingIn = new Map(waiting.map((row) => [row.scenario, row.waiting]));
  return refused.flatMap(({ scenario, refusal }) => {
    const people = waitingIn.get(scenario);
    return people ? [{ scenario, why: refusal === ENDED_IN_SHOPIFY ? null : refusal, waiting: people }] : [];
  });
}
