/** Looks how the store looks: logo, colors, fonts and links of its published theme. Bound to `brand.look`; asked by the owner too. */
import type { FoundBrand } from '../domain/brand';
import { isAdminError } from '../gateways/shopify/admin-error';
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

/** What was found stands apart from what the owner chose, and never replaces it. */
export interface LookForBrand {
  /** Bound to `brand.look`: tried again until Shopify answers. */
  job(job: { shopId: number }): Promise<void>;
  /** While the owner waits. False when Shopify did not answer; what was found before stays. */
  now(shopId: number): Promise<boolean>;
}

export function makeLookForBrand(parts: LookParts): LookForBrand {
  return {
    job: ({ shopId }) => look(parts, shopId),
    async now(shopId) {
      try {
        await look(parts, shopId);
        return true;
      } catch (error) {
        if (!isAdminError(error)) throw error;
        return false;
      }
    },
  };
}

async function look({ db, clock, log, askTheme }: LookParts, shopId: number): Promise<void> {
  const row = await inShop(db, shopId, findShopRow);
  if (!row?.installedAt || row.uninstalledAt) return;
  const found: FoundBrand = { ...(await askTheme(row.domain)), at: clock.now().toISOString() };
  await inShop(db, shopId, (shop) => saveFoundBrand(shop, found));
  log.info({ event: 'brand.looked', shopId, outcome: found.state });
}
