// The verbs that change a shop as its merchant or a shopper would, webhooks included. Used by the control API, the storefront, the sample store and tests.
import { checkoutActions } from './actions/checkouts';
import { customerActions } from './actions/customers';
import { discountActions } from './actions/discounts';
import { metafieldActions } from './actions/metafields';
import { orderActions } from './actions/orders';
import type { ActionParts } from './actions/parts';
import { productActions } from './actions/products';
import { segmentActions } from './actions/segments';
import { shopActions } from './actions/shops';
import { themeActions } from './actions/themes';

export type { CheckoutChange, CheckoutInput, Payment } from './actions/checkouts';
export type { ConsentInput, CustomerInput } from './actions/customers';
export type { NewDiscount } from './actions/discount-terms';
export type { LineInput } from './actions/lines';
export type { MetafieldInput } from './actions/metafields';
export type { FulfillInput, OrderInput, RefundInput } from './actions/order-records';
export type { AddressInput, When } from './actions/parts';
export type { ImageInput, ProductChange, ProductInput, VariantChange, VariantInput } from './actions/products';
export type { DiscountInput } from './actions/sale-discounts';
export type { ShopInput } from './actions/shops';
export type { ThemeInput } from './actions/themes';

/** Every verb takes the shop (domain or handle) first and `{ at, quiet }` last; `quiet` keeps webhooks back. */
export function createActions(parts: ActionParts) {
  const { orderFromCheckout: _, announceOrder: __, ...orders } = orderActions(parts);
  return {
    ...shopActions(parts),
    ...metafieldActions(parts),
    ...customerActions(parts),
    ...productActions(parts),
    ...discountActions(parts),
    ...segmentActions(parts),
    ...themeActions(parts),
    ...checkoutActions(parts),
    ...orders,
  };
}

export type ShopActions = ReturnType<typeof createActions>;
