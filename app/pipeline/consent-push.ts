/** Carries a consent change made here (preference page, unsubscribe, spam report) to Shopify until it is accepted. Bound to `consent.push`. */
import type { AdminClient } from '../gateways/shopify/admin-client';
import { isAdminError } from '../gateways/shopify/admin-error';
import { UPDATE_CONSENT } from '../gateways/shopify/documents/consent';
import { customerGid } from '../gateways/shopify/documents/customer';
import type { Logger } from '../log.server';
import { findConsent, markConsentPushed } from '../store/customer-consent';
import { isGuest } from '../store/guests';
import { type Db, inShop } from '../store/scope';
import { findShopRow } from '../store/shops';

export interface ConsentPushParts {
  db: Db;
  admin: AdminClient;
  log: Logger;
}

/**
 * Tells Shopify what the mirror says now. Guests have no consent there: their refusal holds here and follows them when they
 * become customers. Throws AdminError while Shopify cannot be told, to be tried again; the nightly reconciliation takes up
 * what outlives every retry.
 */
export function makeConsentPush(
  parts: ConsentPushParts,
): (job: { shopId: number; customerId: string }) => Promise<void> {
  return async ({ shopId, customerId }) => {
    const { row, consent } = await inShop(parts.db, shopId, async (shop) => ({
      row: await findShopRow(shop),
      consent: await findConsent(shop, customerId),
    }));
    if (!row || row.uninstalledAt || !consent || isGuest(customerId)) return;
    if (consent.deletedAt || (consent.state !== 'unsubscribed' && consent.state !== 'subscribed')) return;
    const mark = (pushed: boolean) => inShop(parts.db, shopId, (shop) => markConsentPushed(shop, customerId, pushed));
    const refusal = await push(parts, row.domain, { customerId, ...consent }).catch(async (error: unknown) => {
      await mark(false);
      throw error;
    });
    if (refusal !== null) parts.log.warn({ event: 'consent.refused-by-shopify', shopId, why: refusal });
    // A refusal for good (no such customer any more) will be the same tomorrow.
    await mark(true);
  };
}

interface Pushed {
  customerId: string;
  state: string;
  updatedAt: Date | null;
}

/** @returns why Shopify refuses it for good, or null when it took it */
async function push(parts: ConsentPushParts, shopDomain: string, consent: Pushed): Promise<string | null> {
  const input = {
    customerId: customerGid(consent.customerId),
    emailMarketingConsent: {
      marketingState: consent.state.toUpperCase(),
      ...(consent.state === 'subscribed' ? { marketingOptInLevel: 'SINGLE_OPT_IN' } : {}),
      ...(consent.updatedAt ? { consentUpdatedAt: consent.updatedAt.toISOString() } : {}),
    },
  };
  try {
    const refused = await parts.admin.run(shopDomain, UPDATE_CONSENT, { input });
    return refused && (refused.code ?? 'refused');
  } catch (error) {
    if (isAdminError(error, 'refused')) return error.message;
    throw error;
  }
}
