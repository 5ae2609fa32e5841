/** An offer in the words of Shopify's discount inputs. The first code comes along: a discount is made with one. */
import {
  type AmountOffer,
  type FreeShippingOffer,
  type MadeOffer,
  minimumOf,
  type OfferItems,
  type PercentageOffer,
} from '../../../domain/offer';
import { MINUTE } from '../../../lib/duration';
import { gid } from '../fields';

export interface DiscountOrder {
  offer: MadeOffer;
  title: string;
  code: string;
  startsAt: Date;
  endsAt: Date;
}

/** Variables of `CREATE_BASIC_DISCOUNT`. */
export function merchandiseDiscount(
  order: DiscountOrder & { offer: PercentageOffer | AmountOffer },
): Record<string, unknown> {
  const { offer } = order;
  const value =
    offer.kind === 'percentage'
      ? { percentage: offer.percent / 100 }
      : { discountAmount: { amount: offer.amount, appliesOnEachItem: false } };
  return {
    input: {
      ...shared(order),
      customerGets: { value, items: itemsInput(offer.items) },
      // Free shipping that everybody gets stays theirs; two price reductions do not add up.
      combinesWith: { orderDiscounts: false, productDiscounts: false, shippingDiscounts: true },
    },
  };
}

/** Variables of `CREATE_SHIPPING_DISCOUNT`. */
export function shippingDiscount(order: DiscountOrder & { offer: FreeShippingOffer }): Record<string, unknown> {
  return {
    input: {
      ...shared(order),
      destination: { all: true },
      combinesWith: { orderDiscounts: true, productDiscounts: true, shippingDiscounts: false },
    },
  };
}

/** `usageLimit` counts for each code on its own, `appliesOncePerCustomer` for each shopper. */
function shared({ offer, title, code, startsAt, endsAt }: DiscountOrder) {
  const minimum = minimumOf(offer);
  return {
    title,
    code,
    // Shopify's clock may be a little behind ours, and a code must count from the moment it is read.
    startsAt: new Date(startsAt.getTime() - MINUTE).toISOString(),
    endsAt: endsAt.toISOString(),
    usageLimit: 1,
    appliesOncePerCustomer: true,
    context: { all: 'ALL' },
    ...(minimum === null ? {} : { minimumRequirement: { subtotal: { greaterThanOrEqualToSubtotal: minimum } } }),
  };
}

function itemsInput(items: OfferItems): Record<string, unknown> {
  if (items.on === 'all') return { all: true };
  const ids = (type: string) => items.items.map(({ id }) => gid(type, id));
  return items.on === 'products'
    ? { products: { productsToAdd: ids('Product') } }
    : { collections: { add: ids('Collection') } };
}
