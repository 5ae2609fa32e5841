// Lines of checkouts and orders, made from variants as they are now. Shared by the checkout and order verbs.
import { randomBytes } from 'node:crypto';
import { SandboxRefusal } from '../../http/refusal';
import { normalAmount } from '../money';
import type { CustomerRecord, LineRecord } from '../records';
import type { ShopState } from '../state';
import type { ActionParts } from './parts';

export interface LineInput {
  /** A variant of the shop, or a line of one's own with title and price. */
  variantId?: string | undefined;
  quantity?: number | undefined;
  title?: string | undefined;
  price?: string | number | undefined;
}

export function makeLine(parts: ActionParts, shop: ShopState, input: LineInput): LineRecord {
  const quantity = input.quantity ?? 1;
  if (!Number.isInteger(quantity) || quantity < 1) throw new SandboxRefusal('A quantity is a whole number above zero.');
  const common = { id: parts.state.nextId('line'), quantity, currentQuantity: quantity, fulfilledQuantity: 0 };
  const currency = shop.record.currency;
  const totalDiscount = normalAmount(0, currency);
  if (input.variantId === undefined) {
    if (input.title === undefined) throw new SandboxRefusal('A line needs a variantId, or a title and a price.');
    return {
      ...common,
      productId: null,
      variantId: null,
      title: input.title,
      variantTitle: null,
      sku: null,
      vendor: null,
      price: normalAmount(input.price ?? 0, currency),
      compareAtPrice: null,
      totalDiscount,
      requiresShipping: true,
      grams: 0,
      imageUrl: null,
    };
  }
  const variant = shop.variant(input.variantId);
  const product = shop.product(variant.productId);
  const image = product.images.find((one) => one.id === variant.imageId) ?? product.images[0];
  return {
    ...common,
    productId: product.id,
    variantId: variant.id,
    title: product.title,
    variantTitle: variant.title === 'Default Title' ? null : variant.title,
    sku: variant.sku,
    vendor: product.vendor,
    price: input.price === undefined ? variant.price : normalAmount(input.price, currency),
    compareAtPrice: variant.compareAtPrice,
    totalDiscount,
    requiresShipping: variant.requiresShipping,
    grams: variant.grams,
    imageUrl: image?.url ?? null,
  };
}

export function token(): string {
  return randomBytes(16).toString('hex');
}

/** The person behind an id or an address; null when neither is known. */
export function findBuyer(
  shop: ShopState,
  customerId: string | null | undefined,
  email: string | null | undefined,
): CustomerRecord | null {
  if (customerId) return shop.customer(customerId);
  return email ? (shop.customerByEmail(email) ?? null) : null;
}
