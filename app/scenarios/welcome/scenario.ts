/** Welcome: a shopper just subscribed. Three e-mails over five days, until they order. */
import type { ScenarioDefinition } from '../../domain/scenario';

/** Who just bought gets the variant without a code: they would only wish they had waited. */
const code = { unless: 'opted-in-at-checkout' } as const;

export const welcome: ScenarioDefinition = {
  key: 'welcome',
  version: 1,
  trigger: { on: 'consent-given', maxAge: '24h', occurrence: 'once' },
  exits: ['order-placed'],
  priority: 4,
  consent: 'subscribed',
  offer: { kind: 'percentage', percent: 10, items: { on: 'all' }, minimum: null, validDays: 14 },
  steps: [
    { kind: 'email', id: 'hello', email: 'welcome-1', expiresAfter: '24h', urgency: 'asked-for', code },
    { kind: 'wait', id: 'two-days', duration: '2d' },
    { kind: 'check', id: 'no-order-yet', condition: 'no-order-since-start' },
    { kind: 'email', id: 'choosing', email: 'welcome-2', expiresAfter: '3d', code },
    { kind: 'wait', id: 'three-days', duration: '3d' },
    { kind: 'check', id: 'still-no-order', condition: 'no-order-since-start' },
    { kind: 'email', id: 'last-call', email: 'welcome-3', expiresAfter: '3d', code },
  ],
};
