/** Carries a consent change made here (preference page, unsubscribe, spam report) to Shopify until it is accepted. Bound to `consent.push`. */
import type { ConsentState, OptInLevel } from '../domain/customer';
import type { AdminClient } from '../gateways/shopify/admin-client';
import { isAdminError } from '../gateways/shopify/admin-error';
import { UPDATE_CONSENT } from '../gateways/shopify/documents/consent';
import { customerGid } from '../gateways/shopify/documents/customer';
import type { Clock } from '../lib/clock';
import { HOUR } from '../lib/duration';
import type { Logger } from '../log.server';
import { findConsent, markConsentPushed } from '../store/customer-consent';
import { isGuest } from '../store/guests';
import { type Db, inShop } from '../store/scope';
import { findShopRow } from '../store/shops';

export interface ConsentPushParts {
  db: Db;
  clock: Clock;
  admin: AdminClient;
  log: Logger;
}

/**
 * Tells Shopify what the mirror says now. Guests have no consent there: their refusal holds here and follows them when they
 * become customers. Throws AdminError while Shopify cannot be told, to be tried again. A change counts as untold from the
 * moment it is made, so the nightly reconciliation takes up what outlives every retry, or an uninstall.
 */
export function makeConsentPush(
  parts: ConsentPushParts,
): (job: { shopId: number; customerId: string }) => Promise<void> {
  return async ({ shopId, customerId }) => {
    while (!(await pushOnce(parts, shopId, customerId)));
  };
}

/** @returns false when the consent changed while Shopify was told of it: two pushes may have crossed, and the later word must be the last */
async function pushOnce(parts: ConsentPushParts, shopId: number, customerId: string): Promise<boolean> {
  const { row, consent } = await inShop(parts.db, shopId, async (shop) => ({
    row: await findShopRow(shop),
    consent: await findConsent(shop, customerId),
  }));
  if (!row || row.uninstalledAt || !consent) return true;
  if (isFreshSubscription(consent, parts.clock.now())) return true;
  if (!isGuest(customerId) && !consent.deletedAt && isSayable(consent.state)) {
    const refusal = await push(parts, row.domain, { customerId, ...consent });
    // A refusal for good (no such customer any more) will be the same tomorrow.
    if (refusal !== null) parts.log.warn({ event: 'consent.refused-by-shopify', shopId, why: refusal });
  }
  return inShop(parts.db, shopId, (shop) => markConsentPushed(shop, customerId, consent));
}

/**
 * Shopify greets whoever subscribed less than a day ago (its automation "Welcome new subscriber"). Somebody who takes an unsubscribe
 * back on our page is no newcomer: Shopify is told of it with its own date, a day later, by the nightly reconciliation.
 */
const GREETED_FOR_MS = 25 * HOUR;

function isFreshSubscription(
  { state, updatedAt }: { state: ConsentState; updatedAt: Date | null },
  now: Date,
): boolean {
  return state === 'subscribed' && updatedAt !== null && now.getTime() - updatedAt.getTime() < GREETED_FOR_MS;
}

/** The others are Shopify's to say. */
function isSayable(state: ConsentState): boolean {
  return state === 'unsubscribed' || state === 'subscribed';
}

function optInLevelOf(level: OptInLevel): string {
  return level === 'confirmed_opt_in' ? 'CONFIRMED_OPT_IN' : 'SINGLE_OPT_IN';
}

interface Pushed {
  customerId: string;
  state: string;
  level: OptInLevel;
  updatedAt: Date | null;
}

/** @returns why Shopify refuses it for good, or null when it took it */
async function push(parts: ConsentPushParts, shopDomain: string, consent: Pushed): Promise<string | null> {
  const input = {
    customerId: customerGid(consent.customerId),
    emailMarketingConsent: {
      marketingState: consent.state.toUpperCase(),
      ...(consent.state === 'subscribed' ? { marketingOptInLevel: optInLevelOf(consent.level) } : {}),
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
