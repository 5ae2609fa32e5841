/**
 * Removes what is older than its time (`domain/retention`), the oldest first and at most so many rows a call, so that nobody waits for
 * a lock and the next vacuum has little to do. Nothing is taken off the daily figures. Called by `pipeline/forget`.
 */
import { type SQL, sql } from 'drizzle-orm';
import { COME_AGAIN, type Kept } from '../domain/retention';
import type { ShopScope } from './scope';

export interface Forgetting {
  table: string;
  kept: Kept;
  /** What the call removes, as a statement that gives one row for each. */
  remove(input: { shopId: number; before: string; most: number; now: string }): SQL;
}

/** A guest `g` who refused something, or whose address is dead. */
const REFUSES = sql`(g.consent_state = 'unsubscribed' or g.suppressed is not null
  or (g.preferences->'fewer')::boolean or g.preferences->'refused' <> '[]'::jsonb)`;

/** In this order for each shop: what points at a row goes before it. */
export const FORGETTING: readonly Forgetting[] = [
  {
    // The keys stay, so that a late duplicate is still known.
    table: 'inbound_events',
    kept: 'eventBodies',
    remove: ({ shopId, before, most }) => sql`
      update inbound_events set payload = ''
      where ctid = any(array(
        select ctid from inbound_events
        where shop_id = ${shopId} and processed_at is not null and payload <> '' and received_at < ${before}
        order by received_at limit ${most})) and payload <> ''
      returning 1`,
  },
  {
    table: 'inbound_events',
    kept: 'eventKeys',
    remove: ({ shopId, before, most }) => sql`
      delete from inbound_events
      where ctid = any(array(
        select ctid from inbound_events
        where shop_id = ${shopId} and payload = '' and processed_at is not null and received_at < ${before}
        order by received_at limit ${most})) and processed_at is not null
      returning 1`,
  },
  {
    // Ids rise with time: the oldest are first in the primary key. With the end of a birthday or of a period among the best go its
    // enrollment and its code.
    table: 'decisions',
    kept: 'timelines',
    remove: ({ shopId, before, most }) => sql`
      with gone as (
        delete from decisions
        where shop_id = ${shopId} and at < ${before}
          and id = any(array(select id from decisions where shop_id = ${shopId} order by id limit ${most}))
        returning kind, scenario, enrollment_id),
      over as (
        delete from enrollments e using gone
        where gone.kind = 'ended' and gone.scenario = any(${sql.param([...COME_AGAIN])}::text[])
          and e.shop_id = ${shopId} and e.id = gone.enrollment_id and e.status <> 'active'
        returning e.id),
      given as (
        delete from codes c using over where c.shop_id = ${shopId} and c.enrollment_id = over.id)
      select 1 from gone`,
  },
  {
    // Ids are of version 7: they rise with time too. What may still go out is never that old.
    table: 'messages',
    kept: 'timelines',
    remove: ({ shopId, before, most }) => sql`
      with gone as (
        delete from messages
        where shop_id = ${shopId} and planned_at < ${before}
          and status not in ('planned', 'claimed', 'handed-over', 'unsettled')
          and id = any(array(select id from messages where shop_id = ${shopId} order by id limit ${most}))
        returning id),
      clicked as (
        delete from clicks c using gone where c.shop_id = ${shopId} and c.message_id = gone.id)
      select 1 from gone`,
  },
  {
    // With them go the enrollments they began, the codes of those, and the address of a guest who left nothing else: what the guest
    // refused stays with its hash. A cart touched again is told anew, and brings its guest back.
    table: 'checkouts',
    kept: 'timelines',
    remove: ({ shopId, before, most, now }) => sql`
      with gone as (
        delete from checkouts
        where ctid = any(array(
          select ctid from checkouts k
          where shop_id = ${shopId} and source_created_at < ${before} and source_updated_at < ${before}
            and not exists (select from enrollments e
              where e.shop_id = k.shop_id and e.scenario = 'abandoned-checkout' and e.customer_id = k.customer_id
                and e.occurrence = k.id and e.status = 'active')
          order by source_created_at limit ${most}))
        returning id, customer_id),
      ended as (
        delete from enrollments e using gone
        where e.shop_id = ${shopId} and e.scenario = 'abandoned-checkout' and e.customer_id = gone.customer_id
          and e.occurrence = gone.id and e.status <> 'active'
        returning e.id),
      given as (
        delete from codes c using ended where c.shop_id = ${shopId} and c.enrollment_id = ended.id),
      guests as (
        update customers g set deleted_at = ${now}, email = null, email_key = null, first_name = null, last_name = null,
          birth_date = null, refusals_left_at = case when ${REFUSES} then ${now}::timestamptz end
        where g.shop_id = ${shopId} and g.id = any(select customer_id from gone where customer_id like 'guest:%')
          and g.deleted_at is null and g.consent_state <> 'subscribed'
          and not exists (select from checkouts k where k.shop_id = g.shop_id and k.customer_id = g.id
            and (k.source_created_at >= ${before} or k.source_updated_at >= ${before}))
          and not exists (select from orders o where o.shop_id = g.shop_id and o.customer_id = g.id)
          and not exists (select from orders o where o.shop_id = g.shop_id and o.email_key = g.email_key)
          and not exists (select from enrollments e where e.shop_id = g.shop_id and e.customer_id = g.id
            and (e.status = 'active' or e.scenario <> 'abandoned-checkout')))
      select 1 from gone`,
  },
  {
    // Ids are of version 7. One that Shopify still has, as it could not be told yet, stays.
    table: 'discounts',
    kept: 'timelines',
    remove: ({ shopId, before, most }) => sql`
      delete from discounts
      where shop_id = ${shopId} and ends_at < ${before} and tidied_at is not null
        and id = any(array(select id from discounts where shop_id = ${shopId} order by id limit ${most}))
      returning 1`,
  },
  {
    // What has no day stands on the first of January 1970.
    table: 'daily_counts',
    kept: 'dailyFigures',
    remove: ({ shopId, before, most }) => sql`
      delete from daily_counts
      where ctid = any(array(
        select ctid from daily_counts
        where shop_id = ${shopId} and day > '1970-01-01' and day < ${before}::timestamptz::date limit ${most}))
      returning 1`,
  },
  {
    table: 'data_requests',
    kept: 'dataRequests',
    remove: ({ shopId, before, most }) => sql`
      delete from data_requests
      where ctid = any(array(
        select ctid from data_requests where shop_id = ${shopId} and collected_at < ${before} limit ${most}))
      returning 1`,
  },
  {
    table: 'refusal_rows',
    kept: 'undecidedLists',
    remove: ({ shopId, before, most }) => sql`
      delete from refusal_rows
      where ctid = any(array(
        select r.ctid from refusal_rows r join refusal_lists l on l.shop_id = r.shop_id and l.id = r.list_id
        where r.shop_id = ${shopId} and l.status in ('reading', 'read') and l.uploaded_at < ${before} limit ${most}))
      returning 1`,
  },
  {
    table: 'refusal_lists',
    kept: 'undecidedLists',
    remove: ({ shopId, before }) => sql`
      delete from refusal_lists l
      where shop_id = ${shopId} and status in ('reading', 'read') and uploaded_at < ${before}
        and not exists (select from refusal_rows r where r.shop_id = l.shop_id and r.list_id = l.id)
      returning 1`,
  },
  {
    table: 'preview_links',
    kept: 'previewLinks',
    remove: ({ shopId, before, most }) => sql`
      delete from preview_links
      where ctid = any(array(
        select ctid from preview_links where shop_id = ${shopId} and created_at < ${before} order by created_at limit ${most}))
      returning 1`,
  },
];

/** @returns how many rows went; fewer than `most` where no more are that old */
export async function forgetSome(
  shop: ShopScope,
  forgetting: Forgetting,
  { before, now, most }: { before: Date; now: Date; most: number },
): Promise<number> {
  const [from, at] = [before.toISOString(), now.toISOString()];
  const rows = await shop.tx.execute(forgetting.remove({ shopId: shop.shopId, before: from, now: at, most }));
  return rows.length;
}
