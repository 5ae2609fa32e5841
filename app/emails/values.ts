/** Everything about one recipient that an e-mail can show: a plain view model the pipeline fills, money and dates already in words. */

import type { Ground } from '../domain/consent';

/** One product of a shelf (most bought, recommended). */
export interface ProductValues {
  title: string;
  /** Page of the product in the storefront; null leads to the store. */
  url: string | null;
  imageUrl: string | null;
  /** As shown, e.g. `29,00 €` (`formatMoney`). */
  price: string;
  /** The price before a reduction, as shown; null when there is none. */
  compareAtPrice: string | null;
}

/** One line of the cart as it is now; its prices are those of one piece. */
export interface ItemValues extends ProductValues {
  variantTitle: string | null;
  quantity: number;
  /** The true stock when it is low enough to tell; null otherwise. */
  lowStock: number | null;
  unavailable: boolean;
}

export interface CodeValues {
  code: string;
  /** What it gives, in the shopper's language, e.g. `10 % de réduction`. */
  description: string;
  /** Its last day as shown (`formatDay`); null when it has no end. */
  endsOn: string | null;
}

export interface EmailValues {
  firstName: string | null;
  items: readonly ItemValues[];
  /** The cart's total as shown. */
  total: string | null;
  checkoutUrl: string | null;
  mostBought: readonly ProductValues[];
  recommended: readonly ProductValues[];
  code: CodeValues | null;
  /** Opted in at a checkout they completed. */
  boughtAtCheckout: boolean;
  /** Why the shopper may be written to; the footer says it in their language. */
  ground: Ground;
  links: { unsubscribe: string; preferences: string; store: string };
  /** Put behind every link to the storefront: `utm_source=…&…` and the click token, encoded; empty for none. */
  linkQuery: string;
}
