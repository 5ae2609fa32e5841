/** What e-mails show: products as they are now, the checkout's lines joined with them, and what sells best. */
import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { CheckoutLine } from '../domain/checkout';
import { isAnyOf } from './any-of';
import { checkouts } from './schema';
import type { ShopScope } from './scope';

export interface ShelfProduct {
  productId: string;
  title: string;
  handle: string;
  imageUrl: string | null;
  price: string;
  compareAtPrice: string | null;
}

/** A row of `products` with the price of its first variant that can be bought. */
export type ShelfRow = {
  id: string;
  title: string;
  handle: string;
  image_url: string | null;
  price: string;
  compare_at_price: string | null;
};

export function toShelfProduct(row: ShelfRow): ShelfProduct {
  return {
    productId: row.id,
    title: row.title,
    handle: row.handle,
    imageUrl: row.image_url,
    price: row.price,
    compareAtPrice: row.compare_at_price,
  };
}

export interface VariantNow {
  id: string;
  productTitle: string;
  variantTitle: string | null;
  handle: string;
  imageUrl: string | null;
  price: string;
  compareAtPrice: string | null;
  inventoryQuantity: number | null;
  available: boolean;
}

/**
 * The sets `sold` and `buyable`: every product that can be bought now and costs something, at the price of its first
 * variant that can be, with the pieces ordered since then. Pieces are looked up in one object instead of joined: for a shop
 * whose import is a minute old Postgres takes a set for one row, and would go through it once per product.
 */
export function buyableProducts(shop: ShopScope, since: Date): SQL {
  return sql`
    sold as materialized (
      select jsonb_object_agg(product_id, pieces) as pieces from (
        select l.product_id, sum(l.quantity) as pieces
        from order_lines l join orders o on o.shop_id = l.shop_id and o.id = l.order_id
        where l.shop_id = ${shop.shopId} and o.processed_at >= ${since.toISOString()}
          and o.cancelled_at is null and o.deleted_at is null and l.product_id is not null
        group by l.product_id) counted),
    buyable as (
      select p.id, p.title, p.handle, p.image_url, p.product_type, v.price, v.compare_at_price, p.published_at,
        coalesce(((select pieces from sold) ->> p.id)::numeric, 0) as pieces
      from products p
      join lateral (
        select price, compare_at_price from variants v
        where v.shop_id = p.shop_id and v.product_id = p.id and v.available and v.deleted_at is null and v.price > 0
        order by v.position limit 1) v on true
      where p.shop_id = ${shop.shopId} and p.status = 'active' and p.published_at is not null and p.deleted_at is null)`;
}

/** What sells best: by pieces ordered since `since`. A young shop without orders gets its newest products. */
export async function loadMostBought(
  shop: ShopScope,
  { since, most }: { since: Date; most: number },
): Promise<ShelfProduct[]> {
  const rows = await shop.tx.execute<ShelfRow>(sql`
    with ${buyableProducts(shop, since)}
    select id, title, handle, image_url, price, compare_at_price
    from buyable order by pieces desc, published_at desc, id limit ${most}`);
  return rows.map(toShelfProduct);
}

/** These variants as they are now; those that are gone, or whose product is gone or unpublished, are absent. */
export async function loadVariantsNow(shop: ShopScope, ids: readonly string[]): Promise<Map<string, VariantNow>> {
  if (ids.length === 0) return new Map();
  const rows = await shop.tx.execute<{
    id: string;
    product_title: string;
    variant_title: string | null;
    handle: string;
    image_url: string | null;
    price: string;
    compare_at_price: string | null;
    inventory_quantity: number | null;
    available: boolean;
  }>(sql`
    select v.id, p.title as product_title, v.title as variant_title, p.handle, coalesce(v.image_url, p.image_url) as image_url,
      v.price, v.compare_at_price, v.inventory_quantity, v.available
    from variants v join products p on p.shop_id = v.shop_id and p.id = v.product_id
    where v.shop_id = ${shop.shopId} and v.id = any(${sql.param([...ids])}::text[])
      and v.deleted_at is null and p.deleted_at is null and p.status = 'active' and p.published_at is not null`);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        productTitle: row.product_title,
        variantTitle: row.variant_title,
        handle: row.handle,
        imageUrl: row.image_url,
        price: row.price,
        compareAtPrice: row.compare_at_price,
        inventoryQuantity: row.inventory_quantity,
        available: row.available,
      },
    ]),
  );
}

export interface CheckoutNow {
  id: string;
  currency: string;
  total: string;
  locale: string | null;
  lines: CheckoutLine[];
  recoveryUrl: string | null;
}

/** These checkouts as they are now. */
export async function loadCheckoutsNow(shop: ShopScope, ids: readonly string[]): Promise<Map<string, CheckoutNow>> {
  if (ids.length === 0) return new Map();
  const rows = await shop.tx
    .select({
      id: checkouts.id,
      currency: checkouts.currency,
      total: checkouts.total,
      locale: checkouts.locale,
      lines: checkouts.lines,
      recoveryUrl: checkouts.recoveryUrl,
    })
    .from(checkouts)
    .where(and(eq(checkouts.shopId, shop.shopId), isAnyOf(checkouts.id, 'text', ids)));
  return new Map(rows.map((row) => [row.id, row]));
}
