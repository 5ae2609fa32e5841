/** Addresses of customers who were merged away: what is told late of the time before belongs to the one who was kept. */
import { and, eq, inArray, isNotNull, type SQL, sql } from 'drizzle-orm';
import { emailKey } from '../domain/customer';
import { followMerges } from './customers';
import { guestId } from './guests';
import { movePerson } from './move-person';
import { customers } from './schema';
import type { ShopScope } from './scope';

export interface Forwarding {
  emailKey: string;
  /** The customer who was kept. */
  into: string;
  /** When Shopify told of the merge. */
  at: Date;
}

/**
 * Remembers, as a guest who is not there, whose the address was until then, and hands over what guests of the address
 * left before. Checkouts and orders told since stay with their guest.
 * @returns the guest that became the customer whole, if one did
 */
export async function forwardAddress(shop: ShopScope, forwarding: Forwarding): Promise<string | null> {
  const id = guestId(forwarding.emailKey);
  const [guest] = await shop.tx
    .select({ deletedAt: customers.deletedAt })
    .from(customers)
    .where(and(eq(customers.shopId, shop.shopId), eq(customers.id, id)))
    .for('update');
  if (guest && !guest.deletedAt) {
    await handOverOlder(shop, id, forwarding);
    if (await hasLeftAnything(shop, id)) return null;
  }
  if (guest) await movePerson(shop, { from: id, to: forwarding.into, at: forwarding.at });
  await shop.tx
    .insert(customers)
    .values({ shopId: shop.shopId, id, mergedInto: forwarding.into, deletedAt: forwarding.at })
    .onConflictDoUpdate({
      target: [customers.shopId, customers.id],
      set: { mergedInto: forwarding.into, deletedAt: sql`greatest(${customers.deletedAt}, excluded.deleted_at)` },
    });
  return guest && !guest.deletedAt ? id : null;
}

/** The address a living customer has, before a merge takes it away. */
export async function addressOf(shop: ShopScope, id: string): Promise<string | null> {
  const [row] = await shop.tx
    .select({ emailKey: customers.emailKey })
    .from(customers)
    .where(and(eq(customers.shopId, shop.shopId), eq(customers.id, id)));
  return row?.emailKey ?? null;
}

/** Tellings that come after the merge of the customer they tell of: their addresses, and whose they are now. */
export async function lateTellings(
  shop: ShopScope,
  tellings: readonly { id: string; email: string | null }[],
): Promise<Forwarding[]> {
  const told = tellings.filter(({ email }) => email !== null);
  if (told.length === 0) return [];
  const merged = await shop.tx
    .select({ id: customers.id, at: customers.deletedAt })
    .from(customers)
    .where(
      mergedAmong(
        shop,
        told.map(({ id }) => id),
      ),
    );
  if (merged.length === 0) return [];
  const kept = await followMerges(
    shop,
    merged.map(({ id }) => id),
  );
  return told.flatMap(({ id, email }) => {
    const row = merged.find((one) => one.id === id);
    const into = kept.get(id);
    return row?.at && into && email ? [{ emailKey: emailKey(email), into, at: row.at }] : [];
  });
}

/** Tells whose an address was at a moment: of those that had an owner who was merged since. */
export type OwnerThen = (emailKey: string, seenAt: string) => string | undefined;

/** Looks up the owners that these addresses had before. */
export async function ownersThen(shop: ShopScope, keys: readonly string[]): Promise<OwnerThen> {
  if (keys.length === 0) return () => undefined;
  const guests = await shop.tx
    .select({ id: customers.id, until: customers.deletedAt })
    .from(customers)
    .where(mergedAmong(shop, keys.map(guestId)));
  const until = new Map(guests.map((guest) => [guest.id, guest.until?.getTime() ?? Number.NEGATIVE_INFINITY]));
  const kept = await followMerges(shop, [...until.keys()]);
  // Merges are known to the millisecond: what was told within the same one counts as before.
  return (key, seenAt) => {
    const last = until.get(guestId(key));
    return last !== undefined && Date.parse(seenAt) <= last ? kept.get(guestId(key)) : undefined;
  };
}

function mergedAmong(shop: ShopScope, ids: string[]): SQL | undefined {
  return and(eq(customers.shopId, shop.shopId), inArray(customers.id, ids), isNotNull(customers.mergedInto));
}

async function handOverOlder(shop: ShopScope, from: string, { into, at }: Forwarding): Promise<void> {
  for (const table of ['orders', 'checkouts'])
    await shop.tx.execute(sql`
      update ${sql.identifier(table)} set customer_id = ${into}
      where shop_id = ${shop.shopId} and customer_id = ${from}
        and date_trunc('milliseconds', source_seen_at) <= ${at.toISOString()}::timestamptz`);
}

async function hasLeftAnything(shop: ShopScope, id: string): Promise<boolean> {
  const [found] = await shop.tx.execute<{ left_any: boolean }>(sql`
    select exists (select from orders where shop_id = ${shop.shopId} and customer_id = ${id})
      or exists (select from checkouts where shop_id = ${shop.shopId} and customer_id = ${id}) as left_any`);
  return found?.left_any === true;
}
