/** What each kind of import asks for, how a parent with its children becomes a snapshot, and where those go. */
import type { z } from 'zod';
import type { BirthDateReading } from '../../domain/birth-date-source';
import type { CheckoutLine } from '../../domain/checkout';
import type { DomainEvent } from '../../domain/event';
import { CHECKOUTS_IN_BULK, readCheckoutLineNode, readCheckoutNode } from '../../gateways/shopify/documents/checkout';
import { customersInBulk, readCustomerNode } from '../../gateways/shopify/documents/customer';
import { ORDERS_IN_BULK, readLineNode, readOrderNode } from '../../gateways/shopify/documents/order';
import { PRODUCTS_IN_BULK, readProductNode, readVariantNode } from '../../gateways/shopify/documents/product';
import { upsertProducts } from '../../store/products';
import type { ImportKind } from '../../store/schema';
import type { ShopScope } from '../../store/scope';
import { applyCheckouts } from '../mirror/checkouts';
import { applyCustomers } from '../mirror/customers';
import { applyOrders } from '../mirror/orders';

/** One object of a bulk result with the objects that follow it. */
export interface Parent {
  root: unknown;
  children: unknown[];
}

interface Kind {
  query(reading: BirthDateReading): string;
  /** Reads the parents and keeps them. What they mean is dropped: an import starts nothing. */
  keep(shop: ShopScope, parents: readonly Parent[], asked: Told): Promise<Skipped>;
}

/** When it was asked for, the moment it is kept, and how the shop's birth dates are read. */
export interface Told {
  seenAt: string;
  now: Date;
  birthDates: BirthDateReading;
}

/** How many could not be read, and why the first could not. */
export interface Skipped {
  count: number;
  why: string | null;
}

/** One object that cannot be read must not stop the thousands after it. */
function kind<T>(
  query: Kind['query'],
  read: (parent: Parent, seenAt: string, birthDates: BirthDateReading) => T,
  keep: (shop: ShopScope, rows: T[], now: Date) => Promise<unknown>,
): Kind {
  return {
    query,
    async keep(shop, parents, { seenAt, now, birthDates }) {
      const rows: T[] = [];
      const skipped: Skipped = { count: 0, why: null };
      for (const parent of parents) {
        try {
          rows.push(read(parent, seenAt, birthDates));
        } catch (error) {
          skipped.count += 1;
          skipped.why ??= whyUnreadable(error);
        }
      }
      await keep(shop, rows, now);
      return skipped;
    },
  };
}

function whyUnreadable(error: unknown): string {
  const issue = (error as Partial<z.ZodError>).issues?.[0];
  return issue ? `${issue.path.join('.')}: ${issue.message}` : 'unreadable';
}

export const KINDS: Record<ImportKind, Kind> = {
  customers: kind(
    customersInBulk,
    ({ root }, seenAt, birthDates) => readCustomerNode(root, seenAt, birthDates),
    (shop, rows, now): Promise<DomainEvent[]> => applyCustomers(shop, rows, now),
  ),
  products: kind(
    () => PRODUCTS_IN_BULK,
    ({ root, children }, seenAt) => readProductNode(root, children.map(readVariantNode), seenAt),
    (shop, rows) => upsertProducts(shop, rows),
  ),
  orders: kind(
    () => ORDERS_IN_BULK,
    ({ root, children }, seenAt) => readOrderNode(root, children.map(readLineNode), seenAt),
    (shop, rows, now): Promise<DomainEvent[]> => applyOrders(shop, rows, now),
  ),
  checkouts: kind(
    () => CHECKOUTS_IN_BULK,
    ({ root, children }, seenAt) => {
      const lines: CheckoutLine[] = children.map(readCheckoutLineNode);
      return readCheckoutNode(root, lines, seenAt);
    },
    (shop, rows, now): Promise<DomainEvent[]> => applyCheckouts(shop, rows, now),
  ),
};
