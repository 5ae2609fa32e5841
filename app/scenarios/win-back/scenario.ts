/** Win-back: a customer has not ordered for twice their usual time. Ideas first, a code a week later, then a last call. */
import type { ScenarioDefinition } from '../../domain/scenario';

export const winBack: ScenarioDefinition = {
  key: 'win-back',
  version: 1,
  trigger: { on: 'lapsed', occurrence: 'last-order' },
  exits: ['order-placed'],
  priority: 11,
  consent: 'subscribed',
  audience: { by: 'usual-gap' },
  offer: { kind: 'percentage', percent: 10, items: { on: 'all' }, minimum: null, validDays: 14 },
  steps: [
    { kind: 'email', id: 'picks', email: 'win-back-1', expiresAfter: '7d' },
    { kind: 'wait', id: 'seven-days', duration: '7d' },
    { kind: 'check', id: 'no-order-yet', condition: 'no-order-since-start' },
    { kind: 'email', id: 'code', email: 'win-back-2', expiresAfter: '7d', code: {} },
    { kind: 'wait', id: 'five-days', duration: '5d' },
    { kind: 'check', id: 'still-no-order', condition: 'no-order-since-start' },
    { kind: 'email', id: 'last-call', email: 'win-back-3', expiresAfter: '7d', code: {} },
  ],
};
