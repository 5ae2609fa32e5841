/** The people of an imported list: what they refused elsewhere is in force here. It only ever takes consent away. Called by `pipeline/refusals`. */
import { sql } from 'drizzle-orm';
import { guestIdOf } from './guests';
import type { RefusalList } from './refusal-lists';
import type { RefusalListResult } from './schema';
import type { ShopScope } from './scope';

export interface Taken {
  result: RefusalListResult;
  /** Customers whose consent was withdrawn, and whom Shopify must be told of. */
  withdrawn: string[];
  /** Everybody who gets nothing any more, with why. */
  stopped: { id: string; reason: 'complained' | 'bounced' | 'unsubscribed' }[];
}

interface KnownRow extends Record<string, unknown> {
  id: string;
  withdraws: boolean;
  suppresses: 'bounced' | 'complained' | null;
  came_back: boolean;
}

/**
 * Takes the next people off a list; null when there are none left.
 *
 * A customer's newer opt-in, by its own date, outweighs an unsubscribe and neither a complaint nor a bounce. An address nobody has
 * here is remembered by its hash, as `leaveRefusals` does, for whoever comes with it. Who was erased stays erased.
 */
export async function takeRefusals(
  shop: ShopScope,
  list: Pick<RefusalList, 'id' | 'asOf' | 'kind'>,
  { most, now }: { most: number; now: Date },
): Promise<Taken | null> {
  const said = sql`coalesce(${list.kind}::text, '')`;
  const rows = await shop.tx.execute<{ key: string }>(sql`
    delete from refusal_rows where shop_id = ${shop.shopId} and list_id = ${list.id} and email_key in (
      select email_key from refusal_rows where shop_id = ${shop.shopId} and list_id = ${list.id} order by email_key limit ${most})
    returning email_key as key, coalesce(refused_at, ${list.asOf.toISOString()}::timestamptz) as at,
      unsubscribed or ${said} in ('unsubscribed', 'complained') as unsubscribed,
      coalesce(suppressed, case when ${said} in ('bounced', 'complained') then ${said} end) as suppressed`);
  if (rows.length === 0) return null;
  const told = sql`jsonb_to_recordset(${JSON.stringify([...rows])}::jsonb)
    as t(key text, at timestamptz, unsubscribed boolean, suppressed text)`;
  const known = await shop.tx.execute<KnownRow>(sql`
    with met as (
      select c.id, t.at, t.suppressed,
        t.unsubscribed and c.consent_state in ('subscribed', 'not_subscribed', 'pending')
          and (c.consent_updated_at is null or c.consent_updated_at <= t.at) as withdraws,
        t.unsubscribed and c.consent_state in ('subscribed', 'pending') and c.consent_updated_at > t.at as came_back,
        case when t.suppressed = 'complained' then c.suppressed is distinct from 'complained'
          else t.suppressed is not null and c.suppressed is null end as suppresses
      from customers c join ${told} on c.email_key = t.key
      where c.shop_id = ${shop.shopId} and c.deleted_at is null
      order by c.id for update of c)
    update customers c set
      suppressed = case when met.suppresses then met.suppressed else c.suppressed end,
      suppressed_at = case when met.suppresses then met.at else c.suppressed_at end,
      consent_state = case when met.withdraws then 'unsubscribed' else c.consent_state end,
      consent_updated_at = case when met.withdraws then met.at else c.consent_updated_at end,
      consent_unpushed = c.consent_unpushed or (met.withdraws and c.id not like 'guest:%')
    from met where c.shop_id = ${shop.shopId} and c.id = met.id
    returning c.id, met.withdraws, met.came_back, case when met.suppresses then met.suppressed end as suppresses`);
  const remembered = await remember(shop, { told, now });
  return { ...sum(known), result: { ...sum(known).result, ...remembered } };
}

function sum(known: readonly KnownRow[]): Taken {
  const changed = known.filter(({ withdraws, suppresses }) => withdraws || suppresses);
  const cameBack = known.filter((row) => row.came_back && !row.suppresses).length;
  return {
    result: {
      stopped: changed.length,
      cameBack,
      already: known.length - changed.length - cameBack,
      ...{ remembered: 0, rememberedBefore: 0, erased: 0 },
    },
    withdrawn: changed.flatMap(({ id, withdraws }) => (withdraws && !id.startsWith('guest:') ? [id] : [])),
    stopped: changed.map(({ id, suppresses }) => ({ id, reason: suppresses ?? 'unsubscribed' })),
  };
}

/** Addresses without anybody: a guest who is not there, as after a deletion. */
async function remember(shop: ShopScope, { told, now }: { told: ReturnType<typeof sql>; now: Date }) {
  const moment = sql`${now.toISOString()}::timestamptz`;
  const [counted] = await shop.tx.execute<Record<'all' | 'new' | 'erased', string>>(sql`
    with strangers as (
      select ${guestIdOf(sql`t.key`)} as id, t.* from ${told}
      where not exists (select from customers c where c.shop_id = ${shop.shopId} and c.email_key = t.key and c.deleted_at is null)),
    erased as (
      select from strangers s join customers g on g.shop_id = ${shop.shopId} and g.id = s.id where g.consent_state = 'redacted'),
    kept as (
      insert into customers as g (shop_id, id, deleted_at, refusals_left_at, consent_state, consent_updated_at, suppressed, suppressed_at)
      select ${shop.shopId}, id, ${moment}, ${moment}, case when unsubscribed then 'unsubscribed' else 'not_subscribed' end,
        case when unsubscribed then at end, suppressed, case when suppressed is not null then at end
      from strangers order by id
      on conflict (shop_id, id) do update set refusals_left_at = coalesce(g.refusals_left_at, excluded.refusals_left_at),
        consent_state = case when excluded.consent_state = 'unsubscribed' then 'unsubscribed' else g.consent_state end,
        consent_updated_at = case when excluded.consent_state = 'unsubscribed'
          then greatest(case when g.consent_state = 'unsubscribed' then g.consent_updated_at end, excluded.consent_updated_at)
          else g.consent_updated_at end,
        suppressed = greatest(g.suppressed, excluded.suppressed),
        suppressed_at = case when greatest(g.suppressed, excluded.suppressed) is distinct from g.suppressed
          then excluded.suppressed_at else g.suppressed_at end
      where g.consent_state <> 'redacted' and (g.refusals_left_at is null and g.merged_into is not null
        or excluded.consent_state = 'unsubscribed' and (g.consent_state <> 'unsubscribed'
          or coalesce(g.consent_updated_at, '-infinity') < excluded.consent_updated_at)
        or greatest(g.suppressed, excluded.suppressed) is distinct from g.suppressed)
      returning id)
    select (select count(*) from strangers) as all, (select count(*) from kept) as new, (select count(*) from erased) as erased`);
  const [all, fresh, erased] = [Number(counted?.all ?? 0), Number(counted?.new ?? 0), Number(counted?.erased ?? 0)];
  return { remembered: fresh, rememberedBefore: all - fresh - erased, erased };
}
