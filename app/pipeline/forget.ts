/** How long things that hold people's data for no purpose any more are kept, of shops that are gone like of those that stay. Called by the sweep. */
import { DAY } from '../lib/duration';
import { forgetDataRequests } from '../store/data-requests';
import { forgetEvents, forgetPayloads } from '../store/inbound-events';
import { type Db, inShop, type ShopScope } from '../store/scope';
import { listShopIds } from '../store/shop-domains';

/** Bodies hold addresses; nobody needs them once applied and the time to look into a fault has passed. */
const KEEP_PAYLOADS_MS = 7 * DAY;
/** Shopify retries for hours, SendGrid for a day; a key this old is never told again. */
const KEEP_KEYS_MS = 60 * DAY;
/** An owner has 30 days to answer a customer; the copy made for that must not outlive its purpose. */
export const KEEP_DATA_REQUESTS_DAYS = 90;

/** Few enough that whatever else the sweep does need not wait. */
const SHOPS_AT_ONCE = 100;
const ROUND_EVERY_MS = DAY;

/** Each call does a part of a round through all shops; a round begins once a day. Any number of workers may do so at once. */
export function makeForgetting(db: Db): (now: Date) => Promise<void> {
  let after = 0;
  let next = 0;
  return async (now) => {
    if (now.getTime() < next) return;
    const shopIds = await listShopIds(db, { after, most: SHOPS_AT_ONCE });
    for (const shopId of shopIds) await inShop(db, shopId, (shop) => forgetOld(shop, now));
    if (shopIds.length === SHOPS_AT_ONCE) after = shopIds.at(-1) ?? 0;
    else [after, next] = [0, now.getTime() + ROUND_EVERY_MS];
  };
}

async function forgetOld(shop: ShopScope, now: Date): Promise<void> {
  await forgetPayloads(shop, new Date(now.getTime() - KEEP_PAYLOADS_MS));
  await forgetEvents(shop, new Date(now.getTime() - KEEP_KEYS_MS));
  await forgetDataRequests(shop, new Date(now.getTime() - KEEP_DATA_REQUESTS_DAYS * DAY));
}
