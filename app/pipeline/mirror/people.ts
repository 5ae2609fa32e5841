/** Whose order or checkout it is: by Shopify's customer, else by address in any case, else a guest of that address. */
import { emailKey } from '../../domain/customer';
import type { DomainEvent } from '../../domain/event';
import type { CustomerSnapshot, Version } from '../../domain/snapshot';
import { applyConsents } from '../../store/customer-consent';
import { countOrders, ensureCustomers, followMerges, upsertCustomers } from '../../store/customers';
import { forwardAddress, lateTellings, ownersThen } from '../../store/former-addresses';
import { ensureGuests, findCustomersByEmail, findUnclaimedGuests, guestId } from '../../store/guests';
import { claimRefusals, handOverRefusals, movePerson } from '../../store/move-person';
import type { ShopScope } from '../../store/scope';
import { consentEvents } from './consent';

/** What an order or a checkout says of its shopper. */
export interface Shopper extends Version {
  customerId: string | null;
  email: string | null;
  locale?: string | null;
  country?: string | null;
  customer?: CustomerSnapshot;
}

export interface Resolved {
  personId: string | null;
  emailKey: string | null;
}

/**
 * Finds or makes the row of each shopper, in the order given.
 * @returns beside them what was learned on the way: consent told inside an order, guests who turn out to be customers
 */
export async function resolveShoppers(
  shop: ShopScope,
  shoppers: readonly Shopper[],
  now: Date,
): Promise<{ people: Resolved[]; events: DomainEvent[] }> {
  const events = await keepTold(shop, shoppers, now);
  const ids = shoppers.flatMap(({ customerId }) => customerId ?? []);
  const merged = await followMerges(shop, ids);
  const strangers = shoppers.filter((one) => one.customerId === null && one.email !== null);
  const byEmail = await findCustomersByEmail(shop, strangers.flatMap(keyOf));
  const ownerThen = await ownersThen(
    shop,
    strangers.flatMap(keyOf).filter((key) => !byEmail.has(key)),
  );
  const ownerOf = (one: Shopper, key: string) => byEmail.get(key) ?? ownerThen(key, one.seenAt);
  await ensureGuests(
    shop,
    strangers.flatMap((one) =>
      one.email === null || ownerOf(one, emailKey(one.email)) !== undefined
        ? []
        : {
            ...{ email: one.email, locale: one.locale ?? null, country: one.country ?? null },
            ...{ updatedAt: one.updatedAt, seenAt: one.seenAt },
          },
    ),
  );
  const people = shoppers.map((one): Resolved => {
    const key = one.email === null ? null : emailKey(one.email);
    if (one.customerId !== null) return { personId: merged.get(one.customerId) ?? one.customerId, emailKey: key };
    return { personId: key === null ? null : (ownerOf(one, key) ?? guestId(key)), emailKey: key };
  });
  return { people, events };
}

/** The customers these orders and checkouts carry inside them. */
async function keepTold(shop: ShopScope, shoppers: readonly Shopper[], now: Date): Promise<DomainEvent[]> {
  const told = shoppers.flatMap(({ customer }) => customer ?? []);
  await ensureCustomers(
    shop,
    shoppers.flatMap(({ customerId, customer, email }) =>
      customerId === null || customer ? [] : { id: customerId, email },
    ),
  );
  await upsertCustomers(shop, told, now);
  const forwarded = await forwardLate(shop, told, now);
  const changes = await applyConsents(
    shop,
    told.flatMap(({ id, consent }) => (consent ? { customerId: id, consent } : [])),
  );
  const keys = shoppers.flatMap((one) => (one.customerId === null ? [] : [...keyOf(one), ...keyOf(one.customer)]));
  return [...consentEvents(changes), ...forwarded, ...(await adoptGuests(shop, keys, now))];
}

/** Customers who were merged before we were told of them: what guests of their addresses left until then is the kept one's. */
export async function forwardLate(
  shop: ShopScope,
  tellings: readonly { id: string; email: string | null }[],
  now: Date,
): Promise<DomainEvent[]> {
  const late = await lateTellings(shop, tellings);
  const events: DomainEvent[] = [];
  for (const one of late) {
    const guest = await forwardAddress(shop, one);
    if (guest) events.push({ type: 'customer.merged', customerId: guest, into: one.into, at: now });
  }
  await countOrders(
    shop,
    late.map(({ into }) => into),
  );
  return events;
}

/** Guests whose address now belongs to a customer become that customer, with all that refers to them. */
export async function adoptGuests(shop: ShopScope, keys: readonly string[], now: Date): Promise<DomainEvent[]> {
  const guests = await findUnclaimedGuests(shop, keys);
  if (guests.length === 0) return [];
  const owners = await findCustomersByEmail(shop, keys);
  const events: DomainEvent[] = [];
  for (const guest of guests) {
    const owner = owners.get(guest.emailKey);
    if (owner === undefined) continue;
    if (guest.refusalsAlone) {
      await handOverRefusals(shop, { from: guest.id, to: owner });
      continue;
    }
    await movePerson(shop, { from: guest.id, to: owner, at: now });
    await claimRefusals(shop, guest.id);
    events.push({ type: 'customer.merged', customerId: guest.id, into: owner, at: now });
  }
  await countOrders(
    shop,
    guests.flatMap((guest) => owners.get(guest.emailKey) ?? []),
  );
  return events;
}

function keyOf(one: { email: string | null } | undefined): string[] {
  return one?.email ? [emailKey(one.email)] : [];
}
