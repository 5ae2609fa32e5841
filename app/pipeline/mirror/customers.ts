/** Customers and their consent: one change applied to the mirror, answered with what it means. */
import { emailKey } from '../../domain/customer';
import type { DomainEvent } from '../../domain/event';
import type { ConsentSnapshot, CustomerSnapshot } from '../../domain/snapshot';
import { applyConsents } from '../../store/customer-consent';
import { countOrders, ensureCustomers, followMerges, tombstoneCustomer, upsertCustomers } from '../../store/customers';
import { addressOf, forwardAddress } from '../../store/former-addresses';
import { leaveRefusalsOfMerged } from '../../store/left-refusals';
import { movePerson } from '../../store/move-person';
import type { ShopScope } from '../../store/scope';
import { consentEvents } from './consent';
import { adoptGuests, forwardLate } from './people';

/** Any number of customers, from a webhook, a query or the import. */
export async function applyCustomers(
  shop: ShopScope,
  tellings: readonly CustomerSnapshot[],
  now: Date,
): Promise<DomainEvent[]> {
  await upsertCustomers(shop, tellings, now);
  const changes = await applyConsents(
    shop,
    tellings.flatMap(({ id, consent }) => (consent ? { customerId: id, consent } : [])),
  );
  const keys = tellings.flatMap(({ email }) => (email === null ? [] : emailKey(email)));
  const forwarded = await forwardLate(shop, tellings, now);
  const adopted = await adoptGuests(shop, keys, now);
  await countOrders(
    shop,
    tellings.map(({ id }) => id),
  );
  return [...consentEvents(changes), ...forwarded, ...adopted];
}

/** customers_email_marketing_consent/update */
export async function applyConsent(
  shop: ShopScope,
  told: { customerId: string; email: string | null; consent: ConsentSnapshot },
  now: Date,
): Promise<DomainEvent[]> {
  const customerId = (await followMerges(shop, [told.customerId])).get(told.customerId) ?? told.customerId;
  await ensureCustomers(shop, [{ id: customerId, email: told.email }]);
  const changes = await applyConsents(shop, [{ customerId, consent: told.consent }]);
  const adopted = told.email === null ? [] : await adoptGuests(shop, [emailKey(told.email)], now);
  return [...consentEvents(changes), ...adopted];
}

/** customers/delete */
export async function deleteCustomer(shop: ShopScope, customerId: string, at: Date): Promise<DomainEvent[]> {
  const gone = await tombstoneCustomer(shop, customerId, at);
  return gone ? [{ type: 'customer.deleted', customerId, at }] : [];
}

/** customers/merge, once Shopify has completed it */
export async function mergeCustomers(
  shop: ShopScope,
  { kept, gone, at }: { kept: string; gone: string; at: Date },
): Promise<DomainEvent[]> {
  await ensureCustomers(shop, [
    { id: kept, email: null },
    { id: gone, email: null },
  ]);
  const [into, from] = [(await followMerges(shop, [kept])).get(kept) ?? kept, gone];
  if (into === from) return [];
  const address = await addressOf(shop, from);
  await movePerson(shop, { from, to: into, at });
  if (address !== null) {
    await forwardAddress(shop, { emailKey: address, into, at });
    await leaveRefusalsOfMerged(shop, { id: from, emailKey: address, into, at });
  }
  await countOrders(shop, [into]);
  return [{ type: 'customer.merged', customerId: from, into, at }];
}
