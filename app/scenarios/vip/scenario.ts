/** VIP: thanks and a code for the best customers, and another message after each further 90 days among them. */
import type { ScenarioDefinition } from '../../domain/scenario';

export const vip: ScenarioDefinition = {
  key: 'vip',
  version: 1,
  trigger: { on: 'vip', every: '90d', occurrence: 'period' },
  exits: ['vip-left'],
  priority: 10,
  consent: 'subscribed',
  audience: { by: 'share', percent: 5 },
  offer: { kind: 'percentage', percent: 15, items: { on: 'all' }, minimum: null, validDays: 30 },
  steps: [
    {
      kind: 'check',
      id: 'thanked-before',
      condition: 'not-first-time',
      otherwise: [{ kind: 'email', id: 'thanks', email: 'vip-1', expiresAfter: '7d', code: {} }],
    },
    { kind: 'email', id: 'thanks-again', email: 'vip-2', expiresAfter: '7d', code: {} },
  ],
};
