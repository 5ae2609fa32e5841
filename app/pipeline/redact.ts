/** The privacy topics: tell a shopper what is held of them, erase a shopper, erase a shop. Acted on, not only answered. */
import { emailKey } from '../domain/customer';
import type { DomainEvent } from '../domain/event';
import type { Person } from '../domain/snapshot';
import type { Queue } from '../queue/enqueue';
import { keepDataRequest } from '../store/data-requests';
import { collectPerson, erasePerson, eraseShop, findPerson } from '../store/erase';
import { guestId } from '../store/guests';
import { lockMirror } from '../store/locks';
import { deleteSessionsOf } from '../store/offline-tokens';
import type { ShopScope } from '../store/scope';

/** customers/data_request: collected at once, for the owner to export within Shopify's 30 days. */
export async function answerDataRequest(
  shop: ShopScope,
  { requestId, person, requestedAt, now }: { requestId: string; person: Person; requestedAt: Date; now: Date },
): Promise<void> {
  const found = await findPerson(shop, person);
  await keepDataRequest(shop, {
    id: requestId,
    customerId: idOf(person),
    requestedAt,
    collectedAt: now,
    data: await collectPerson(shop, found),
  });
}

/** Whose request it is, so that an erasure finds it: a guest goes by the address. */
function idOf({ customerId, email }: Person): string | null {
  return customerId ?? (email === null ? null : guestId(emailKey(email)));
}

/** customers/redact: erased here, and SendGrid is asked to erase the recipient. Answers what it stops. */
export async function redactCustomer(
  parts: { queue: Queue },
  shop: ShopScope,
  { person, now }: { person: Person; now: Date },
): Promise<DomainEvent[]> {
  await lockMirror(shop);
  const found = await findPerson(shop, person);
  await erasePerson(shop, found, person.orderIds, now);
  await parts.queue.enqueue(
    shop,
    'recipient.erase',
    found.emails.map((email) => ({ shopId: shop.shopId, email })),
  );
  return found.ids.map((customerId) => ({ type: 'customer.redacted', customerId, at: now }));
}

/** shop/redact: every row of the shop and its sessions. */
export async function redactShop(shop: ShopScope, domain: string): Promise<void> {
  await lockMirror(shop);
  await eraseShop(shop);
  await deleteSessionsOf(shop.tx, domain);
}
