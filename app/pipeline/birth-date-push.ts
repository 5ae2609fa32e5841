/** Carries a birth date given on the preference page, or its end, to Shopify until it is accepted. Bound to `birth-date.push`. */
import type { AdminClient } from '../gateways/shopify/admin-client';
import { isAdminError } from '../gateways/shopify/admin-error';
import {
  birthDateInput,
  DELETE_BIRTH_DATE,
  noBirthDateInput,
  SET_BIRTH_DATE,
} from '../gateways/shopify/documents/birth-date';
import type { Logger } from '../log.server';
import { markBirthDatePushed } from '../store/birth-dates';
import { findCustomerRow } from '../store/engagement';
import { isGuest } from '../store/guests';
import { type Db, inShop } from '../store/scope';
import { findShopRow } from '../store/shops';

export interface BirthDatePushParts {
  db: Db;
  admin: AdminClient;
  log: Logger;
}

/**
 * A guest has no metafield: their date stays here, and goes with them when they become a customer. Throws AdminError while
 * Shopify cannot be told, to be tried again. A date counts as untold from the moment it is given, so the nightly
 * reconciliation takes up what outlives every retry, or an uninstall.
 */
export function makeBirthDatePush(
  parts: BirthDatePushParts,
): (job: { shopId: number; customerId: string }) => Promise<void> {
  return async ({ shopId, customerId }) => {
    while (!(await pushOnce(parts, shopId, customerId)));
  };
}

/** @returns false when another date was given while Shopify was told of this one */
async function pushOnce(parts: BirthDatePushParts, shopId: number, customerId: string): Promise<boolean> {
  const { row, customer } = await inShop(parts.db, shopId, async (shop) => ({
    row: await findShopRow(shop),
    customer: await findCustomerRow(shop, customerId),
  }));
  if (!row || row.uninstalledAt || !customer) return true;
  const { birthDate } = customer;
  // What was never told needs no deleting.
  const wanted = birthDate !== null || customer.birthDateUnpushed;
  if (wanted && !customer.deletedAt && !isGuest(customerId)) {
    const refusal = await push(parts, row.domain, { customerId, birthDate });
    // A refusal for good (no such customer any more) will be the same tomorrow.
    if (refusal !== null) parts.log.warn({ event: 'birth-date.refused-by-shopify', shopId, why: refusal });
  }
  return inShop(parts.db, shopId, (shop) => markBirthDatePushed(shop, customerId, birthDate));
}

/** @returns why Shopify refuses it for good, or null when it took it */
async function push(
  parts: BirthDatePushParts,
  shopDomain: string,
  { customerId, birthDate }: { customerId: string; birthDate: string | null },
): Promise<string | null> {
  try {
    const refused =
      birthDate === null
        ? await parts.admin.run(shopDomain, DELETE_BIRTH_DATE, noBirthDateInput(customerId))
        : await parts.admin.run(shopDomain, SET_BIRTH_DATE, birthDateInput(customerId, birthDate));
    return refused && (refused.code ?? 'refused');
  } catch (error) {
    if (isAdminError(error, 'refused')) return error.message;
    throw error;
  }
}
