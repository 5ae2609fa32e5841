/** Abandoned cart, as the owner reads it: a checkout with an address that nobody completed. Three reminders in two days. */
import type { ScenarioDefinition } from '../../domain/scenario';

export const abandonedCheckout: ScenarioDefinition = {
  key: 'abandoned-checkout',
  version: 1,
  trigger: { on: 'checkout-left', occurrence: 'checkout' },
  exits: ['order-placed', 'checkout-completed', 'checkout-emptied'],
  priority: 1,
  consent: 'left-checkout',
  // Off until the owner chooses one: a discount for leaving is a decision, not a default.
  offer: null,
  steps: [
    { kind: 'wait', id: 'one-hour', duration: '1h' },
    { kind: 'email', id: 'first-reminder', email: 'cart-1', expiresAfter: '12h', urgency: 'first-reminder' },
    { kind: 'wait', id: 'next-day', duration: '23h' },
    { kind: 'email', id: 'second-reminder', email: 'cart-2', expiresAfter: '24h' },
    { kind: 'wait', id: 'one-more-day', duration: '24h' },
    { kind: 'email', id: 'last-reminder', email: 'cart-3', expiresAfter: '24h', code: {} },
  ],
};
