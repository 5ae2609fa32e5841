/** What makes two offers the same discount in Shopify. */
import { createHash } from 'node:crypto';
import type { Offer, OfferItems } from '../../domain/offer';

/** A fingerprint of everything the discount depends on; the names of products and collections are none of it. */
export function offerKey(offer: Offer): string {
  return createHash('sha256')
    .update(JSON.stringify(essentials(offer)))
    .digest('hex')
    .slice(0, 24);
}

function essentials(offer: Offer): unknown[] {
  switch (offer.kind) {
    case 'percentage':
      return [offer.kind, offer.percent, offer.minimum, offer.validDays, ...itemsOf(offer.items)];
    case 'amount':
      return [offer.kind, offer.amount, offer.minimum, offer.validDays, ...itemsOf(offer.items)];
    case 'free-shipping':
      return [offer.kind, offer.minimum, offer.validDays];
    case 'fixed-code':
      return [offer.kind, offer.code, offer.endsOn];
  }
}

function itemsOf(items: OfferItems): string[] {
  return items.on === 'all' ? [] : [items.on, ...items.items.map(({ id }) => id).sort()];
}
