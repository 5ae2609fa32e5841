/** Checkouts as Shopify has them, and which of them an order completed. */
import { and, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import { type CheckoutSnapshot, newestOfEach } from '../domain/snapshot';
import { offered, offeredIsNewer, takeOffered } from './newer';
import { checkouts } from './schema';
import type { ShopScope } from './scope';

/** A checkout with the mirror's own customer id and address key, as `pipeline/mirror` resolved them. */
export interface ResolvedCheckout extends CheckoutSnapshot {
  personId: string | null;
  emailKey: string | null;
}

export interface WrittenCheckout {
  id: string;
  personId: string | null;
  updatedAt: Date;
  completedAt: Date | null;
  itemCount: number;
  /** What it was before this telling; null when it was not known. */
  before: { personId: string | null; updatedAt: Date; itemCount: number } | null;
}

/** Keeps what is newer, checkout by checkout. Answers what changed. */
export async function upsertCheckouts(
  shop: ShopScope,
  tellings: readonly ResolvedCheckout[],
): Promise<WrittenCheckout[]> {
  const rows = newestOfEach(tellings);
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const before = await shop.tx
    .select({
      id: checkouts.id,
      personId: checkouts.customerId,
      updatedAt: checkouts.sourceUpdatedAt,
      itemCount: sql<number>`jsonb_array_length(${checkouts.lines})`,
    })
    .from(checkouts)
    .where(and(eq(checkouts.shopId, shop.shopId), inArray(checkouts.id, ids)))
    .for('update');
  const known = new Map(before.map((row) => [row.id, row]));
  const written = await shop.tx
    .insert(checkouts)
    .values(rows.map((row) => toRow(shop, row)))
    .onConflictDoUpdate({
      target: [checkouts.shopId, checkouts.id],
      set: {
        ...takeOffered(checkouts, ['currency', 'total', 'lines', 'acceptsMarketing', 'sourceCreatedAt']),
        ...takeOffered(checkouts, ['sourceUpdatedAt', 'sourceSeenAt']),
        // The import's query knows neither address nor token nor language: what a webhook told stays.
        customerId: sql`coalesce(${offered('customer_id')}, ${checkouts.customerId})`,
        email: sql`coalesce(${offered('email')}, ${checkouts.email})`,
        emailKey: sql`coalesce(${offered('email_key')}, ${checkouts.emailKey})`,
        token: sql`coalesce(${offered('token')}, ${checkouts.token})`,
        locale: sql`coalesce(${offered('locale')}, ${checkouts.locale})`,
        country: sql`coalesce(${offered('country')}, ${checkouts.country})`,
        recoveryUrl: sql`coalesce(${offered('recovery_url')}, ${checkouts.recoveryUrl})`,
        completedAt: sql`least(${offered('completed_at')}, ${checkouts.completedAt})`,
      },
      setWhere: offeredIsNewer('checkouts'),
    })
    .returning({
      id: checkouts.id,
      personId: checkouts.customerId,
      updatedAt: checkouts.sourceUpdatedAt,
      completedAt: checkouts.completedAt,
      itemCount: sql<number>`jsonb_array_length(${checkouts.lines})`,
    });
  return written.map((row) => ({ ...row, before: known.get(row.id) ?? null }));
}

function toRow(shop: ShopScope, told: ResolvedCheckout): typeof checkouts.$inferInsert {
  const { id, token, email, emailKey, locale, country, currency, total, lines, recoveryUrl, completedAt } = told;
  return {
    shopId: shop.shopId,
    customerId: told.personId,
    acceptsMarketing: told.acceptsMarketing,
    sourceCreatedAt: told.createdAt,
    sourceUpdatedAt: told.updatedAt,
    sourceSeenAt: told.seenAt,
    ...{ id, token, email, emailKey, locale, country, currency, total, lines, recoveryUrl, completedAt },
  };
}

/**
 * Marks the checkouts that orders completed, by token or id, whichever came first. Called after either side changed.
 * @returns the checkouts that were still open, with the time of their order
 */
export async function completeCheckouts(
  shop: ShopScope,
  by: { orderIds: readonly string[] } | { checkoutIds: readonly string[] },
): Promise<{ id: string; at: Date }[]> {
  const [column, ids] = 'orderIds' in by ? [sql`o.id`, by.orderIds] : [sql`k.id`, by.checkoutIds];
  if (ids.length === 0) return [];
  const pairs = (match: SQL) => sql`
    select k.id, k.completed_at, o.processed_at from checkouts k join orders o on o.shop_id = k.shop_id and ${match}
    where k.shop_id = ${shop.shopId} and ${column} = any(${sql.param([...ids])}::text[]) and k.deleted_at is null`;
  // Two joins rather than one with "or", so that each finds its index.
  const rows = await shop.tx.execute<{ id: string; at: string; was_open: boolean }>(sql`
    with paid as (
      select id, min(processed_at) as at, bool_and(completed_at is null) as was_open
      from (${pairs(sql`o.checkout_token = k.token`)} union all ${pairs(sql`o.checkout_id = k.id`)}) pair group by id)
    update checkouts k set completed_at = least(k.completed_at, paid.at) from paid
    where k.shop_id = ${shop.shopId} and k.id = paid.id and k.completed_at is distinct from least(k.completed_at, paid.at)
    returning k.id, paid.at, paid.was_open`);
  return rows.filter((row) => row.was_open).map((row) => ({ id: row.id, at: new Date(row.at) }));
}

/** Leaves a tombstone: nothing told later brings the checkout back. Answers whether it was there and open until now. */
export async function tombstoneCheckout(
  shop: ShopScope,
  gone: { id: string; currency: string; total: string; at: Date },
): Promise<boolean> {
  const { id, currency, total, at } = gone;
  const written = await shop.tx
    .insert(checkouts)
    .values({ shopId: shop.shopId, id, currency, total, sourceCreatedAt: at, sourceUpdatedAt: at, deletedAt: at })
    .onConflictDoUpdate({
      target: [checkouts.shopId, checkouts.id],
      set: { deletedAt: at, email: null, emailKey: null, recoveryUrl: null },
      setWhere: isNull(checkouts.deletedAt),
    })
    .returning({ completedAt: checkouts.completedAt });
  return written.some((row) => row.completedAt === null);
}
