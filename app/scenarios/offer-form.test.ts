import { describe, expect, it } from 'vitest';
import type { Offer } from '../domain/offer';
import { CATALOGUE } from './catalogue';
import { parseOverlay, withOverlay } from './overlay';

const { welcome, birthday, vip } = CATALOGUE;
const winBack = CATALOGUE['win-back'];
const context = { currency: 'EUR', today: '2026-11-22' };

const percentage = {
  kind: 'percentage',
  percent: 20,
  items: { on: 'products', items: [{ id: '12', title: 'Bougie' }] },
  minimum: '50.00',
  validDays: 7,
} satisfies Offer;
const amount = { kind: 'amount', amount: '5', items: { on: 'all' }, minimum: null, validDays: 30 } satisfies Offer;
const freeShipping = { kind: 'free-shipping', minimum: null, validDays: 1 } satisfies Offer;
const fixed = {
  kind: 'fixed-code',
  code: 'MERCI 10',
  description: { fr: '10 % de réduction', en: '10% off' },
  endsOn: '2026-12-31',
} satisfies Offer;

describe('what a scenario gives', () => {
  it.each<[string, Offer | null]>([
    ['a percentage', percentage],
    ['an amount', amount],
    ['free shipping', freeShipping],
    ['a code of the owner’s', fixed],
    ['a code without an end', { ...fixed, endsOn: null }],
    ['nothing', null],
  ])('may be %s', (_what, offer) => {
    const parsed = parseOverlay(welcome, { offer }, context);
    if (!parsed.ok) throw new Error('The offer was refused');
    expect(withOverlay(welcome, parsed.overlay).offer).toEqual(offer);
  });

  it('stays the prebuilt one while nothing else was chosen', () => {
    const parsed = parseOverlay(birthday, {}, context);
    if (!parsed.ok) throw new Error('Nothing was refused');
    expect(parsed.overlay).not.toHaveProperty('offer');
    expect(withOverlay(birthday, parsed.overlay).offer).toEqual(birthday.offer);
  });

  it('takes an amount as a French keyboard writes it', () => {
    const parsed = parseOverlay(welcome, { offer: { ...amount, amount: ' 7,50 ' } }, context);
    expect(parsed).toMatchObject({ ok: true, overlay: { offer: { amount: '7.50' } } });
  });

  it.each<[object, string, string]>([
    [{ ...percentage, percent: 0 }, 'offer.percent', 'offer-percent'],
    [{ ...percentage, percent: 101 }, 'offer.percent', 'offer-percent'],
    [{ ...percentage, percent: 12.5 }, 'offer.percent', 'offer-percent'],
    [{ ...percentage, percent: 'ten' }, 'offer.percent', 'offer-percent'],
    [{ ...percentage, minimum: '-1' }, 'offer.minimum', 'offer-minimum'],
    [{ ...percentage, minimum: '' }, 'offer.minimum', 'offer-minimum'],
    [{ ...percentage, validDays: 0 }, 'offer.validDays', 'offer-valid-days'],
    [{ ...percentage, validDays: 366 }, 'offer.validDays', 'offer-valid-days'],
    [{ ...percentage, items: { on: 'products', items: [] } }, 'offer.items.items', 'offer-items-none'],
    [
      { ...percentage, items: { on: 'collections', items: Array(101).fill({ id: '1', title: 'A' }) } },
      'offer.items.items',
      'offer-items-many',
    ],
    [
      { ...percentage, items: { on: 'products', items: [{ id: 'gid://x', title: 'A' }] } },
      'offer.items.items.0.id',
      'malformed',
    ],
    [{ ...amount, amount: '0' }, 'offer.amount', 'offer-amount'],
    [{ ...amount, amount: '5.005' }, 'offer.amount', 'too-many-decimals'],
    [{ ...amount, amount: '1e3' }, 'offer.amount', 'offer-amount'],
    [{ ...fixed, code: '' }, 'offer.code', 'offer-code'],
    [{ ...fixed, code: ' MERCI' }, 'offer.code', 'offer-code'],
    [{ ...fixed, code: 'MER\u0007CI' }, 'offer.code', 'offer-code'],
    [{ ...fixed, code: 'A'.repeat(256) }, 'offer.code', 'offer-code'],
    [{ ...fixed, description: { fr: ' ', en: 'x' } }, 'offer.description.fr', 'offer-description'],
    [{ ...fixed, endsOn: '2027-02-29' }, 'offer.endsOn', 'offer-day'],
    [{ ...fixed, endsOn: 'soon' }, 'offer.endsOn', 'offer-day'],
    [{ ...fixed, endsOn: '2026-11-21' }, 'offer.endsOn', 'offer-day-past'],
    [{ kind: 'free-beer' }, 'offer.kind', 'malformed'],
  ])('refuses %j at its field', (offer, path, code) => {
    expect(parseOverlay(welcome, { offer }, context)).toMatchObject({ ok: false, errors: [{ path, code }] });
  });

  it('has no cents in yen', () => {
    const inYen = { ...context, currency: 'JPY' };
    expect(parseOverlay(welcome, { offer: { ...amount, amount: '500' } }, inYen).ok).toBe(true);
    expect(parseOverlay(welcome, { offer: { ...amount, amount: '500.5' } }, inYen).ok).toBe(false);
  });

  it('is still read after its last day, and in a currency the shop has left', () => {
    expect(parseOverlay(welcome, { offer: { ...fixed, endsOn: '2020-01-01' } }).ok).toBe(true);
    expect(parseOverlay(welcome, { offer: { ...amount, amount: '5.005' } }).ok).toBe(true);
  });

  it('is refused where no e-mail can show it', () => {
    const { offer: _none, ...without } = welcome;
    expect(parseOverlay(without, { offer: amount }, context)).toMatchObject({ ok: false, errors: [{ path: 'offer' }] });
  });
});

describe('whom a scenario concerns', () => {
  it('is the owner’s choice among the rules of its kind', () => {
    for (const [definition, audience] of [
      [winBack, { by: 'days', days: 90 }],
      [winBack, { by: 'usual-gap' }],
      [vip, { by: 'share', percent: 10 }],
      [vip, { by: 'spend', amount: '250.00' }],
      [vip, { by: 'orders', count: 4 }],
    ] as const) {
      const parsed = parseOverlay(definition, { audience }, context);
      if (!parsed.ok) throw new Error('The audience was refused');
      expect(withOverlay(definition, parsed.overlay).audience).toEqual(audience);
    }
  });

  it.each([
    [winBack, { by: 'days', days: 6 }, 'audience.days', 'audience-days'],
    [winBack, { by: 'days', days: 731 }, 'audience.days', 'audience-days'],
    [winBack, { by: 'orders', count: 3 }, 'audience.by', 'malformed'],
    [vip, { by: 'share', percent: 51 }, 'audience.percent', 'audience-percent'],
    [vip, { by: 'spend', amount: '0' }, 'audience.amount', 'audience-spend'],
    [vip, { by: 'orders', count: 1 }, 'audience.count', 'audience-orders'],
    [vip, { by: 'orders', count: 1001 }, 'audience.count', 'audience-orders'],
    [welcome, { by: 'usual-gap' }, 'audience', 'malformed'],
  ] as const)('is refused at its field: %#', (definition, audience, path, code) => {
    expect(parseOverlay(definition, { audience }, context)).toMatchObject({ ok: false, errors: [{ path, code }] });
  });
});

describe('the wait before a code ends', () => {
  it('keeps its event and its hour with an edited duration', () => {
    const parsed = parseOverlay(birthday, { delays: { 'before-the-end': '5d' } });
    if (!parsed.ok) throw new Error('The edit was refused');
    const step = withOverlay(birthday, parsed.overlay).steps.find(({ id }) => id === 'before-the-end');
    expect(step).toMatchObject({ duration: '5d', before: { event: 'code-end', at: 540 } });
  });
});
