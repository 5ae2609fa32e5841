/** Two rows turn out to be one person: a guest becomes a customer, or the owner merges two customers. */
import { sql } from 'drizzle-orm';
import { VIP_TAG } from '../domain/audience';
import { guestIdOf } from './guests';
import type { ShopScope } from './scope';

/**
 * Gives everything that refers to `from` to `to`, keeps every refusal of either, and leaves a tombstone that points on.
 * An enrollment that `to` was already in stays with `from`, to be ended there. `to` must exist. Harmless to repeat.
 */
export async function movePerson(
  shop: ShopScope,
  { from, to, at }: { from: string; to: string; at: Date },
): Promise<void> {
  const { tx, shopId } = shop;
  for (const table of ['orders', 'checkouts', 'decisions', 'clicks']) {
    await tx.execute(sql`update ${sql.identifier(table)} set customer_id = ${to}
      where shop_id = ${shopId} and customer_id = ${from}`);
  }
  await tx.execute(sql`
    update enrollments e set customer_id = ${to}
    where e.shop_id = ${shopId} and e.customer_id = ${from} and not exists (
      select from enrollments other where other.shop_id = e.shop_id and other.customer_id = ${to}
        and other.scenario = e.scenario and other.occurrence = e.occurrence)`);
  // A message goes with its enrollment; those already sent count towards the person's cap in any case.
  await tx.execute(sql`
    update messages m set customer_id = ${to} from enrollments e
    where m.shop_id = ${shopId} and m.customer_id = ${from} and e.shop_id = m.shop_id and e.id = m.enrollment_id
      and (e.customer_id = ${to} or m.status <> 'planned')`);
  await tx.execute(sql`
    update codes c set customer_id = ${to} from enrollments e
    where c.shop_id = ${shopId} and c.customer_id = ${from} and e.shop_id = c.shop_id and e.id = c.enrollment_id
      and e.customer_id = ${to}`);
  await keepRefusals(shop, from, to);
  await tx.execute(sql`
    update customers set merged_into = ${to}, deleted_at = coalesce(deleted_at, ${at.toISOString()}::timestamptz),
      email = null, email_key = null, first_name = null, last_name = null, birth_date = null,
      birth_date_unpushed = false, vip_since = null, vip_tag_ours = false, left_out_segment = null,
      orders_seen = 0, first_order_at = null, last_order_at = null
    where shop_id = ${shopId} and id = ${from}`);
}

/** Refusals left with an address go to whoever has it now, and nothing else does. Harmless to repeat. */
export async function handOverRefusals(shop: ShopScope, { from, to }: { from: string; to: string }): Promise<void> {
  await keepRefusals(shop, from, to);
  await claimRefusals(shop, from);
}

/** Whoever has the address took over what was left with it. */
export async function claimRefusals(shop: ShopScope, from: string): Promise<void> {
  await shop.tx.execute(sql`
    update customers set refusals_left_at = null
    where shop_id = ${shop.shopId} and id = ${from} and deleted_at is not null and refusals_left_at is not null`);
}

/**
 * What either refused stays refused: a complaint is the person's, a bounce the address's alone. The tag of the best customers is
 * still ours, unless the one who stays had it from the owner; consent goes by the later word, and for a guest a refusal is the only
 * word there is.
 */
async function keepRefusals({ tx, shopId }: ShopScope, from: string, to: string): Promise<void> {
  await tx.execute(sql`
    update customers c set
      preferences = jsonb_strip_nulls(jsonb_build_object(
        'refused', (select coalesce(jsonb_agg(distinct kind), '[]'::jsonb)
          from jsonb_array_elements((c.preferences->'refused') || (f.preferences->'refused')) as kind),
        'fewer', (c.preferences->'fewer')::boolean or (f.preferences->'fewer')::boolean,
        'language', coalesce(c.preferences->'language', f.preferences->'language'),
        'noBirthDate', coalesce(c.preferences->'noBirthDate', f.preferences->'noBirthDate'))),
      suppressed = case when f.suppressing then f.suppressed else c.suppressed end,
      suppressed_at = case when f.suppressing then f.suppressed_at else c.suppressed_at end,
      birth_date = case when not f.took_birth_date then coalesce(c.birth_date, f.birth_date) end,
      birth_date_unpushed = c.birth_date_unpushed
        or (not f.took_birth_date and c.birth_date is null and f.birth_date is not null),
      vip_since = least(c.vip_since, f.vip_since),
      vip_tag_ours = c.vip_tag_ours or (f.vip_tag_ours and not exists (
        select from unnest(c.tags) tag where lower(tag) = lower(${VIP_TAG}))),
      orders_told = greatest(c.orders_told, f.orders_told),
      consent_state = case when refusal then f.consent_state else c.consent_state end,
      consent_updated_at = case when refusal then f.consent_updated_at else c.consent_updated_at end,
      consent_seen_at = case when refusal then f.consent_seen_at else c.consent_seen_at end,
      consent_unpushed = c.consent_unpushed or refusal
    from (
      select f.*, (f.preferences ? 'noBirthDate' or t.preferences ? 'noBirthDate') as took_birth_date,
        f.consent_state in ('unsubscribed', 'redacted')
        and (coalesce(f.consent_updated_at, '-infinity'), f.consent_seen_at)
          > (coalesce(t.consent_updated_at, '-infinity'), t.consent_seen_at) as refusal,
        case f.suppressed when 'complained' then t.suppressed is distinct from 'complained'
          when 'bounced' then t.suppressed is null and (f.email_key = t.email_key or f.id = ${guestIdOf(sql`t.email_key`)}) else false end as suppressing
      from customers f join customers t on t.shop_id = f.shop_id and t.id = ${to}
      where f.shop_id = ${shopId} and f.id = ${from}) f
    where c.shop_id = ${shopId} and c.id = ${to} and c.deleted_at is null`);
}
