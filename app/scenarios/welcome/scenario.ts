/** Welcome: a shopper just subscribed. Three e-mails over five days, until they order. */
import type { ScenarioDefinition } from '../../domain/scenario';

export const welcome: ScenarioDefinition = {
  key: 'welcome',
  version: 1,
  trigger: { on: 'consent-given', maxAge: '24h', occurrence: 'once' },
  exits: ['order-placed'],
  priority: 4,
  consent: 'subscribed',
  steps: [
    { kind: 'email', id: 'hello', email: 'welcome-1', expiresAfter: '24h', urgency: 'asked-for' },
    { kind: 'wait', id: 'two-days', duration: '2d' },
    { kind: 'check', id: 'no-order-yet', condition: 'no-order-since-start' },
    { kind: 'email', id: 'choosing', email: 'welcome-2', expiresAfter: '3d' },
    { kind: 'wait', id: 'three-days', duration: '3d' },
    { kind: 'check', id: 'still-no-order', condition: 'no-order-since-start' },
    { kind: 'email', id: 'last-call', email: 'welcome-3', expiresAfter: '3d' },
  ],
};
