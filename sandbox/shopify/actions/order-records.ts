// Makes the records behind the order verbs: the order itself, its refunds, its parcels, the stock it takes. Used by orders.ts.
import { SandboxRefusal } from '../../http/refusal';
import { takenOffLine } from '../discounts/spread';
import { fromMinor, normalAmount, toMinor } from '../money';
import type { FulfillmentRecord, OrderRecord, RefundRecord } from '../records';
import type { ShopState } from '../state';
import { refunded, totalsOf } from '../totals';
import { findBuyer, type LineInput, makeLine, token } from './lines';
import { type ActionParts, type AddressInput, makeAddress, stamp, type When } from './parts';
import { saveProduct } from './products';
import { countUses, type DiscountInput, makeDiscounts } from './sale-discounts';

export interface OrderInput {
  lines: LineInput[];
  customerId?: string | undefined;
  email?: string | null | undefined;
  firstName?: string | null | undefined;
  lastName?: string | null | undefined;
  locale?: string | undefined;
  discountCodes?: DiscountInput[] | undefined;
  shippingAddress?: AddressInput | undefined;
  shippingPrice?: string | number | undefined;
  financialStatus?: 'PAID' | 'PENDING' | undefined;
  sourceName?: string | undefined;
  landingSite?: string | null | undefined;
  referringSite?: string | null | undefined;
  presentmentCurrency?: string | undefined;
  presentmentRate?: number | undefined;
  tags?: string[] | undefined;
  test?: boolean | undefined;
  /** false: stock stays as it is (history). */
  takeStock?: boolean | undefined;
}

export interface RefundInput {
  /** Absent: everything that is left. */
  lines?: { lineItemId: string; quantity: number }[] | undefined;
  amount?: string | number | undefined;
  note?: string | undefined;
  restock?: boolean | undefined;
}

export interface FulfillInput {
  trackingCompany?: string | undefined;
  trackingNumber?: string | undefined;
  trackingUrl?: string | undefined;
  /** Absent: everything not yet fulfilled. */
  lines?: { lineItemId: string; quantity: number }[] | undefined;
}

type OrderBase = Omit<
  OrderRecord,
  | 'id'
  | 'number'
  | 'name'
  | 'token'
  | 'customerId'
  | 'fulfillmentStatus'
  | 'refunds'
  | 'fulfillments'
  | 'transactionId'
  | 'cancelReason'
  | 'createdAt'
  | 'processedAt'
  | 'updatedAt'
  | 'cancelledAt'
  | 'closedAt'
  | 'metafields'
  | 'shippingTitle'
>;

export function orderBase(parts: ActionParts, shop: ShopState, input: OrderInput, now: number): OrderBase {
  const { currency } = shop.record;
  const address = input.shippingAddress
    ? makeAddress(parts, input.shippingAddress, shop.record.address.countryCode)
    : null;
  const sale = {
    currency,
    lines: input.lines.map((line) => makeLine(parts, shop, line)),
    shippingPrice: normalAmount(input.shippingPrice ?? 0, currency),
    shippingAddress: address,
    email: input.email ?? null,
  };
  const customerId = findBuyer(shop, input.customerId, input.email)?.id ?? null;
  return {
    ...sale,
    ...makeDiscounts(shop, { ...sale, customerId }, input.discountCodes, now),
    phone: null,
    checkoutId: null,
    checkoutToken: null,
    cartToken: null,
    buyerAcceptsMarketing: false,
    customerLocale: shop.record.locale,
    totalTax: normalAmount(0, currency),
    taxesIncluded: shop.record.taxesIncluded,
    financialStatus: input.financialStatus ?? 'PAID',
    billingAddress: address,
    tags: [...(input.tags ?? [])],
    note: null,
    test: input.test ?? false,
    sourceName: input.sourceName ?? 'web',
    landingSite: input.landingSite ?? null,
    referringSite: input.referringSite ?? null,
    presentmentCurrency: input.presentmentCurrency ?? currency,
    presentmentRate: input.presentmentRate ?? 1,
  };
}

export function placeOrder(
  parts: ActionParts,
  shop: ShopState,
  base: OrderBase & { buyerId: string | null; at: string },
): OrderRecord {
  const { buyerId, at, ...kept } = base;
  const number = shop.record.nextOrderNumber;
  shop.record.nextOrderNumber += 1;
  const order: OrderRecord = {
    ...kept,
    id: parts.state.nextId('order'),
    number,
    name: `#${number}`,
    token: token(),
    customerId: buyerId,
    fulfillmentStatus: 'UNFULFILLED',
    refunds: [],
    fulfillments: [],
    transactionId: parts.state.nextId('transaction'),
    shippingTitle: 'Standard',
    cancelReason: null,
    createdAt: at,
    processedAt: at,
    updatedAt: at,
    cancelledAt: null,
    closedAt: null,
    metafields: [],
  };
  shop.putOrder(order);
  countUses(shop, order);
  return order;
}

export function takeStock(parts: ActionParts, shop: ShopState, order: OrderRecord, when: When | undefined): void {
  for (const line of order.lines) {
    const variant = line.variantId === null ? undefined : shop.variants.get(line.variantId);
    if (!variant?.tracked) continue;
    variant.inventoryQuantity -= line.quantity;
    variant.updatedAt = stamp(parts, when);
    const product = shop.products.get(variant.productId);
    if (product) saveProduct(parts, shop, product, when);
  }
}

export function makeRefund(parts: ActionParts, order: OrderRecord, input: RefundInput, at: string): RefundRecord {
  const asked = input.lines ?? order.lines.map((line) => ({ lineItemId: line.id, quantity: line.currentQuantity }));
  const lines = asked
    .filter((line) => line.quantity > 0)
    .map(({ lineItemId, quantity }) => {
      const place = order.lines.findIndex((one) => one.id === lineItemId);
      const line = order.lines[place];
      if (!line || line.currentQuantity < quantity)
        throw new SandboxRefusal(`Line ${lineItemId} has not that many left.`);
      line.currentQuantity -= quantity;
      const paid = toMinor(line.price, order.currency) * line.quantity - takenOffLine(order, place);
      const subtotal = fromMinor(Math.round((paid * quantity) / line.quantity), order.currency);
      return { id: parts.state.nextId('other'), lineItemId, quantity, subtotal };
    });
  const left = toMinor(totalsOf(order).total, order.currency) - toMinor(refunded(order), order.currency);
  const byLines = lines.reduce((sum, line) => sum + toMinor(line.subtotal, order.currency), 0);
  const wanted =
    input.amount !== undefined ? toMinor(String(input.amount), order.currency) : input.lines ? byLines : left;
  if (wanted > left) throw new SandboxRefusal('More than was paid cannot be refunded.');
  return {
    id: parts.state.nextId('refund'),
    transactionId: parts.state.nextId('transaction'),
    note: input.note ?? null,
    amount: fromMinor(wanted, order.currency),
    restock: input.restock ?? false,
    lines,
    createdAt: at,
  };
}

export function addFulfillment(
  parts: ActionParts,
  order: OrderRecord,
  input: FulfillInput,
  at: string,
): FulfillmentRecord {
  const open = order.lines.map((line) => ({ lineItemId: line.id, quantity: line.quantity - line.fulfilledQuantity }));
  const lines = (input.lines ?? open).filter((line) => line.quantity > 0);
  if (lines.length === 0) throw new SandboxRefusal('Everything in this order is fulfilled already.', 409);
  for (const { lineItemId, quantity } of lines) {
    const line = order.lines.find((one) => one.id === lineItemId);
    if (!line) throw new SandboxRefusal(`There is no line ${lineItemId} in this order.`, 404);
    line.fulfilledQuantity += quantity;
  }
  const parcel: FulfillmentRecord = {
    id: parts.state.nextId('fulfillment'),
    name: `${order.name}.${order.fulfillments.length + 1}`,
    status: 'SUCCESS',
    shipmentStatus: null,
    trackingCompany: input.trackingCompany ?? null,
    trackingNumber: input.trackingNumber ?? null,
    trackingUrl: input.trackingUrl ?? null,
    lines,
    deliveredAt: null,
    createdAt: at,
    updatedAt: at,
  };
  order.fulfillments.push(parcel);
  const isWhole = order.lines.every((line) => line.fulfilledQuantity >= line.quantity);
  order.fulfillmentStatus = isWhole ? 'FULFILLED' : 'PARTIALLY_FULFILLED';
  return parcel;
}
