/** Marketing consent as Shopify tells it, and whether Shopify knows what was changed here. */
import { and, eq, sql } from 'drizzle-orm';
import type { ConsentState } from '../domain/customer';
import { type ConsentSnapshot, newestOfEach } from '../domain/snapshot';
import { customers } from './schema';
import type { ShopScope } from './scope';

export interface ConsentChange {
  customerId: string;
  from: ConsentState;
  to: ConsentState;
  /** When it was given or withdrawn; where Shopify keeps no date, when that was told. */
  at: Date;
  /** Subscribed as before, and confirmed now. */
  confirmed: boolean;
  /** Whether the moment can be trusted: Shopify gave a date, or the state before was told as well. */
  dated: boolean;
}

interface ChangedRow extends Record<string, unknown> {
  id: string;
  before: ConsentState;
  state: ConsentState;
  at: string;
  dated: boolean;
  confirmed: boolean;
}

/**
 * Keeps the newer consent of each customer, by the time consent was given or withdrawn, then by when that was told.
 * @returns the changes of state, and subscriptions that were confirmed; a repeat changes nothing
 */
export async function applyConsents(
  shop: ShopScope,
  tellings: readonly { customerId: string; consent: ConsentSnapshot }[],
): Promise<ConsentChange[]> {
  const newest = newestOfEach(tellings.map(({ customerId: id, consent }) => ({ id, ...consent })));
  if (newest.length === 0) return [];
  const rows = await shop.tx.execute<ChangedRow>(sql`
    with told as (
      select * from jsonb_to_recordset(${JSON.stringify(newest)}::jsonb)
        as t(id text, state text, level text, "updatedAt" timestamptz, "seenAt" timestamptz)),
    before as (
      select c.id, c.consent_state, c.consent_level,
        c.consent_seen_at > '-infinity' or c.consent_updated_at is not null as was_told
      from customers c join told on told.id = c.id
      where c.shop_id = ${shop.shopId} and c.deleted_at is null
        and (coalesce(told."updatedAt", '-infinity'), told."seenAt")
          > (coalesce(c.consent_updated_at, '-infinity'), c.consent_seen_at)
      order by c.id for update of c)
    update customers c set consent_state = told.state, consent_level = told.level,
      consent_updated_at = told."updatedAt", consent_seen_at = told."seenAt"
    from told join before on before.id = told.id
    where c.shop_id = ${shop.shopId} and c.id = told.id
    returning c.id, before.consent_state as before, c.consent_state as state,
      c.consent_state = 'subscribed' and before.consent_state = 'subscribed'
        and c.consent_level = 'confirmed_opt_in' and before.consent_level <> 'confirmed_opt_in' as confirmed,
      coalesce(told."updatedAt", told."seenAt") as at, (told."updatedAt" is not null or before.was_told) as dated`);
  return rows
    .filter((row) => row.before !== row.state || row.confirmed)
    .map((row) => ({
      ...{ customerId: row.id, from: row.before, to: row.state },
      ...{ at: new Date(row.at), dated: row.dated, confirmed: row.confirmed },
    }));
}

/** Shopify knows this consent now. @returns false when it changed meanwhile: then it counts as untold again */
export async function markConsentPushed(
  shop: ShopScope,
  id: string,
  told: { state: ConsentState; updatedAt: Date | null },
): Promise<boolean> {
  const at = told.updatedAt?.toISOString() ?? null;
  const [row] = await shop.tx.execute<{ unpushed: boolean }>(sql`
    update customers set consent_unpushed = not (consent_state = ${told.state}
      and date_trunc('milliseconds', consent_updated_at) is not distinct from ${at}::timestamptz)
    where shop_id = ${shop.shopId} and id = ${id}
    returning consent_unpushed as unpushed`);
  return row?.unpushed !== true;
}

/** Customers whose consent change Shopify has not accepted yet. */
export async function findUnpushedConsents(shop: ShopScope): Promise<string[]> {
  const rows = await shop.tx
    .select({ id: customers.id })
    .from(customers)
    .where(and(eq(customers.shopId, shop.shopId), eq(customers.consentUnpushed, true)));
  return rows.map((row) => row.id);
}

/** What a push to Shopify needs of a customer; null when there is none. */
export async function findConsent(shop: ShopScope, id: string) {
  const [row] = await shop.tx
    .select({
      id: customers.id,
      state: customers.consentState,
      level: customers.consentLevel,
      updatedAt: customers.consentUpdatedAt,
      deletedAt: customers.deletedAt,
      mergedInto: customers.mergedInto,
    })
    .from(customers)
    .where(and(eq(customers.shopId, shop.shopId), eq(customers.id, id)));
  return row ?? null;
}
