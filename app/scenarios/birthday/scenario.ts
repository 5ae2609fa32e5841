/** Birthday: on the day, a present; before its code ends, a reminder to those who have not used it. */
import type { ScenarioDefinition } from '../../domain/scenario';

const NINE = 9 * 60;

export const birthday: ScenarioDefinition = {
  key: 'birthday',
  version: 1,
  trigger: { on: 'birthday', at: NINE, occurrence: 'year' },
  exits: ['birth-date-gone'],
  priority: 7,
  consent: 'subscribed',
  offer: { kind: 'percentage', percent: 10, items: { on: 'all' }, minimum: null, validDays: 14 },
  steps: [
    { kind: 'email', id: 'the-day', email: 'birthday-1', expiresAfter: 'end-of-day', code: {} },
    { kind: 'wait', id: 'before-the-end', duration: '3d', before: { event: 'code-end', at: NINE } },
    { kind: 'check', id: 'code-unused', condition: 'code-unused' },
    { kind: 'email', id: 'reminder', email: 'birthday-2', expiresAfter: 'end-of-day', code: { required: true } },
  ],
};
