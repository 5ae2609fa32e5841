import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../lib/duration';
import { CATALOGUE, SCENARIOS } from '../scenarios/catalogue';
import { decide, type Effect } from './decide';
import type { Enrollment } from './enrollment';
import type { ScenarioFacts } from './exit';
import type { Offer, ShopperCode } from './offer';
import type { ScenarioDefinition } from './scenario';
import { emailSteps } from './scenario';

const START = new Date('2026-03-02T10:00:00Z');
const NOTHING_HAPPENED: ScenarioFacts = {
  orderSinceStart: null,
  optedInAtCheckout: false,
  checkout: { completedAt: null, deleted: false, itemCount: 2, changedHands: false },
  code: null,
  earlierTimes: 0,
  isVip: true,
  hasBirthDate: true,
  zone: 'Europe/Paris',
};
const TEN_PERCENT: Offer = { kind: 'percentage', percent: 10, items: { on: 'all' }, minimum: null, validDays: 14 };
/** Ends with the fourteenth day on the shop's wall clock. */
const CODE: ShopperCode = {
  code: 'ABCD-EFGH',
  offer: TEN_PERCENT,
  endsAt: new Date('2026-03-16T23:00:00Z'),
  givenAt: START,
  usedAt: null,
};
const WITH_CODE: ScenarioFacts = { ...NOTHING_HAPPENED, code: CODE };

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

/** What happens to somebody who does nothing; the code is as the replay has it. */
const { code: _none, ...NOTHING_BUT_CODES } = NOTHING_HAPPENED;

const since = (ms: number) => new Date(START.getTime() + ms);

/** How long Shopify takes to make a code. */
const CODE_TAKES = MINUTE;

/** Runs a whole enrollment as the pipeline does: looks at each due time, moved late by `lag`; a code asked for is made. */
function replay(
  definition: ScenarioDefinition,
  lag: number,
  factsAt: (now: Date) => Omit<ScenarioFacts, 'code'>,
): { effects: Effect[]; at: Date }[] {
  let enrollment = enrolled(definition);
  let now = START;
  let code: ShopperCode | null = null;
  const looks: { effects: Effect[]; at: Date }[] = [];
  for (let turn = 0; turn < 50; turn += 1) {
    const effects = decide(definition, enrollment, { code, ...factsAt(now) }, now);
    looks.push({ effects, at: now });
    const last = effects.at(-1);
    if (last?.kind !== 'wait' && last?.kind !== 'get-code') return looks;
    enrollment = { ...enrollment, cursor: last.cursor, anchor: last.anchor };
    if (last.kind === 'get-code') code = { ...CODE, endsAt: new Date(now.getTime() + 14 * DAY) };
    now = new Date(last.kind === 'wait' ? last.dueAt.getTime() + lag : now.getTime() + CODE_TAKES);
  }
  throw new Error('The enrollment never ends');
}

const planned = (looks: { effects: Effect[] }[]) =>
  looks.flatMap(({ effects }) => effects.filter((effect) => effect.kind === 'plan'));

describe('welcome', () => {
  const definition = CATALOGUE.welcome;

  it('has the code made before it plans the first e-mail', () => {
    const effects = decide(definition, enrolled(definition), NOTHING_HAPPENED, START);
    expect(effects).toEqual([{ kind: 'get-code', cursor: 'hello', anchor: START, dueAt: since(15 * MINUTE) }]);
  });

  it('plans the first e-mail at once and then waits two days', () => {
    const effects = decide(definition, enrolled(definition), WITH_CODE, START);
    expect(effects).toMatchObject([
      { kind: 'plan', step: { email: 'welcome-1' }, plannedAt: START },
      { kind: 'wait', cursor: 'two-days', dueAt: since(2 * DAY) },
    ]);
  });

  it('plans its three e-mails at 0, 2 and 5 days when nothing happens', () => {
    const plans = planned(replay(definition, 0, () => NOTHING_BUT_CODES));
    expect(plans.map((plan) => plan.plannedAt)).toEqual([START, since(2 * DAY), since(5 * DAY)]);
  });

  it('ends with the order as its reason when the shopper ordered after subscribing', () => {
    const order = { orderId: '9', at: since(HOUR) };
    const looks = replay(definition, 0, (now) =>
      now >= order.at ? { ...NOTHING_BUT_CODES, orderSinceStart: order } : NOTHING_BUT_CODES,
    );
    expect(planned(looks)).toHaveLength(1);
    expect(looks.at(-1)?.effects).toMatchObject([{ kind: 'end', reason: 'order-placed', facts: { orderId: '9' } }]);
  });
});

describe('abandoned-checkout', () => {
  const definition = CATALOGUE['abandoned-checkout'];

  it('reminds 1, 24 and 48 hours after the last change', () => {
    const plans = planned(replay(definition, 0, () => NOTHING_BUT_CODES));
    expect(plans.map((plan) => plan.plannedAt)).toEqual([since(HOUR), since(24 * HOUR), since(48 * HOUR)]);
    expect(plans.map((plan) => plan.expiresAt)).toEqual([since(13 * HOUR), since(48 * HOUR), since(72 * HOUR)]);
  });

  it.each([
    ['was paid', { completedAt: since(0), deleted: false, itemCount: 2, changedHands: false }, 'checkout-completed'],
    ['was deleted', { completedAt: null, deleted: true, itemCount: 2, changedHands: false }, 'checkout-emptied'],
    [
      'holds nothing any more',
      { completedAt: null, deleted: false, itemCount: 0, changedHands: false },
      'checkout-emptied',
    ],
    [
      'became somebody else’s',
      { completedAt: null, deleted: false, itemCount: 2, changedHands: true },
      'checkout-changed-hands',
    ],
  ])('ends when the checkout %s', (_what, checkout, reason) => {
    const effects = decide(definition, enrolled(definition), { ...NOTHING_HAPPENED, checkout }, since(2 * HOUR));
    expect(effects).toMatchObject([{ kind: 'end', reason }]);
  });
});

describe('birthday and its code', () => {
  const definition = CATALOGUE.birthday;
  const atReminder = { ...enrolled(definition), cursor: 'before-the-end' };

  it('reminds three days before the code ends, at nine on the shopper’s clock', () => {
    const tokyo = { ...WITH_CODE, zone: 'Asia/Tokyo' };
    const nineIn = { 'Europe/Paris': '2026-03-14T08:00:00Z', 'Asia/Tokyo': '2026-03-14T00:00:00Z' };
    for (const facts of [WITH_CODE, tokyo]) {
      const dueAt = new Date(nineIn[facts.zone as keyof typeof nineIn]);
      expect(decide(definition, atReminder, facts, START)).toMatchObject([{ kind: 'wait', dueAt }]);
      expect(planned([{ effects: decide(definition, atReminder, facts, dueAt) }])).toMatchObject([
        { step: { id: 'reminder' }, plannedAt: dueAt },
      ]);
    }
  });

  it('lets a day pass before it reminds of a code that lives shorter than that', () => {
    const facts = { ...NOTHING_HAPPENED, code: { ...CODE, endsAt: since(2 * DAY) } };
    const dueAt = new Date('2026-03-04T08:00:00Z');
    expect(decide(definition, atReminder, facts, START)).toMatchObject([{ kind: 'wait', dueAt }]);
  });

  it('reminds on the next morning where the clock changes in between', () => {
    // From nine to nine in Paris 23 hours pass in March, and 25 in October.
    for (const [eve, nine] of [
      ['2027-03-27T08:00:00Z', '2027-03-28T07:00:00Z'],
      ['2026-10-24T07:00:00Z', '2026-10-25T08:00:00Z'],
    ] as const) {
      const anchor = new Date(eve);
      const code = { ...CODE, endsAt: new Date(anchor.getTime() + 2 * DAY) };
      const effects = decide(definition, { ...atReminder, anchor }, { ...NOTHING_HAPPENED, code }, anchor);
      expect(effects).toMatchObject([{ kind: 'wait', dueAt: new Date(nine) }]);
    }
  });

  it.each<[string, ShopperCode | null, object]>([
    ['was used', { ...CODE, usedAt: since(DAY) }, {}],
    ['ended before its time', { ...CODE, endsAt: since(DAY) }, {}],
    ['has no end', { ...CODE, endsAt: null }, { code: 'without-end' }],
    ['was never made', null, { code: 'never-given' }],
    ['no e-mail gave them, as that of the day was withheld', { ...CODE, givenAt: null }, { code: 'never-given' }],
  ])('reminds nobody whose code %s', (_what, code, told) => {
    const effects = decide(definition, atReminder, { ...NOTHING_HAPPENED, code }, since(30 * DAY));
    const facts = { condition: 'code-unused', ...told };
    expect(effects).toEqual([{ kind: 'end', reason: 'condition-not-met', facts }]);
  });

  it('asks again for the code until the e-mail has no use any more, and no longer', () => {
    const midnight = new Date('2026-03-02T23:00:00Z');
    const ask = (now: Date) => decide(definition, enrolled(definition), NOTHING_HAPPENED, now);
    expect(ask(since(HOUR))).toMatchObject([{ kind: 'get-code', dueAt: since(HOUR + 15 * MINUTE) }]);
    expect(ask(new Date(midnight.getTime() - MINUTE))).toMatchObject([{ kind: 'get-code', dueAt: midnight }]);
    expect(planned([{ effects: ask(midnight) }])).toMatchObject([{ step: { id: 'the-day' }, expiresAt: midnight }]);
  });

  it('goes without a code where the owner gives none', () => {
    const effects = decide({ ...definition, offer: null }, enrolled(definition), NOTHING_HAPPENED, START);
    expect(effects.map(({ kind }) => kind)).toEqual(['plan', 'end']);
  });
});

describe('who opted in at a checkout', () => {
  it('is welcomed without a code', () => {
    const facts = { ...NOTHING_HAPPENED, optedInAtCheckout: true };
    const effects = decide(CATALOGUE.welcome, enrolled(CATALOGUE.welcome), facts, START);
    expect(effects.map(({ kind }) => kind)).toEqual(['plan', 'wait']);
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
            ...NOTHING_BUT_CODES,
            orderSinceStart: order && now >= order.at ? order : null,
          }));
          const steps = planned(looks).map((plan) => plan.step.id);
          expect(new Set(steps).size).toBe(steps.length);
          const wanted = emailSteps(definition).map((step) => step.id);
          expect(steps).toEqual(wanted.slice(0, steps.length));
          for (const { effects, at } of looks) {
            const ended = definition.exits.includes('order-placed') && order && at >= order.at;
            if (ended) expect(planned([{ effects }])).toEqual([]);
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
