/** Orders with their lines and refunds, as Shopify has them. */
import { and, between, eq, inArray, isNull, notInArray, sql } from 'drizzle-orm';
import { newestOfEach, type OrderChange, type OrderSnapshot, type RefundSnapshot } from '../domain/snapshot';
import { offered, offeredIsNewer, takeOffered } from './newer';
import { orderLines, orders, refunds } from './schema';
import type { ShopScope } from './scope';

/** An order with the mirror's own customer id and address key, as `pipeline/mirror` resolved them. */
export interface ResolvedOrder extends OrderSnapshot {
  personId: string | null;
  emailKey: string | null;
}

export interface WrittenOrder {
  id: string;
  /** Not known before. */
  isNew: boolean;
  /** Cancelled by this telling. */
  newlyCancelled: boolean;
}

/** Keeps what is newer, order by order, each with its lines and refunds. Answers what changed. */
export async function upsertOrders(shop: ShopScope, tellings: readonly ResolvedOrder[]): Promise<WrittenOrder[]> {
  const rows = newestOfEach(tellings);
  if (rows.length === 0) return [];
  const before = await shop.tx
    .select({ id: orders.id, cancelledAt: orders.cancelledAt })
    .from(orders)
    .where(isAmong(shop, rows))
    .for('update');
  const known = new Map(before.map((row) => [row.id, row.cancelledAt]));
  const written = await shop.tx
    .insert(orders)
    .values(rows.map((row) => toRow(shop, row)))
    .onConflictDoUpdate({
      target: [orders.shopId, orders.id],
      set: {
        ...takeOffered(orders, ['name', 'customerId', 'emailKey', 'currency', 'total', 'financialStatus']),
        ...takeOffered(orders, ['acceptsMarketing', 'discountCodes', 'processedAt', 'cancelledAt']),
        ...takeOffered(orders, ['sourceUpdatedAt', 'sourceSeenAt']),
        // Told by webhooks alone: a query that leaves them out must not wipe them.
        checkoutToken: sql`coalesce(${offered('checkout_token')}, ${orders.checkoutToken})`,
        checkoutId: sql`coalesce(${offered('checkout_id')}, ${orders.checkoutId})`,
        landingSite: sql`coalesce(${offered('landing_site')}, ${orders.landingSite})`,
      },
      setWhere: offeredIsNewer('orders'),
    })
    .returning({ id: orders.id, cancelledAt: orders.cancelledAt });
  const changed = new Set(written.map((row) => row.id));
  await replaceLines(
    shop,
    rows.filter((row) => changed.has(row.id)),
  );
  return written.map(({ id, cancelledAt }) => ({
    id,
    isNew: !known.has(id),
    newlyCancelled: cancelledAt !== null && (known.get(id) ?? null) === null,
  }));
}

const isAmong = ({ shopId }: ShopScope, told: readonly { id: string }[]) => {
  const ids = told.map(({ id }) => id);
  return and(eq(orders.shopId, shopId), inArray(orders.id, ids));
};

/** Of these changes of orders, those the mirror has not: the order is not there, or as it was before. */
export async function findUnknownOrders(shop: ShopScope, changes: readonly OrderChange[]): Promise<OrderChange[]> {
  const rows = await shop.tx
    .select({ id: orders.id, updatedAt: orders.sourceUpdatedAt })
    .from(orders)
    .where(isAmong(shop, changes));
  const known = new Map(rows.map((row) => [row.id, row.updatedAt]));
  return changes.filter(({ id, updatedAt }) => {
    const mine = known.get(id);
    return !mine || mine < updatedAt;
  });
}

function toRow(shop: ShopScope, told: ResolvedOrder): typeof orders.$inferInsert {
  const { id, name, emailKey, checkoutToken, checkoutId, currency, total, financialStatus, acceptsMarketing } = told;
  const { discountCodes, processedAt, cancelledAt } = told;
  return {
    shopId: shop.shopId,
    customerId: told.personId,
    landingSite: told.landingSite ?? null,
    sourceUpdatedAt: told.updatedAt,
    sourceSeenAt: told.seenAt,
    ...{ id, name, emailKey, checkoutToken, checkoutId, currency, total, financialStatus, acceptsMarketing },
    ...{ discountCodes, processedAt, cancelledAt },
  };
}

/** Parameters of one statement are limited to 65,534: 8 per line. */
const MOST_LINES = 5000;

async function replaceLines(shop: ShopScope, told: readonly ResolvedOrder[]): Promise<void> {
  const ids = told.map((order) => order.id);
  if (ids.length === 0) return;
  const rows = new Map(
    told.flatMap((order) =>
      order.lines.map((line) => [`${order.id} ${line.id}`, { ...line, shopId: shop.shopId, orderId: order.id }]),
    ),
  );
  const list = [...rows.values()];
  await shop.tx
    .delete(orderLines)
    .where(
      and(
        eq(orderLines.shopId, shop.shopId),
        inArray(orderLines.orderId, ids),
        notInArray(orderLines.id, ['', ...list.map((line) => line.id)]),
      ),
    );
  for (let from = 0; from < list.length; from += MOST_LINES) {
    await shop.tx
      .insert(orderLines)
      .values(list.slice(from, from + MOST_LINES))
      .onConflictDoUpdate({
        target: [orderLines.shopId, orderLines.orderId, orderLines.id],
        set: takeOffered(orderLines, ['productId', 'variantId', 'title', 'quantity', 'price']),
      });
  }
}

/**
 * Keeps refunds, each once by its own id, and sets what their orders have given back; also for orders known only later.
 * @returns the refunds that were new
 */
export async function addRefunds(shop: ShopScope, list: readonly RefundSnapshot[]): Promise<RefundSnapshot[]> {
  const each = [...new Map(list.map((refund) => [refund.id, refund])).values()];
  if (each.length === 0) return [];
  const rows = await shop.tx
    .insert(refunds)
    .values(each.map((refund) => ({ ...refund, shopId: shop.shopId })))
    .onConflictDoNothing()
    .returning({ id: refunds.id });
  const fresh = new Set(rows.map((row) => row.id));
  return each.filter((refund) => fresh.has(refund.id));
}

/** Sets `refunded` of these orders to the sum of their refunds, never more than they cost. */
export async function sumRefunds(shop: ShopScope, orderIds: readonly string[]): Promise<void> {
  if (orderIds.length === 0) return;
  await shop.tx.execute(sql`
    update orders o set refunded = least(o.total, coalesce(
      (select sum(r.amount) from refunds r where r.shop_id = o.shop_id and r.order_id = o.id), 0))
    where o.shop_id = ${shop.shopId} and o.id = any(${sql.param([...orderIds])}::text[])
      and exists (select from refunds r where r.shop_id = o.shop_id and r.order_id = o.id)`);
}

/** Whether this order is in the mirror. */
export async function hasOrder(shop: ShopScope, id: string): Promise<boolean> {
  const rows = await shop.tx
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.shopId, shop.shopId), eq(orders.id, id), isNull(orders.deletedAt)));
  return rows.length > 0;
}

/** The orders a customer placed within these moments. */
export async function findOrdersBetween(
  shop: ShopScope,
  customerId: string,
  { from, to }: { from: Date; to: Date },
): Promise<string[]> {
  const rows = await shop.tx
    .select({ id: orders.id })
    .from(orders)
    .where(
      and(
        ...[eq(orders.shopId, shop.shopId), eq(orders.customerId, customerId), isNull(orders.deletedAt)],
        between(orders.processedAt, from, to),
      ),
    );
  return rows.map(({ id }) => id);
}
