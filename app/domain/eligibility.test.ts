import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../lib/duration';
import { CATALOGUE } from '../scenarios/catalogue';
import type { Audience } from './audience';
import type { Customer } from './customer';
import { type Eligibility, whyOf } from './eligibility';
import { type History, STATES } from './eligibility-state';
import { lastLook } from './last-look';
import { FULL_PACE } from './mail-pace';
import type { Reason } from './reason';
import { SCENARIO_KEYS, type ScenarioKey } from './scenario';
import { DEFAULT_SHOP_SETTINGS } from './shop';

/** A Tuesday, 11:00 in Paris. */
const NOW = new Date('2026-03-03T10:00:00Z');
const ago = (ms: number) => new Date(NOW.getTime() - ms);
const ahead = (ms: number) => new Date(NOW.getTime() + ms);
const iso = (ms: number) => ago(ms).toISOString();

const customer: Customer = {
  ...{ id: '7', email: 'zoe@example.com', firstName: 'Zoé', lastName: null, locale: 'fr', country: 'FR', tags: [] },
  consent: { state: 'subscribed', level: 'single_opt_in', updatedAt: ago(5 * DAY) },
  preferences: { refused: [], fewer: false },
  ...{ birthDate: null, leftOutSegment: null, ordersCount: 0, suppressed: null, deleted: false },
};

/** The shop switched everything on ten days ago. */
const history: History = {
  ...{
    onSince: ago(10 * DAY),
    standingUntil: ago(10 * DAY),
    begun: {},
    cart: null,
    lastOrderAt: null,
    lapse: null,
    vipSince: null,
    best: null,
  },
  spent: { orders: 0, net: '0' },
};

interface Change extends Partial<Omit<Eligibility, 'customer' | 'history' | 'definition'>> {
  customer?: Partial<Customer>;
  history?: Partial<History>;
  audience?: Audience;
}

function look(key: ScenarioKey, change: Change = {}): Eligibility {
  const { customer: who, history: past, audience, ...rest } = change;
  return {
    shop: { pausedAt: null, pace: FULL_PACE, settings: DEFAULT_SHOP_SETTINGS },
    sender: 'ready',
    zone: 'Europe/Paris',
    recent: [],
    underWay: null,
    ...rest,
    definition: { ...CATALOGUE[key], ...(audience ? { audience } : {}) },
    customer: { ...customer, ...who },
    history: { ...history, ...(past?.onSince === undefined ? {} : { standingUntil: past.onSince }), ...past },
  };
}

/** The state or the refusal, with its facts. */
function why(key: ScenarioKey, change: Change = {}) {
  const answer = whyOf(look(key, change), NOW);
  return 'state' in answer.why
    ? [answer.why.state, answer.why.facts, answer.next?.at.toISOString() ?? null]
    : [answer.why.reason, answer.why.facts, answer.next?.at.toISOString() ?? null];
}

const cart = { id: 'c1', leftAt: ago(2 * DAY), paidAt: null, gone: false };
const lapse = { days: 40, by: 'own-gap', usualGapDays: 20 } as const;
const day = (ms: number) => iso(ms);
const onDay = day(10 * DAY);

describe('what keeps everything from a person', () => {
  const refusals: [Reason, Change][] = [
    ['customer-deleted', { customer: { deleted: true } }],
    ['no-email-address', { customer: { email: null } }],
    ['bounced', { customer: { suppressed: 'bounced' } }],
    ['complained', { customer: { suppressed: 'complained' } }],
    ['left-out-by-segment', { customer: { leftOutSegment: 'Wholesale' } }],
    ['kind-refused', { customer: { preferences: { refused: [...SCENARIO_KEYS], fewer: false } } }],
    ['unsubscribed', { customer: { consent: { ...customer.consent, state: 'unsubscribed' } } }],
    ['consent-pending', { customer: { consent: { ...customer.consent, state: 'pending' } } }],
    ['not-subscribed', { customer: { consent: { ...customer.consent, state: 'not_subscribed' } } }],
  ];
  it.each(refusals)('is said whatever the scenario: %s', (reason, change) => {
    for (const key of SCENARIO_KEYS) {
      const { why: said, next, hold } = whyOf(look(key, change), NOW);
      expect([said, next, hold]).toMatchObject([{ reason }, null, null]);
    }
  });

  it('names the tag', () => {
    const settings = { ...DEFAULT_SHOP_SETTINGS, leftOutTags: ['STAFF'] };
    const change = { shop: { pausedAt: null, pace: FULL_PACE, settings }, customer: { tags: ['new', 'Staff'] } };
    expect(why('vip', change)).toEqual(['left-out-by-tag', { tag: 'Staff' }, null]);
  });

  it('follows the ground the owner widened for carts alone', () => {
    const settings = { ...DEFAULT_SHOP_SETTINGS, checkoutGround: 'left-address' as const };
    const change: Change = {
      shop: { pausedAt: null, pace: FULL_PACE, settings },
      customer: { consent: { ...customer.consent, state: 'not_subscribed' } },
    };
    expect(why('abandoned-checkout', change)[0]).toBe('ground-not-allowed');
    expect(why('abandoned-checkout', { ...change, customer: { ...change.customer, ordersCount: 1 } })[0]).toBe(
      'no-cart',
    );
    expect(why('birthday', change)[0]).toBe('not-subscribed');
  });

  it('is what the last look withholds for, and comes before what is under way', () => {
    const bool = fc.boolean();
    const person = fc.record({
      ...{ deleted: bool, email: fc.constantFrom(null, 'a@b.example'), leftOutSegment: fc.constantFrom(null, 'S') },
      suppressed: fc.constantFrom(null, 'bounced' as const, 'complained' as const),
      tags: fc.constantFrom<string[]>([], ['staff'], ['Staff', 'x']),
      state: fc.constantFrom('subscribed', 'unsubscribed', 'pending', 'not_subscribed', 'redacted', 'invalid'),
      refused: fc.constantFrom<string[]>([], ['vip'], ['welcome']),
      ordersCount: fc.constantFrom(0, 1),
    });
    fc.assert(
      fc.property(person, fc.constantFrom(...SCENARIO_KEYS), ({ state, refused, ...rest }, key) => {
        const who: Customer = {
          ...customer,
          ...rest,
          consent: { ...customer.consent, state: state as Customer['consent']['state'] },
          preferences: { refused, fewer: false },
        };
        const settings = { ...DEFAULT_SHOP_SETTINGS, leftOutTags: ['staff'] };
        const underWay = { planned: [], after: null };
        const asked = look(key, { shop: { pausedAt: null, pace: FULL_PACE, settings }, customer: who, underWay });
        const verdict = lastLook(
          {
            ...asked,
            shop: { ...SHOP, settings },
            definition: { ...asked.definition, exits: [] },
            ...{ urgency: undefined, scenarioOn: true, endedBy: null, rivalDueAt: null, ordersConfirmed: true },
            allowances: [],
            scenario: {
              ...{ orderSinceStart: null, optedInAtCheckout: false, checkout: null, code: null },
              ...{ earlierTimes: 0, isVip: true, hasBirthDate: true, zone: 'Europe/Paris' },
            },
            ...{ showable: null, code: { state: 'none', required: false }, plannedAt: NOW, expiresAt: ahead(DAY) },
            putOffFor: null,
          },
          NOW,
        );
        const said = whyOf(asked, NOW).why;
        if (verdict.kind === 'withhold') expect(said).toMatchObject({ reason: verdict.reason });
        else expect(said).toHaveProperty('state');
      }),
    );
  });
});

const SHOP = {
  ...{ id: 1, domain: 'l.myshopify.com', name: 'Lune', email: null, currency: 'EUR', timeZone: 'Europe/Paris' },
  ...{ country: 'FR', locale: 'fr', url: '', address: null, installedAt: NOW, uninstalledAt: null, pausedAt: null },
  ...{ pace: FULL_PACE, ordersKnownUntil: NOW, foundBrand: null, settings: DEFAULT_SHOP_SETTINGS },
};

describe('where a person stands', () => {
  const since = (vipSince: Date, past: Partial<History> = {}): Change => ({ history: { vipSince, ...past } });
  const orders = (lastOrderAt: Date, past: Partial<History> = {}): Change => ({
    history: { lastOrderAt, lapse, ...past },
  });
  const spent = (orderCount: number, net: string, past: Partial<History> = {}): Partial<History> => ({
    spent: { orders: orderCount, net },
    ...past,
  });
  const off = { onSince: null };
  const CASES: [string, ScenarioKey, Change, unknown[]][] = [
    [
      'welcomed before',
      'welcome',
      { history: { begun: { once: ago(4 * DAY) } } },
      ['welcomed', { welcomedDay: day(4 * DAY) }, null],
    ],
    [
      'subscribed, nobody says when',
      'welcome',
      { customer: { consent: { ...customer.consent, updatedAt: null } } },
      ['subscribed-undated', {}, null],
    ],
    [
      'subscribed while it is off',
      'welcome',
      { history: off },
      ['subscribed-day', { subscribedDay: day(5 * DAY) }, null],
    ],
    [
      'subscribed before it was on',
      'welcome',
      { customer: { consent: { ...customer.consent, updatedAt: ago(12 * DAY) } } },
      ['subscribed-before-on', { subscribedDay: day(12 * DAY), onDay }, null],
    ],
    ['subscribed since, but untold', 'welcome', {}, ['subscribed-untold', { subscribedDay: day(5 * DAY) }, null]],

    ['without a cart', 'abandoned-checkout', {}, ['no-cart', {}, null]],
    [
      'with a paid cart',
      'abandoned-checkout',
      { history: { cart: { ...cart, paidAt: ago(DAY) } } },
      ['cart-paid', { paidDay: day(DAY) }, null],
    ],
    [
      'with a cart that is gone',
      'abandoned-checkout',
      { history: { cart: { ...cart, gone: true } } },
      ['cart-empty', { leftDay: day(2 * DAY) }, null],
    ],
    [
      'with a cart that was reminded of',
      'abandoned-checkout',
      { history: { cart, begun: { c1: ago(2 * DAY) } } },
      ['cart-done', { leftDay: day(2 * DAY) }, null],
    ],
    [
      'with a cart while it is off',
      'abandoned-checkout',
      { history: { cart, ...off } },
      ['cart-left', { leftDay: day(2 * DAY) }, null],
    ],
    [
      'with a cart from before it was on',
      'abandoned-checkout',
      { history: { cart: { ...cart, leftAt: ago(11 * DAY) } } },
      ['cart-before-on', { leftDay: day(11 * DAY), onDay }, null],
    ],
    [
      'with a cart nobody told of',
      'abandoned-checkout',
      { history: { cart, begun: { c0: ago(3 * DAY) } } },
      ['cart-untold', { leftDay: day(2 * DAY) }, null],
    ],

    ['without a birth date', 'birthday', {}, ['no-birth-date', {}, null]],
    [
      'born tomorrow',
      'birthday',
      { customer: { birthDate: '1990-03-04' } },
      ['birthday', { birthDay: '2026-03-04' }, '2026-03-04T08:00:00.000Z'],
    ],
    [
      'born today, after nine',
      'birthday',
      { customer: { birthDate: '1990-03-03' } },
      ['birthday', { birthDay: '2026-03-03' }, NOW.toISOString()],
    ],
    [
      'born today, begun already',
      'birthday',
      { customer: { birthDate: '1990-03-03' }, history: { begun: { 'birthday:2026': NOW } } },
      ['birthday', { birthDay: '2027-03-03' }, '2027-03-03T08:00:00.000Z'],
    ],
    [
      'born on the first day, begun for next year already',
      'birthday',
      { customer: { birthDate: '1990-01-01' }, history: { begun: { 'birthday:2027': NOW } } },
      ['birthday', { birthDay: '2028-01-01' }, '2028-01-01T08:00:00.000Z'],
    ],
    [
      'born yesterday',
      'birthday',
      { customer: { birthDate: '1990-03-02' } },
      ['birthday', { birthDay: '2027-03-02' }, '2027-03-02T08:00:00.000Z'],
    ],
    [
      'born on a leap day, in a country that keeps February',
      'birthday',
      { customer: { birthDate: '1992-02-29' } },
      ['birthday', { birthDay: '2027-02-28' }, '2027-02-28T08:00:00.000Z'],
    ],
    [
      'born on a leap day, in a country that keeps March',
      'birthday',
      { customer: { birthDate: '1992-02-29', country: 'GB' }, zone: 'Europe/London' },
      ['birthday', { birthDay: '2027-03-01' }, '2027-03-01T09:00:00.000Z'],
    ],

    ['without an order', 'win-back', {}, ['never-ordered', {}, null]],
    [
      'not lapsed, by their own gap',
      'win-back',
      orders(ago(12 * DAY)),
      [
        'not-lapsed-own-gap',
        { count: 12, lapseDay: ahead(28 * DAY).toISOString(), days: 40, usualGapDays: 20 },
        // Summer time began between: ten in the morning there.
        '2026-03-31T08:00:00.000Z',
      ],
    ],
    [
      'not lapsed, by the shop’s gap',
      'win-back',
      orders(ago(HOUR), { lapse: { ...lapse, by: 'shop-gap' } }),
      [
        'not-lapsed-shop-gap',
        { count: 0, lapseDay: ahead(40 * DAY - HOUR).toISOString(), days: 40, usualGapDays: 20 },
        '2026-04-12T08:00:00.000Z',
      ],
    ],
    [
      'not lapsed, by days alone, this evening',
      'win-back',
      orders(ago(40 * DAY - HOUR), { lapse: { days: 40, by: 'days', usualGapDays: null } }),
      [
        'not-lapsed-days',
        { count: 39, lapseDay: ahead(HOUR).toISOString(), days: 40, usualGapDays: null },
        '2026-03-04T09:00:00.000Z',
      ],
    ],
    [
      'lapsed since it was on',
      'win-back',
      orders(ago(42 * DAY)),
      ['lapsed', { lapseDay: day(2 * DAY) }, '2026-03-04T09:00:00.000Z'],
    ],
    ['lapsed while it is off', 'win-back', orders(ago(42 * DAY), off), ['lapsed', { lapseDay: day(2 * DAY) }, null]],
    [
      'lapsed before it was on',
      'win-back',
      orders(ago(52 * DAY)),
      ['lapsed-before-on', { lapseDay: day(12 * DAY), onDay }, null],
    ],
    [
      'lapsed before the rule changed',
      'win-back',
      orders(ago(42 * DAY), { standingUntil: ago(DAY) }),
      ['lapsed-before-on', { lapseDay: day(2 * DAY), onDay: day(DAY) }, null],
    ],
    [
      'lapsed too long ago',
      'win-back',
      orders(ago(80 * DAY), { onSince: ago(100 * DAY) }),
      ['lapsed-long-ago', { lapseDay: day(40 * DAY), days: 30 }, null],
    ],
    [
      'written to for this lapse',
      'win-back',
      orders(ago(42 * DAY), { begun: { [`last-order:${iso(42 * DAY)}`]: ago(2 * DAY) } }),
      ['lapsed-done', { lapseDay: day(2 * DAY) }, null],
    ],
    [
      'written to for an earlier lapse',
      'win-back',
      orders(ago(42 * DAY), { begun: { [`last-order:${iso(142 * DAY)}`]: ago(102 * DAY) } }),
      ['lapsed', { lapseDay: day(2 * DAY) }, '2026-03-04T09:00:00.000Z'],
    ],

    ['among the best, new', 'vip', since(ago(DAY)), ['vip', { vipDay: day(DAY) }, '2026-03-04T09:00:00.000Z']],
    [
      'among the best, thanked',
      'vip',
      since(ago(DAY), { begun: { [`vip:${iso(DAY)}:0`]: ago(DAY) } }),
      ['vip', { vipDay: day(DAY) }, '2026-06-01T08:00:00.000Z'],
    ],
    [
      'among the best, a further period, not written to',
      'vip',
      since(ago(91 * DAY), { onSince: ago(100 * DAY), begun: { [`vip:${iso(91 * DAY)}:0`]: ago(91 * DAY) } }),
      ['vip', { vipDay: day(91 * DAY) }, '2026-03-04T09:00:00.000Z'],
    ],
    [
      'among the best, the period began too long ago',
      'vip',
      since(ago(40 * DAY), { onSince: ago(100 * DAY) }),
      ['vip', { vipDay: day(40 * DAY) }, '2026-04-23T08:00:00.000Z'],
    ],
    ['among the best from the beginning', 'vip', since(ago(10 * DAY)), ['vip-before-on', { onDay }, null]],
    [
      'among the best by a wider rule',
      'vip',
      since(ago(DAY), { standingUntil: ago(DAY) }),
      ['vip-before-on', { onDay: day(DAY) }, null],
    ],
    [
      'among the best from the beginning, written to once as the owner said',
      'vip',
      since(ago(10 * DAY), { begun: { [`vip:${iso(10 * DAY)}:0`]: ago(DAY) } }),
      ['vip', { vipDay: day(10 * DAY) }, '2026-05-23T08:00:00.000Z'],
    ],
    ['among the best while it is off', 'vip', since(ago(DAY), off), ['vip', { vipDay: day(DAY) }, null]],
    [
      'not the best, nobody counted',
      'vip',
      { history: spent(1, '120') },
      ['not-vip-uncounted', { spent: '120', percent: 5 }, null],
    ],
    [
      'not the best, another share was counted',
      'vip',
      { history: spent(1, '120', { best: { percent: 10, from: '310' } }) },
      ['not-vip-uncounted', { spent: '120', percent: 5 }, null],
    ],
    [
      'not the best by share',
      'vip',
      { history: spent(3, '120', { best: { percent: 5, from: '310' } }) },
      ['not-vip-share', { spent: '120', from: '310', percent: 5 }, null],
    ],
    [
      'spent enough at once',
      'vip',
      { history: spent(1, '400', { best: { percent: 5, from: '310' } }) },
      ['not-vip-one-order', { least: 2 }, null],
    ],
    [
      'among the best since the last look',
      'vip',
      { history: spent(2, '310', { best: { percent: 5, from: '310' } }) },
      ['vip-coming', {}, '2026-03-04T09:00:00.000Z'],
    ],
    [
      'not the best by spend',
      'vip',
      { audience: { by: 'spend', amount: '300' }, history: spent(9, '299.99') },
      ['not-vip-spend', { spent: '299.99', from: '300' }, null],
    ],
    [
      'the best by spend since',
      'vip',
      { audience: { by: 'spend', amount: '300' }, history: spent(1, '300') },
      ['vip-coming', {}, '2026-03-04T09:00:00.000Z'],
    ],
    [
      'not the best by orders',
      'vip',
      { audience: { by: 'orders', count: 4 }, history: spent(3, '1000') },
      ['not-vip-orders', { count: 3, least: 4 }, null],
    ],
    [
      'the best by orders since',
      'vip',
      { audience: { by: 'orders', count: 4 }, history: spent(4, '0') },
      ['vip-coming', {}, '2026-03-04T09:00:00.000Z'],
    ],
  ];
  it.each(CASES)('%s', (_, key, change, expected) => {
    expect(why(key, change)).toEqual(expected);
  });

  it('has a case here for every place there is', () => {
    const seen = new Set(CASES.map(([, , , [state]]) => state));
    const busy = ['under-way', 'under-way-ending', 'cart-waiting'];
    expect(STATES.filter((state) => !seen.has(state) && !busy.includes(state))).toEqual([]);
  });
});

describe('what is under way', () => {
  const email = (at: Date, name = 'birthday-1', awaitsCode = false) => ({
    kind: 'email' as const,
    email: name,
    at,
    awaitsCode,
  });
  const going = (key: ScenarioKey, after: NonNullable<Eligibility['underWay']>['after'], change: Change = {}) =>
    whyOf(look(key, { ...change, underWay: { planned: [], after } }), NOW);

  it('tells how long ago the cart was left, and when the reminder is planned', () => {
    const history: Partial<History> = { cart: { ...cart, leftAt: ago(10 * MINUTE) }, begun: { c1: ago(10 * MINUTE) } };
    expect(going('abandoned-checkout', email(ahead(50 * MINUTE), 'cart-1'), { history })).toEqual({
      why: { state: 'cart-waiting', facts: { leftMs: 10 * MINUTE } },
      hold: null,
      next: { at: ahead(50 * MINUTE), planned: true },
    });
  });

  it('says from when it may go where the planned moment is in the night', () => {
    const { next } = going('win-back', email(new Date('2026-03-03T22:00:00Z'), 'win-back-2'));
    const [night, morning] = [new Date('2026-03-03T22:00:00Z'), new Date('2026-03-04T07:00:00Z')];
    expect(next).toEqual({ at: night, planned: true, from: morning });
  });

  it('waits for nothing where the shopper asked for it just now', () => {
    const night = new Date('2026-03-03T22:00:00Z');
    const recent = [1, 2, 3].map((days) => ({ at: ago(days * DAY), priority: 1 }));
    expect(going('welcome', email(night, 'welcome-1'), { recent }).next).toEqual({ at: night, planned: true });
  });

  it('says what an e-mail that is put off waits for, and until when', () => {
    const planned = [{ dueAt: ahead(DAY), reason: 'too-soon' as const, facts: { gapHours: 16 } }];
    expect(whyOf(look('vip', { underWay: { planned, after: null } }), NOW)).toEqual({
      why: { state: 'under-way', facts: {} },
      hold: { reason: 'too-soon', facts: { gapHours: 16 } },
      next: { at: ahead(DAY), planned: true },
    });
  });

  it('takes what was due already for now', () => {
    const planned = [{ dueAt: ago(MINUTE), reason: null, facts: {} }];
    expect(whyOf(look('vip', { underWay: { planned, after: null } }), NOW).next?.at).toEqual(NOW);
  });

  it('says that nothing follows, with the reason where it is not the ordinary end', () => {
    const ending = (reason: Reason) => going('vip', { kind: 'end', reason, facts: {} });
    expect(ending('finished')).toEqual({ why: { state: 'under-way-ending', facts: {} }, hold: null, next: null });
    expect(ending('vip-left').hold).toEqual({ reason: 'vip-left', facts: {} });
  });

  it('gives no moment while a code is awaited, the scenario is off, all is paused or nobody can tell', () => {
    const at = email(ahead(DAY));
    expect(going('birthday', { ...at, awaitsCode: true })).toMatchObject({
      hold: { reason: 'code-awaited' },
      next: null,
    });
    expect(going('birthday', at, { history: { onSince: null } })).toMatchObject({
      hold: { reason: 'scenario-off' },
      next: null,
    });
    expect(
      going('birthday', at, { shop: { pausedAt: NOW, pace: FULL_PACE, settings: DEFAULT_SHOP_SETTINGS } }),
    ).toMatchObject({
      hold: { reason: 'everything-paused' },
      next: null,
    });
    expect(going('birthday', null)).toEqual({ why: { state: 'under-way', facts: {} }, hold: null, next: null });
  });
});

describe('what else holds the next e-mail back', () => {
  const born: Change = { customer: { birthDate: '1990-03-04' } };
  const week = [1, 2, 3].map((days) => ({ at: ago(days * DAY), priority: 4 }));

  it('is the cap: three in seven days, and the first moment after', () => {
    const { hold, next } = whyOf(look('birthday', { ...born, recent: week }), NOW);
    expect(hold).toEqual({ reason: 'frequency-cap', facts: { sentIn7Days: 3, most: 3 } });
    expect(next).toEqual({ at: ahead(4 * DAY), planned: false });
  });

  it('is the shopper’s own wish for fewer', () => {
    const customer = { ...born.customer, preferences: { refused: [], fewer: true } };
    const { hold, next } = whyOf(look('birthday', { customer, recent: week.slice(0, 1) }), NOW);
    expect([hold?.reason, next?.at]).toEqual(['fewer-asked', ahead(6 * DAY)]);
  });

  it('is nothing where the cap is over by then', () => {
    const later: Change = { customer: { birthDate: '1990-03-20' }, recent: week };
    expect(whyOf(look('birthday', later), NOW)).toMatchObject({ hold: null, next: { planned: false } });
  });

  it.each([
    ['scenario-off', { history: { onSince: null } }],
    ['everything-paused', { shop: { pausedAt: NOW, pace: FULL_PACE, settings: DEFAULT_SHOP_SETTINGS } }],
    ['sender-missing', { sender: 'sender-missing' }],
    ['address-missing', { sender: 'address-missing' }],
  ] satisfies [Reason, Change][])('is the owner’s to lift: %s', (reason, change) => {
    expect(whyOf(look('birthday', { ...born, ...change }), NOW)).toMatchObject({ hold: { reason }, next: null });
  });
});
