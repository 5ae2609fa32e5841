/** Since when a shop sends from a domain of its own. Rules: `domain/domain-ramp`. */
import { and, eq, sql } from 'drizzle-orm';
import { idleSince, type SentFrom } from '../domain/domain-ramp';
import { senderDomains } from './schema';
import type { ShopScope } from './scope';

export interface SenderDomain extends SentFrom {
  chosenAt: Date;
}

/** Null where it was never chosen. */
export async function findSenderDomain(shop: ShopScope, domain: string): Promise<SenderDomain | null> {
  const { chosenAt, firstSentAt: firstAt, lastSentAt: lastAt } = senderDomains;
  const [row] = await shop.tx.select({ chosenAt, firstAt, lastAt }).from(senderDomains).where(ofShop(shop, domain));
  return row ?? null;
}

/** The owner chose an address there. What was known of the domain stays. */
export async function chooseSenderDomain(shop: ShopScope, domain: string, at: Date): Promise<void> {
  await shop.tx.insert(senderDomains).values({ shopId: shop.shopId, domain, chosenAt: at }).onConflictDoNothing();
}

/** SendGrid took an e-mail from there. The days count from the first one, or from the first after it had gone idle. */
export async function noteSentFrom(shop: ShopScope, domain: string, at: Date): Promise<void> {
  await chooseSenderDomain(shop, domain, at);
  const idle = sql`${senderDomains.lastSentAt} <= ${idleSince(at).toISOString()}`;
  await shop.tx
    .update(senderDomains)
    .set({
      firstSentAt: sql`case when ${senderDomains.firstSentAt} is null or ${idle} then ${at.toISOString()}::timestamptz
        else ${senderDomains.firstSentAt} end`,
      lastSentAt: sql`greatest(${senderDomains.lastSentAt}, ${at.toISOString()}::timestamptz)`,
    })
    .where(ofShop(shop, domain));
}

const ofShop = (shop: ShopScope, domain: string) =>
  and(eq(senderDomains.shopId, shop.shopId), eq(senderDomains.domain, domain));
