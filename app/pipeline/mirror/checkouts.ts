/** Checkouts: changes applied to the mirror, answered with what they mean. */
import type { DomainEvent } from '../../domain/event';
import type { CheckoutSnapshot } from '../../domain/snapshot';
import { completeCheckouts, tombstoneCheckout, upsertCheckouts, type WrittenCheckout } from '../../store/checkouts';
import type { ShopScope } from '../../store/scope';
import { resolveShoppers } from './people';

/** Any number of checkouts, from a webhook, a query or the import. */
export async function applyCheckouts(
  shop: ShopScope,
  tellings: readonly CheckoutSnapshot[],
  now: Date,
): Promise<DomainEvent[]> {
  const { people, events } = await resolveShoppers(shop, tellings, now);
  const checkouts = tellings.map((checkout, index) => ({
    ...checkout,
    ...(people[index] ?? { personId: null, emailKey: null }),
  }));
  const written = await upsertCheckouts(shop, checkouts);
  const completed = await completeCheckouts(shop, { checkoutIds: checkouts.map(({ id }) => id) });
  const paid = new Map(completed.map(({ id, at }) => [id, at]));
  for (const row of written)
    events.push(...meaning({ ...row, completedAt: row.completedAt ?? paid.get(row.id) ?? null }));
  return events;
}

function meaning(row: WrittenCheckout): DomainEvent[] {
  const { id: checkoutId, personId: customerId, updatedAt: at } = row;
  if (row.completedAt) return [{ type: 'checkout.completed', checkoutId, at: row.completedAt }];
  if (row.itemCount === 0) return row.before?.itemCount ? [{ type: 'checkout.emptied', checkoutId, at }] : [];
  return customerId === null || !isNews(row) ? [] : [{ type: 'checkout.left', checkoutId, customerId, at }];
}

/** Told again without a change (the nightly question overlaps), it is not left once more. */
function isNews({ before, updatedAt, personId }: WrittenCheckout): boolean {
  return before === null || updatedAt > before.updatedAt || before.personId !== personId || before.itemCount === 0;
}

/** checkouts/delete */
export async function deleteCheckout(
  shop: ShopScope,
  gone: { id: string; currency: string; total: string; at: Date },
): Promise<DomainEvent[]> {
  const wasOpen = await tombstoneCheckout(shop, gone);
  return wasOpen ? [{ type: 'checkout.emptied', checkoutId: gone.id, at: gone.at }] : [];
}
