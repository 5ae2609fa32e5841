import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../lib/duration';
import { CATALOGUE, SCENARIOS } from '../scenarios/catalogue';
import { decide, type Effect } from './decide';
import type { Enrollment } from './enrollment';
import type { ScenarioFacts } from './exit';
import type { ScenarioDefinition } from './scenario';
import { emailSteps } from './scenario';

const START = new Date('2026-03-02T10:00:00Z');
const NOTHING_HAPPENED: ScenarioFacts = {
  orderSinceStart: null,
  optedInAtCheckout: false,
  checkout: { completedAt: null, deleted: false, itemCount: 2 },
};

function enrolled(definition: ScenarioDefinition): Enrollment {
  return {
    id: 1,
    scenario: definition.key,
    customerId: '7',
    occurrence: 'once',
    version: definition.version,
    status: 'active',
    cursor: definition.steps[0]?.id ?? null,
    anchor: START,
    startedAt: START,
    subject: {},
  };
}

const since = (ms: number) => new Date(START.getTime() + ms);

/** Runs a whole enrollment as the pipeline does: looks at each due time, moved late by `lag`. */
function replay(
  definition: ScenarioDefinition,
  lag: number,
  factsAt: (now: Date) => ScenarioFacts,
): { effects: Effect[]; at: Date }[] {
  let enrollment = enrolled(definition);
  let now = START;
  const looks: { effects: Effect[]; at: Date }[] = [];
  for (let turn = 0; turn < 50; turn += 1) {
    const effects = decide(definition, enrollment, factsAt(now), now);
    looks.push({ effects, at: now });
    const last = effects.at(-1);
    if (last?.kind !== 'wait') return looks;
    enrollment = { ...enrollment, cursor: last.cursor, anchor: last.anchor };
    now = new Date(last.dueAt.getTime() + lag);
  }
  throw new Error('The enrollment never ends');
}

const planned = (looks: { effects: Effect[] }[]) =>
  looks.flatMap(({ effects }) => effects.filter((effect) => effect.kind === 'plan'));

describe('welcome', () => {
  const definition = CATALOGUE.welcome;

  it('plans the first e-mail at once and then waits two days', () => {
    const effects = decide(definition, enrolled(definition), NOTHING_HAPPENED, START);
    expect(effects).toMatchObject([
      { kind: 'plan', step: { email: 'welcome-1' }, plannedAt: START },
      { kind: 'wait', cursor: 'two-days', dueAt: since(2 * DAY) },
    ]);
  });

  it('plans its three e-mails at 0, 2 and 5 days when nothing happens', () => {
    const plans = planned(replay(definition, 0, () => NOTHING_HAPPENED));
    expect(plans.map((plan) => plan.plannedAt)).toEqual([START, since(2 * DAY), since(5 * DAY)]);
  });

  it('ends with the order as its reason when the shopper ordered after subscribing', () => {
    const order = { orderId: '9', at: since(HOUR) };
    const looks = replay(definition, 0, (now) =>
      now >= order.at ? { ...NOTHING_HAPPENED, orderSinceStart: order } : NOTHING_HAPPENED,
    );
    expect(planned(looks)).toHaveLength(1);
    expect(looks.at(-1)?.effects).toMatchObject([{ kind: 'end', reason: 'order-placed', facts: { orderId: '9' } }]);
  });
});

describe('abandoned-checkout', () => {
  const definition = CATALOGUE['abandoned-checkout'];

  it('reminds 1, 24 and 48 hours after the last change', () => {
    const plans = planned(replay(definition, 0, () => NOTHING_HAPPENED));
    expect(plans.map((plan) => plan.plannedAt)).toEqual([since(HOUR), since(24 * HOUR), since(48 * HOUR)]);
    expect(plans.map((plan) => plan.expiresAt)).toEqual([since(13 * HOUR), since(48 * HOUR), since(72 * HOUR)]);
  });

  it.each([
    ['was paid', { completedAt: since(0), deleted: false, itemCount: 2 }, 'checkout-completed'],
    ['was deleted', { completedAt: null, deleted: true, itemCount: 2 }, 'checkout-emptied'],
    ['holds nothing any more', { completedAt: null, deleted: false, itemCount: 0 }, 'checkout-emptied'],
  ])('ends when the checkout %s', (_what, checkout, reason) => {
    const effects = decide(definition, enrolled(definition), { ...NOTHING_HAPPENED, checkout }, since(2 * HOUR));
    expect(effects).toMatchObject([{ kind: 'end', reason }]);
  });
});

describe('a check with other steps', () => {
  const definition: ScenarioDefinition = {
    ...CATALOGUE.welcome,
    steps: [
      {
        kind: 'check',
        id: 'opted',
        condition: 'opted-in-at-checkout',
        otherwise: [{ kind: 'email', id: 'other', email: 'welcome-2', expiresAfter: '1h' }],
      },
      { kind: 'email', id: 'main', email: 'welcome-1', expiresAfter: '1h' },
    ],
  };

  it('goes on in line when it holds', () => {
    const effects = decide(definition, enrolled(definition), { ...NOTHING_HAPPENED, optedInAtCheckout: true }, START);
    expect(planned([{ effects }]).map((plan) => plan.step.id)).toEqual(['main']);
  });

  it('takes the other steps, and ends after them, when it does not', () => {
    const effects = decide(definition, enrolled(definition), NOTHING_HAPPENED, START);
    expect(planned([{ effects }]).map((plan) => plan.step.id)).toEqual(['other']);
    expect(effects.at(-1)).toMatchObject({ kind: 'end', reason: 'finished' });
  });
});

describe('every scenario', () => {
  it('plans each step at most once, in order, whatever the delay and whenever an order comes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SCENARIOS),
        fc.nat(3 * DAY),
        fc.option(fc.nat(10 * DAY)),
        (definition, lag, orderAfter) => {
          const order = orderAfter === null ? null : { orderId: '1', at: since(orderAfter) };
          const looks = replay(definition, lag, (now) => ({
            ...NOTHING_HAPPENED,
            orderSinceStart: order && now >= order.at ? order : null,
          }));
          const steps = planned(looks).map((plan) => plan.step.id);
          expect(new Set(steps).size).toBe(steps.length);
          const wanted = emailSteps(definition).map((step) => step.id);
          expect(steps).toEqual(wanted.slice(0, steps.length));
          for (const { effects, at } of looks) {
            if (order && at >= order.at) expect(planned([{ effects }])).toEqual([]);
          }
        },
      ),
    );
  });

  it('gives the same answer when asked again', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SCENARIOS), fc.nat(10 * DAY), (definition, later) => {
        const ask = () => decide(definition, enrolled(definition), NOTHING_HAPPENED, since(later));
        expect(ask()).toEqual(ask());
      }),
    );
  });
});
