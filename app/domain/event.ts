/** What happened in the store, in our words: the mirror turns webhooks into these, `pipeline/react` decides what they mean. */

export type DomainEvent =
  /** Consent newly became `subscribed`. Never made by an import. */
  | { type: 'consent.given'; customerId: string; at: Date }
  /** Somebody new to us turns out to be subscribed, nobody says since when: it may be for years. */
  | { type: 'consent.found'; customerId: string; at: Date }
  /** A subscription of before was confirmed (double opt-in). */
  | { type: 'consent.confirmed'; customerId: string; at: Date }
  | { type: 'consent.withdrawn'; customerId: string; at: Date }
  /** A checkout with an address was opened or changed and is not completed. `at`: its last change. */
  | { type: 'checkout.left'; checkoutId: string; customerId: string; at: Date }
  | { type: 'checkout.completed'; checkoutId: string; at: Date }
  | { type: 'checkout.emptied'; checkoutId: string; at: Date }
  | { type: 'order.placed'; orderId: string; customerId: string | null; at: Date }
  | { type: 'order.cancelled'; orderId: string; at: Date }
  | { type: 'order.refunded'; orderId: string; at: Date }
  | { type: 'customer.deleted'; customerId: string; at: Date }
  | { type: 'customer.merged'; customerId: string; into: string; at: Date }
  | { type: 'customer.redacted'; customerId: string; at: Date };
