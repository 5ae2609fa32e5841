/** Where a shopper says whether it may be seen that they open e-mails: a page of Shopify's, which keeps that consent. Asked for by the preference page's link. */
import type { AdminClient } from '../gateways/shopify/admin-client';
import { isAdminError } from '../gateways/shopify/admin-error';
import { customerGid, OPEN_TRACKING_PAGE } from '../gateways/shopify/documents/customer';
import { isGuest } from '../store/guests';
import { type Db, inShop } from '../store/scope';
import { findShopRow } from '../store/shops';
import { findPerson, whoOf } from './preferences';

/** `unknown`: the link is not one of ours; `away`: Shopify cannot be asked, or knows them no more. */
export type OpenTrackingPage = { url: string } | 'unknown' | 'away';

export interface OpenTrackingParts {
  db: Db;
  admin: AdminClient;
  linkSecret: string;
}

/** The address is the shopper's own and may change, so Shopify is asked for it each time. */
export function makeOpenTrackingPage({ db, admin, linkSecret }: OpenTrackingParts) {
  return async (token: string): Promise<OpenTrackingPage> => {
    const who = whoOf(linkSecret, token);
    if (!who) return 'unknown';
    const { shop, person } = await inShop(db, who.shopId, async (scope) => ({
      shop: await findShopRow(scope),
      person: await findPerson(scope, who.customerId),
    }));
    if (!person || !shop || shop.uninstalledAt || isGuest(person.id)) return 'away';
    try {
      const url = await admin.run(shop.domain, OPEN_TRACKING_PAGE, { id: customerGid(person.id) });
      return url === null ? 'away' : { url };
    } catch (error) {
      if (isAdminError(error)) return 'away';
      throw error;
    }
  };
}
