/** Since when a shop sends from a domain of its own. Rules: `domain/domain-ramp`. */
import { and, eq, isNull } from 'drizzle-orm';
import { senderDomains } from './schema';
import type { ShopScope } from './scope';

export interface SenderDomain {
  chosenAt: Date;
  firstSentAt: Date | null;
}

/** Null where it was never chosen. */
export async function findSenderDomain(shop: ShopScope, domain: string): Promise<SenderDomain | null> {
  const { chosenAt, firstSentAt } = senderDomains;
  const [row] = await shop.tx.select({ chosenAt, firstSentAt }).from(senderDomains).where(ofShop(shop, domain));
  return row ?? null;
}

/** The owner chose an address there. What was known of the domain stays. */
export async function chooseSenderDomain(shop: ShopScope, domain: string, at: Date): Promise<void> {
  await shop.tx.insert(senderDomains).values({ shopId: shop.shopId, domain, chosenAt: at }).onConflictDoNothing();
}

/** SendGrid took an e-mail from there; only the first time counts. */
export async function beginSenderDomain(shop: ShopScope, domain: string, at: Date): Promise<void> {
  await chooseSenderDomain(shop, domain, at);
  await shop.tx
    .update(senderDomains)
    .set({ firstSentAt: at })
    .where(and(ofShop(shop, domain), isNull(senderDomains.firstSentAt)));
}

const ofShop = (shop: ShopScope, domain: string) =>
  and(eq(senderDomains.shopId, shop.shopId), eq(senderDomains.domain, domain));
