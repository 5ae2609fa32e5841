/** One change told by Shopify, applied to the mirror in the caller's transaction. Called by `route-event`. */
import { emailKey } from '../../domain/customer';
import type { DomainEvent } from '../../domain/event';
import type { CustomerSnapshot, StoreChange } from '../../domain/snapshot';
import { unreachable } from '../../lib/invariant';
import { lockNames } from '../../store/locks';
import { tombstoneProduct, upsertProducts } from '../../store/products';
import type { ShopScope } from '../../store/scope';
import { updateShopFrom } from '../../store/shops';
import { applyDiscount } from '../codes/discount-changed';
import { applyCheckouts, deleteCheckout } from './checkouts';
import { applyConsent, applyCustomers, deleteCustomer, mergeCustomers } from './customers';
import { applyOrders, applyRefund } from './orders';

/** The changes that only concern the mirror; what concerns the installation or privacy is `route-event`'s own. */
export type MirrorChange = Extract<
  StoreChange,
  {
    kind:
      | 'customer-changed'
      | 'customer-deleted'
      | 'customer-merged'
      | 'consent-changed'
      | 'order-changed'
      | 'order-refunded'
      | 'checkout-changed'
      | 'checkout-deleted'
      | 'product-changed'
      | 'product-deleted'
      | 'discount-changed'
      | 'shop-changed';
  }
>;

/**
 * @param at when Shopify told it, for changes that carry no time of their own
 * @returns what it means, in order; a repeat or an older telling means nothing
 */
export async function applyChange(shop: ShopScope, change: MirrorChange, at: Date): Promise<DomainEvent[]> {
  await lockNames(shop, namesOf(change));
  switch (change.kind) {
    case 'customer-changed':
      return applyCustomers(shop, [change.customer], at);
    case 'customer-deleted':
      return deleteCustomer(shop, change.customerId, at);
    case 'customer-merged':
      return mergeCustomers(shop, { kept: change.kept, gone: change.gone, at });
    case 'consent-changed':
      return applyConsent(shop, change, at);
    case 'order-changed':
      return applyOrders(shop, [change.order], at);
    case 'order-refunded':
      return applyRefund(shop, change.refund);
    case 'checkout-changed':
      return applyCheckouts(shop, [change.checkout], at);
    case 'checkout-deleted':
      return deleteCheckout(shop, { id: change.checkoutId, currency: change.currency, total: change.total, at });
    case 'product-changed':
      await upsertProducts(shop, [change.product]);
      return [];
    case 'product-deleted':
      await tombstoneProduct(shop, change.productId, at);
      return [];
    case 'discount-changed':
      await applyDiscount(shop, change.discount, at);
      return [];
    case 'shop-changed':
      await updateShopFrom(shop, change.shop);
      return [];
    default:
      return unreachable(change);
  }
}

/** What a change may touch: two changes that share a name are applied one after the other. */
function namesOf(change: MirrorChange): string[] {
  switch (change.kind) {
    case 'customer-changed':
      return [...customer(change.customer.id), ...email(change.customer.email)];
    case 'customer-deleted':
      return customer(change.customerId);
    case 'customer-merged':
      return [...customer(change.kept), ...customer(change.gone)];
    case 'consent-changed':
      return [...customer(change.customerId), ...email(change.email)];
    case 'order-changed': {
      const { order } = change;
      return [...shopperNames(order), `order:${order.id}`, ...checkoutNames(order.checkoutId, order.checkoutToken)];
    }
    case 'order-refunded':
      return [`order:${change.refund.orderId}`];
    case 'checkout-changed': {
      const { checkout } = change;
      return [...shopperNames(checkout), ...checkoutNames(checkout.id, checkout.token)];
    }
    case 'checkout-deleted':
      return checkoutNames(change.checkoutId, null);
    case 'product-changed':
      return [`product:${change.product.id}`];
    case 'product-deleted':
      return [`product:${change.productId}`];
    case 'discount-changed':
      return [`discount:${change.discount.id}`];
    case 'shop-changed':
      return ['shop'];
    default:
      return unreachable(change);
  }
}

const customer = (id: string | null) => (id === null ? [] : [`customer:${id}`]);
const email = (address: string | null) => (address === null ? [] : [`email:${emailKey(address)}`]);

function checkoutNames(id: string | null, token: string | null): string[] {
  return [...(id === null ? [] : [`checkout:${id}`]), ...(token === null ? [] : [`token:${token}`])];
}

function shopperNames(one: { customerId: string | null; email: string | null; customer?: CustomerSnapshot }): string[] {
  return [...customer(one.customerId), ...email(one.email), ...email(one.customer?.email ?? null)];
}
