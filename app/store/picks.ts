/** Products for one person among many: what they might like next and do not own. Called by the pipeline for a whole batch at once. */
import { sql } from 'drizzle-orm';
import type { ShopScope } from './scope';
import { buyableProducts, type ShelfProduct, type ShelfRow, toShelfProduct } from './shelf';

export interface PicksOptions {
  /** Best sellers are those of the orders since then. */
  since: Date;
  /** Products a person gets at most. */
  most: number;
  /** An early look: products published since then come first, those of types they bought before the others. */
  newSince?: Date;
}

/** Either one of a person's picks, or a product that somebody's picks name by its rank. */
type PickRow = { customer_id: string; rank: number } & { [field in keyof ShelfRow]: null };
type RankedRow = { customer_id: null; rank: number } & ShelfRow;

/**
 * For each of these people who bought before: best sellers of the product types they bought, those they spent most on
 * first; then the shop's other best sellers, or its newest products while nothing sold. Only what can be bought now and
 * costs something, and never what they own. Who never bought, or owns everything, is absent.
 *
 * One query whatever the number of people. Who owns n products of a ranking needs its first `most + n` at most, so nobody
 * is compared with the whole catalogue. Sets are brought together by grouping and by looking up in one object, not by
 * joins: for a shop whose import is a minute old Postgres takes each set for one row, and would join them by nested loops.
 */
export async function loadPicks(
  shop: ShopScope,
  customerIds: readonly string[],
  { since, most, newSince }: PicksOptions,
): Promise<Map<string, ShelfProduct[]>> {
  if (customerIds.length === 0) return new Map();
  const rows = await shop.tx.execute<PickRow | RankedRow>(sql`
    with owned as materialized (
      select o.customer_id, l.product_id, sum(l.price * l.quantity) as spend
      from orders o join order_lines l on l.shop_id = o.shop_id and l.order_id = o.id
      where o.shop_id = ${shop.shopId} and o.customer_id = any(${sql.param([...new Set(customerIds)])}::text[])
        and o.cancelled_at is null and o.deleted_at is null and l.product_id is not null
      group by o.customer_id, l.product_id),
    ${buyableProducts(shop, since)},
    ranked as (
      select *, case when published_at >= ${newSince?.toISOString() ?? null}::timestamptz then published_at end as new_at
      from buyable),
    shelf as materialized (
      select *, (row_number() over (order by new_at desc nulls last, pieces desc, published_at desc, id))::int as rank
      from ranked),
    ranks as materialized (select jsonb_object_agg(id, rank) as of from shelf),
    held as materialized (
      select owned.customer_id, p.product_type, owned.spend, ((select of from ranks) ->> owned.product_id)::int as rank
      from owned left join products p on p.shop_id = ${shop.shopId} and p.id = owned.product_id),
    taste as (
      select customer_id, product_type, sum(spend) as spend, ${most}::int + count(*)::int as deep
      from held where product_type <> '' group by customer_id, product_type),
    types as (select product_type, array_agg(rank order by rank) as ranks from shelf group by product_type),
    people as (select customer_id, ${most}::int + count(*)::int as deep from held group by customer_id),
    candidates as (
      select customer_id, unnest(ranks[1:deep]) as rank, spend, false as held from taste join types using (product_type)
      union all
      select customer_id, generate_series(1, least(deep, (select count(*)::int from shelf))), null, false from people
      union all
      select customer_id, rank, null, true from held where rank is not null),
    liked as (
      select customer_id, rank, max(spend) as spend
      from candidates group by customer_id, rank having not bool_or(held)),
    placed as (
      select customer_id, rank, row_number() over (
        partition by customer_id
        order by rank > (select count(new_at) from shelf), spend desc nulls last, rank) as place
      from liked),
    chosen as materialized (select customer_id, rank, place from placed where place <= ${most})
    select customer_id, rank, place, null as id, null as title, null as handle, null as image_url, null as price,
      null as compare_at_price
    from chosen
    union all
    select null, rank, null, id, title, handle, image_url, price::text, compare_at_price::text
    from shelf where rank = any(array(select distinct rank from chosen))
    order by customer_id, place`);
  return gather(rows);
}

/** Each person's picks in order, from both kinds of rows. */
function gather(rows: readonly (PickRow | RankedRow)[]): Map<string, ShelfProduct[]> {
  const products = new Map(
    rows.flatMap((row) => (row.customer_id === null ? [[row.rank, toShelfProduct(row)] as const] : [])),
  );
  const picks = new Map<string, ShelfProduct[]>();
  for (const { customer_id: person, rank } of rows) {
    const product = products.get(rank);
    if (person === null || !product) continue;
    const own = picks.get(person);
    if (own) own.push(product);
    else picks.set(person, [product]);
  }
  return picks;
}
