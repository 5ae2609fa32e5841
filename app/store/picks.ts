/** Products for one person among many: what they might like next and do not own. Called by the pipeline for a whole batch at once. */
import { sql } from 'drizzle-orm';
import type { ShopScope } from './scope';
import { type ShelfProduct, type ShelfRow, toShelfProduct } from './shelf';

export interface PicksOptions {
  /** Best sellers are those of the orders since then. */
  since: Date;
  /** Products a person gets at most. */
  most: number;
  /** An early look: products published since then come first, those of types they bought before the others. */
  newSince?: Date;
}

/**
 * For each of these people who bought before: best sellers of the product types they bought, those they spent most on
 * first; then the shop's other best sellers, or its newest products while nothing sold. Only what can be bought now and
 * costs something, and never what they own. Who never bought, or owns everything, is absent.
 *
 * One query whatever the number of people. Who owns n products of a ranking needs its first `most + n` at most, so nobody
 * is compared with the whole catalogue.
 */
export async function loadPicks(
  shop: ShopScope,
  customerIds: readonly string[],
  { since, most, newSince }: PicksOptions,
): Promise<Map<string, ShelfProduct[]>> {
  if (customerIds.length === 0) return new Map();
  const rows = await shop.tx.execute<ShelfRow & { customer_id: string }>(sql`
    with owned as materialized (
      select o.customer_id, l.product_id, sum(l.price * l.quantity) as spend
      from orders o join order_lines l on l.shop_id = o.shop_id and l.order_id = o.id
      where o.shop_id = ${shop.shopId} and o.customer_id = any(${sql.param([...new Set(customerIds)])}::text[])
        and o.cancelled_at is null and o.deleted_at is null and l.product_id is not null
      group by o.customer_id, l.product_id),
    people as materialized (
      select customer_id, row_number() over () as person, ${most}::int + count(*)::int as deep
      from owned group by customer_id),
    sold as (
      select l.product_id, sum(l.quantity) as pieces
      from order_lines l join orders o on o.shop_id = l.shop_id and o.id = l.order_id
      where l.shop_id = ${shop.shopId} and o.processed_at >= ${since.toISOString()}
        and o.cancelled_at is null and o.deleted_at is null
      group by l.product_id),
    buyable as (
      select p.id, p.title, p.handle, p.image_url, p.product_type, v.price, v.compare_at_price, p.published_at, sold.pieces,
        case when p.published_at >= ${newSince?.toISOString() ?? null}::timestamptz then p.published_at end as new_at
      from products p
      join lateral (
        select price, compare_at_price from variants v
        where v.shop_id = p.shop_id and v.product_id = p.id and v.available and v.deleted_at is null and v.price > 0
        order by v.position limit 1) v on true
      left join sold on sold.product_id = p.id
      where p.shop_id = ${shop.shopId} and p.status = 'active' and p.published_at is not null and p.deleted_at is null),
    ranked as (
      select *, row_number() over (
        order by new_at desc nulls last, coalesce(pieces, 0) desc, published_at desc, id) as rank
      from buyable),
    shelf as materialized (
      select *, row_number() over (partition by product_type order by rank) as type_rank from ranked),
    held as materialized (
      select person, p.product_type, spend, shelf.rank
      from owned
      join people on people.customer_id = owned.customer_id
      left join products p on p.shop_id = ${shop.shopId} and p.id = owned.product_id
      left join shelf on shelf.id = owned.product_id),
    taste as materialized (
      select person, product_type, sum(spend) as spend, ${most}::int + count(*)::int as deep
      from held where product_type <> '' group by person, product_type),
    types as (select product_type, array_agg(rank order by rank) as ranks from shelf group by product_type),
    candidates as (
      select person, spend, rank
      from taste join types using (product_type) cross join unnest(ranks[1:deep]) as rank
      union all
      select person, null, shelf.rank
      from people cross join generate_series(1, deep) as place join shelf on shelf.rank = place
      where not exists (
        select from taste where taste.person = people.person and taste.product_type = shelf.product_type)),
    chosen as (
      select person, rank, row_number() over (
        partition by person order by rank > (select count(new_at) from shelf), spend desc nulls last, rank) as place
      from candidates
      where not exists (select from held where held.person = candidates.person and held.rank = candidates.rank))
    select customer_id, id, title, handle, image_url, price, compare_at_price
    from chosen join people using (person) join shelf using (rank)
    where place <= ${most} order by person, place`);
  const byPerson = Map.groupBy(rows, (row) => row.customer_id);
  return new Map([...byPerson].map(([id, picks]) => [id, picks.map(toShelfProduct)]));
}
