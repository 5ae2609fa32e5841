/** A checkout as it is now: what a reminder shows and what may stop it. */

export interface CheckoutLine {
  variantId: string | null;
  productId: string | null;
  title: string;
  variantTitle: string | null;
  quantity: number;
  /** Decimal string in the checkout's presentment currency, for one unit. */
  price: string;
}

export interface Checkout {
  id: string;
  token: string | null;
  customerId: string | null;
  email: string | null;
  locale: string | null;
  country: string | null;
  /** Presentment currency: the one the shopper saw. */
  currency: string;
  total: string;
  lines: CheckoutLine[];
  recoveryUrl: string | null;
  createdAt: Date;
  updatedAt: Date;
  completedAt: Date | null;
  deleted: boolean;
}
