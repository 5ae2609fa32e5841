// Addresses a shopper or the app meets: storefront, product, checkout recovery, pictures. Built on the sandbox's own address.
import type { CheckoutRecord, ProductRecord, ShopRecord } from './records';
import type { ShopifyState } from './state';

export function storefrontUrl(state: ShopifyState, shop: ShopRecord): string {
  return `${state.baseUrl}/shop/${shop.handle}`;
}

export function productUrl(state: ShopifyState, shop: ShopRecord, product: ProductRecord): string {
  return `${storefrontUrl(state, shop)}/products/${product.handle}`;
}

export function checkoutRecoveryUrl(state: ShopifyState, shop: ShopRecord, checkout: CheckoutRecord): string {
  return `${storefrontUrl(state, shop)}/checkouts/${checkout.token}/recover?key=${checkout.recoveryKey}`;
}

/** Pictures are kept as paths on the sandbox, or as absolute addresses. */
export function pictureUrl(state: ShopifyState, url: string): string {
  return url.startsWith('/') ? `${state.baseUrl}${url}` : url;
}
