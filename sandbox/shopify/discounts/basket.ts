// What a code is tried on: the lines and the buyer of a cart, a checkout or an order to be. Built by the verbs and by the storefront.
import { toMinor } from '../money';
import type { CheckoutRecord } from '../records';
import type { ShopState } from '../state';
import type { DiscountItems } from './records';

export interface BasketLine {
  productId: string | null;
  variantId: string | null;
  price: string;
  quantity: number;
}

export interface Basket {
  currency: string;
  lines: BasketLine[];
  shippingPrice: string;
  /** null: not said yet. */
  countryCode: string | null;
  customerId: string | null;
  email: string | null;
}

export function basketOf(
  sale: Pick<CheckoutRecord, 'currency' | 'lines' | 'shippingPrice' | 'shippingAddress' | 'customerId' | 'email'>,
): Basket {
  const { currency, lines, shippingPrice, shippingAddress, customerId, email } = sale;
  return { currency, lines, shippingPrice, countryCode: shippingAddress?.countryCode ?? null, customerId, email };
}

export function lineMinor(line: BasketLine, currency: string): number {
  return toMinor(line.price, currency) * line.quantity;
}

/** Which lines a discount is for; gift cards never are. */
export function entitledLines(shop: ShopState, basket: Basket, items: DiscountItems): boolean[] {
  return basket.lines.map((line) => {
    const product = line.productId === null ? undefined : shop.products.get(line.productId);
    if (product?.isGiftCard) return false;
    if (items.kind === 'all') return true;
    if (line.productId === null) return false;
    if (items.kind === 'products') {
      return items.productIds.includes(line.productId) || items.variantIds.includes(line.variantId ?? '');
    }
    const { productId } = line;
    return items.collectionIds.some((id) => shop.collections.get(id)?.productIds.includes(productId));
  });
}
