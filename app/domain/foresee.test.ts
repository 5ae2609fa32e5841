import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../lib/duration';
import { CATALOGUE } from '../scenarios/catalogue';
import type { ScenarioFacts } from './exit';
import { foresee } from './foresee';
import type { ScenarioDefinition } from './scenario';

const START = new Date('2026-03-02T10:00:00Z');
const later = (ms: number) => new Date(START.getTime() + ms);
const FACTS: ScenarioFacts = {
  orderSinceStart: null,
  optedInAtCheckout: false,
  checkout: { completedAt: null, deleted: false, itemCount: 2, changedHands: false },
  code: null,
  earlierTimes: 0,
  isVip: true,
  hasBirthDate: true,
  zone: 'Europe/Paris',
};

const at = (definition: ScenarioDefinition, cursor: string, dueAt: Date | null) => ({
  id: 1,
  scenario: definition.key,
  customerId: '7',
  occurrence: 'once',
  version: definition.version,
  status: 'active' as const,
  cursor,
  anchor: START,
  startedAt: START,
  subject: {},
  dueAt,
});

const carts = CATALOGUE['abandoned-checkout'];
const firstWait = carts.steps[0]?.id ?? '';

describe('what comes next', () => {
  it('is the e-mail after the wait, at its planned time', () => {
    const seen = foresee(carts, at(carts, firstWait, later(HOUR)), FACTS, START);
    expect(seen).toEqual({ kind: 'email', email: 'cart-1', at: later(HOUR), awaitsCode: false });
  });

  it('is the e-mail that waits for its code', () => {
    const { welcome } = CATALOGUE;
    expect(foresee(welcome, at(welcome, 'hello', START), FACTS, START)).toMatchObject({
      kind: 'email',
      email: 'welcome-1',
      awaitsCode: true,
    });
  });

  it('takes the way the facts lead, past checks', () => {
    const { welcome } = CATALOGUE;
    const bought = { ...FACTS, optedInAtCheckout: true };
    const seen = foresee(welcome, at(welcome, 'two-days', later(2 * DAY)), bought, later(HOUR));
    expect(seen).toEqual({ kind: 'email', email: 'welcome-2', at: later(2 * DAY), awaitsCode: false });
  });

  it('is the end where an exit has come already', () => {
    const ordered = { ...FACTS, orderSinceStart: { orderId: '9', at: later(HOUR) } };
    expect(foresee(carts, at(carts, firstWait, later(HOUR)), ordered, START)).toMatchObject({
      kind: 'end',
      reason: 'order-placed',
    });
  });

  it('is an e-mail for every scenario at its start, for whom nothing else happens', () => {
    for (const definition of Object.values(CATALOGUE)) {
      const first = definition.steps[0];
      expect(foresee(definition, at(definition, first?.id ?? '', START), FACTS, START)?.kind).toBe('email');
    }
  });
});
