/** What shoppers refused: bounces, complaints, withdrawn consent, preferences. */
import { and, desc, eq, gte, inArray, isNull, lte, ne, or } from 'drizzle-orm';
import type { Preferences } from '../domain/customer';
import { isGuest } from './guests';
import { clicks, customers, messages } from './schema';
import type { ShopScope } from './scope';

/** Who may subscribe on the preference page. One that waits for a double opt-in is confirmed by the shop's own e-mail. */
export const MAY_SUBSCRIBE = ['unsubscribed', 'not_subscribed'] as const;

/** Stops all mail to this address from now on; the first reason stays. */
export async function suppressCustomer(
  shop: ShopScope,
  id: string,
  { why, at }: { why: 'bounced' | 'complained'; at: Date },
): Promise<void> {
  await shop.tx
    .update(customers)
    .set({ suppressed: why, suppressedAt: at })
    .where(and(eq(customers.shopId, shop.shopId), eq(customers.id, id), isNull(customers.suppressed)));
}

/**
 * Withdraws marketing consent, unless it is withdrawn already, or was given anew since: a late event undoes nothing newer.
 * It counts as untold until Shopify has accepted it.
 * @returns whether anything changed, so that Shopify must be told
 */
export async function withdrawConsent(shop: ShopScope, id: string, at: Date): Promise<boolean> {
  const rows = await shop.tx
    .update(customers)
    .set({ consentState: 'unsubscribed', consentUpdatedAt: at, consentUnpushed: !isGuest(id) })
    .where(
      and(
        eq(customers.shopId, shop.shopId),
        eq(customers.id, id),
        ne(customers.consentState, 'unsubscribed'),
        or(isNull(customers.consentUpdatedAt), lte(customers.consentUpdatedAt, at)),
      ),
    )
    .returning({ id: customers.id });
  return rows.length > 0;
}

/**
 * Gives consent, because the shopper said in so many words that they want the e-mails; nothing else they keep or take back on
 * the preference page does. Not from an address nothing may be sent to. It is confirmed: the way to that page is a link in an
 * e-mail to this very address. Answers whether anything changed.
 */
export async function giveConsent(shop: ShopScope, id: string, at: Date): Promise<boolean> {
  const rows = await shop.tx
    .update(customers)
    .set({
      ...{ consentState: 'subscribed', consentLevel: 'confirmed_opt_in' },
      ...{ consentUpdatedAt: at, consentUnpushed: !isGuest(id) },
    })
    .where(
      and(
        eq(customers.shopId, shop.shopId),
        eq(customers.id, id),
        inArray(customers.consentState, [...MAY_SUBSCRIBE]),
        isNull(customers.suppressed),
      ),
    )
    .returning({ id: customers.id });
  return rows.length > 0;
}

/** Keeps what the shopper chose on the preference page. */
export async function savePreferences(shop: ShopScope, id: string, preferences: Preferences): Promise<void> {
  await shop.tx
    .update(customers)
    .set({ preferences })
    .where(and(eq(customers.shopId, shop.shopId), eq(customers.id, id)));
}

/** One customer's row, or null. */
export async function findCustomerRow(shop: ShopScope, id: string) {
  const [row] = await shop.tx
    .select()
    .from(customers)
    .where(and(eq(customers.shopId, shop.shopId), eq(customers.id, id)));
  return row ?? null;
}

/** The last time a person clicked an e-mail of ours to this customer within these moments; its message and scenario. */
export async function lastPersonClick(shop: ShopScope, customerId: string, { from, to }: { from: Date; to: Date }) {
  const [row] = await shop.tx
    .select({ messageId: clicks.messageId, scenario: messages.scenario, at: clicks.at })
    .from(clicks)
    .innerJoin(messages, and(eq(messages.shopId, clicks.shopId), eq(messages.id, clicks.messageId)))
    .where(
      and(
        eq(clicks.shopId, shop.shopId),
        eq(clicks.customerId, customerId),
        eq(clicks.person, true),
        gte(clicks.at, from),
        lte(clicks.at, to),
      ),
    )
    .orderBy(desc(clicks.at))
    .limit(1);
  return row ?? null;
}
