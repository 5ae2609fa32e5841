/** Carries a birth date given on the preference page to Shopify until it is accepted. Bound to `birth-date.push`. */
import type { AdminClient } from '../gateways/shopify/admin-client';
import { isAdminError } from '../gateways/shopify/admin-error';
import { birthDateInput, SET_BIRTH_DATE } from '../gateways/shopify/documents/birth-date';
import type { Logger } from '../log.server';
import { findCustomerRow } from '../store/engagement';
import { isGuest } from '../store/guests';
import { type Db, inShop } from '../store/scope';
import { findShopRow } from '../store/shops';

export interface BirthDatePushParts {
  db: Db;
  admin: AdminClient;
  log: Logger;
}

/** A guest has no metafield: their date stays here. Throws AdminError while Shopify cannot be told, to be tried again. */
export function makeBirthDatePush(
  parts: BirthDatePushParts,
): (job: { shopId: number; customerId: string }) => Promise<void> {
  return async ({ shopId, customerId }) => {
    const { row, customer } = await inShop(parts.db, shopId, async (shop) => ({
      row: await findShopRow(shop),
      customer: await findCustomerRow(shop, customerId),
    }));
    if (!row || row.uninstalledAt || !customer?.birthDate || customer.deletedAt || isGuest(customerId)) return;
    const input = birthDateInput(customerId, customer.birthDate);
    try {
      const refused = await parts.admin.run(row.domain, SET_BIRTH_DATE, input);
      if (refused) parts.log.warn({ event: 'birth-date.refused-by-shopify', shopId, why: refused.code ?? 'refused' });
    } catch (error) {
      if (!isAdminError(error, 'refused')) throw error;
      parts.log.warn({ event: 'birth-date.refused-by-shopify', shopId, why: error.message });
    }
  };
}
