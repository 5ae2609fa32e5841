/** What a deleted customer refused, kept for their address: by its hash alone, as a guest who is not there. */
import { and, eq, isNull } from 'drizzle-orm';
import { guestId } from './guests';
import { customers } from './schema';
import type { ShopScope } from './scope';

/**
 * Called before a customer becomes a tombstone. Whoever comes back with the address, as a guest or as a new customer,
 * finds an unsubscribe, a bounce, a complaint and the kinds refused still in force.
 */
export async function leaveRefusals(shop: ShopScope, id: string, at: Date): Promise<void> {
  const [row] = await shop.tx
    .select()
    .from(customers)
    .where(and(eq(customers.shopId, shop.shopId), eq(customers.id, id), isNull(customers.deletedAt)))
    .for('update');
  if (!row?.emailKey) return;
  const { consentUpdatedAt, consentSeenAt, preferences, suppressed, suppressedAt } = row;
  const unsubscribed = row.consentState === 'unsubscribed';
  if (!unsubscribed && !suppressed && !preferences.fewer && preferences.refused.length === 0) return;
  // A subscription ends with its customer; only what was refused lives on.
  const kept = {
    ...{ preferences, suppressed, suppressedAt, mergedInto: null },
    ...(unsubscribed ? { consentState: 'unsubscribed' as const, consentUpdatedAt, consentSeenAt } : {}),
  };
  await shop.tx
    .insert(customers)
    .values({ shopId: shop.shopId, id: guestId(row.emailKey), deletedAt: at, ...kept })
    .onConflictDoUpdate({ target: [customers.shopId, customers.id], set: kept });
}
