/** Looks how the store looks: logo, colors, fonts and links of its published theme. Bound to `brand.look`; asked by the owner too. */
import type { FoundBrand } from '../domain/brand';
import type { AskTheme } from '../gateways/shopify/theme-questions';
import type { Clock } from '../lib/clock';
import type { Logger } from '../log.server';
import { type Db, inShop } from '../store/scope';
import { saveFoundBrand } from '../store/shop-settings';
import { findShopRow } from '../store/shops';

export interface LookParts {
  db: Db;
  clock: Clock;
  log: Logger;
  askTheme: AskTheme;
}

/** What was found stands apart from what the owner chose, and never replaces it. Null: the shop is not installed. */
export type LookForBrand = (job: { shopId: number }) => Promise<FoundBrand | null>;

/** @throws AdminError when Shopify could not be asked just now */
export function makeLookForBrand({ db, clock, log, askTheme }: LookParts): LookForBrand {
  return async ({ shopId }) => {
    const row = await inShop(db, shopId, findShopRow);
    if (!row?.installedAt || row.uninstalledAt) return null;
    const told = await askTheme(row.domain);
    const found: FoundBrand = { ...told, at: clock.now().toISOString() };
    await inShop(db, shopId, (shop) => saveFoundBrand(shop, found));
    log.info({ event: 'brand.looked', shopId, state: found.state });
    return found;
  };
}
