/** What concerns the installation and privacy rather than the mirror: uninstall, scopes, a finished import, the privacy topics. Called by `route-event`. */
import { exactTimeOf, type StoreChange } from '../domain/snapshot';
import { isAdminError } from '../gateways/shopify/admin-error';
import type { StoreQuestions } from '../gateways/shopify/store-questions';
import type { Clock } from '../lib/clock';
import { unreachable } from '../lib/invariant';
import type { Queue } from '../queue/enqueue';
import { forgetRefusals } from '../store/discounts';
import { endEverything } from '../store/enrollments';
import { claimInboundEvent, finishInboundEvent, type InboundRow } from '../store/inbound-events';
import { deleteSessionsOf } from '../store/offline-tokens';
import { type Db, inShop, type ShopScope } from '../store/scope';
import { findShopId } from '../store/shop-domains';
import { markUninstalled, type ShopRow, setGrantedScopes } from '../store/shops';
import { answerDataRequest, redactCustomer, redactShop } from './redact';
import type { React } from './route-event';
import { pushAllTags } from './vip-tag-push';

export type InstallationChange = Extract<
  StoreChange,
  {
    kind:
      | 'app-uninstalled'
      | 'scopes-changed'
      | 'bulk-finished'
      | 'data-requested'
      | 'customer-redacted'
      | 'shop-redacted';
  }
>;

export interface InstallationParts {
  db: Db;
  queue: Queue;
  clock: Clock;
  store: StoreQuestions;
  react: React;
}

interface Told {
  shopId: number;
  event: InboundRow;
  change: InstallationChange;
  /** Null when the shop was never installed, or erased. */
  row: ShopRow | null;
  /** When Shopify told it. */
  at: Date;
}

/** @returns the outcome, or null when somebody else dealt with the event */
export async function applyInstallation(parts: InstallationParts, told: Told): Promise<string | null> {
  const refusal = await refuse(parts, told);
  return inShop(parts.db, told.shopId, async (shop) => {
    if (!(await claimInboundEvent(shop, told.event))) return null;
    const now = parts.clock.now();
    const outcome = refusal === null ? 'applied' : `ignored: ${refusal}`;
    if (refusal === null) await act(parts, shop, told, now);
    await finishInboundEvent(shop, told.event, { outcome, at: now });
    return outcome;
  });
}

/** Why nothing is done, or null. The header's shop is a claim: what destroys is compared with what the signed body names. */
async function refuse(parts: InstallationParts, { shopId, change, row, at }: Told): Promise<string | null> {
  switch (change.kind) {
    case 'app-uninstalled':
      if (!row?.installedAt || row.uninstalledAt) return 'not-installed';
      if (change.shopDomain !== null && change.shopDomain !== row.domain) return 'other-shop';
      if (row.shopifyId !== null && change.shopifyId !== null && change.shopifyId !== row.shopifyId)
        return 'other-shop';
      if (at <= row.installedAt) return 'former-install';
      return (await isStillInstalled(parts, row.domain)) ? 'still-installed' : null;
    case 'shop-redacted': {
      if (await namesAnother(parts, shopId, change.shopDomain)) return 'other-shop';
      if (!row?.installedAt || row.uninstalledAt) return null;
      if (at <= row.installedAt) return 'former-install';
      return (await isStillInstalled(parts, row.domain)) ? 'still-installed' : null;
    }
    case 'data-requested':
    case 'customer-redacted':
      return (await namesAnother(parts, shopId, change.shopDomain)) ? 'other-shop' : null;
    case 'scopes-changed':
    case 'bulk-finished':
      return row?.installedAt && !row.uninstalledAt ? null : 'not-installed';
    default:
      return unreachable(change);
  }
}

async function namesAnother({ db }: InstallationParts, shopId: number, domain: string | null): Promise<boolean> {
  return domain === null || (await findShopId(db, domain.toLowerCase())) !== shopId;
}

/**
 * Whether our token still opens the shop. A body signed long ago can be sent again by anyone who kept it; a token that
 * works proves that this is such a one. Out of reach counts as gone: sending must stop at once.
 */
async function isStillInstalled({ store, clock }: InstallationParts, shopDomain: string): Promise<boolean> {
  try {
    await store.shop({ shopDomain, seenAt: exactTimeOf(clock.now()) });
    return true;
  } catch (error) {
    if (isAdminError(error)) return false;
    throw error;
  }
}

async function act(parts: InstallationParts, shop: ShopScope, { change, row, at }: Told, now: Date): Promise<void> {
  switch (change.kind) {
    case 'app-uninstalled':
      await markUninstalled(shop, now);
      await endEverything(shop, now);
      await parts.queue.enqueue(shop, 'subuser.settle', [{ shopId: shop.shopId }]);
      return deleteSessionsOf(shop.tx, row?.domain ?? '');
    case 'scopes-changed':
      await setGrantedScopes(shop, change.scopes);
      if (row?.foundBrand?.state === 'not-allowed' && change.scopes.includes('read_themes'))
        await parts.queue.enqueue(shop, 'brand.look', [{ shopId: shop.shopId }]);
      await forgetRefusals(shop);
      return pushAllTags(parts, shop);
    case 'bulk-finished':
      return parts.queue.enqueue(shop, 'shop.import', [{ shopId: shop.shopId }]);
    case 'data-requested': {
      const { requestId, person } = change;
      return answerDataRequest(shop, { requestId, person, requestedAt: at, now });
    }
    case 'customer-redacted':
      return parts.react(shop, await redactCustomer(parts, shop, { person: change.person, now }), now);
    case 'shop-redacted':
      return redactShop(shop, change.shopDomain?.toLowerCase() ?? '');
    default:
      return unreachable(change);
  }
}
