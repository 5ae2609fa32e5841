/** Called after every login to Shopify (twice at the same time on the first): makes the shop ours once, and starts its import. */
import { isAdminError } from '../../gateways/shopify/admin-error';
import { endEverything } from '../../store/enrollments';
import { resetImports, retryFailedImports } from '../../store/imports';
import { inShop } from '../../store/scope';
import { ensureShopId } from '../../store/shop-domains';
import { markInstalled } from '../../store/shops';
import { type ImportParts, importShopItself } from './import-shop';

export type Installer = (session: { shopDomain: string; scopes: string }) => Promise<void>;

/**
 * A first install or a reinstall imports everything; any further login only notes the scopes. What a former install left
 * (settings, history, refusals) is as it was.
 */
export function makeInstaller(parts: Pick<ImportParts, 'db' | 'queue' | 'store' | 'clock' | 'log'>): Installer {
  return async ({ shopDomain, scopes }) => {
    const shopId = await ensureShopId(parts.db, shopDomain);
    const isNew = await inShop(parts.db, shopId, async (shop) => {
      const installed = await markInstalled(shop, { domain: shopDomain, scopes, at: parts.clock.now() });
      if (!installed) return false;
      // Also where app/uninstalled never came: what a former install had begun is over.
      await endEverything(shop, parts.clock.now());
      await resetImports(shop);
      await parts.queue.enqueue(shop, 'brand.look', [{ shopId }]);
      await parts.queue.enqueue(shop, 'shop.import', [{ shopId }]);
      await parts.queue.enqueue(shop, 'subuser.settle', [{ shopId }]);
      return true;
    });
    if (!isNew) return;
    parts.log.info({ event: 'shop.installed', shopId });
    try {
      // So that the first page already knows the shop's name and language; the import asks again if this fails.
      await importShopItself(parts, shopId, shopDomain);
    } catch (error) {
      if (!isAdminError(error)) throw error;
      parts.log.warn({ event: 'shop.not-read', shopId, why: error.kind });
    }
  };
}

/** The owner asks to try again what failed. Answers whether anything had. */
export function makeRetryImport({
  db,
  queue,
}: Pick<ImportParts, 'db' | 'queue'>): (shopId: number) => Promise<boolean> {
  return (shopId) =>
    inShop(db, shopId, async (shop) => {
      const any = await retryFailedImports(shop);
      if (any) await queue.enqueue(shop, 'shop.import', [{ shopId }]);
      return any;
    });
}
