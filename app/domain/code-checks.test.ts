import { expect, it } from 'vitest';
import { checkOffer } from './code-checks';
import type { Offer } from './offer';
import type { ScenarioDefinition } from './scenario';

const definition = (offer: Offer | null, wait: '3d' | '20d' = '3d'): ScenarioDefinition => ({
  key: 'welcome',
  version: 1,
  trigger: { on: 'consent-given', maxAge: '3d', occurrence: 'once' },
  exits: [],
  priority: 1,
  consent: 'subscribed',
  offer,
  steps: [
    { kind: 'email', id: 'a', email: 'welcome-1', expiresAfter: '1d', code: {} },
    { kind: 'wait', id: 'w', duration: wait },
    { kind: 'email', id: 'b', email: 'welcome-2', expiresAfter: '1d', code: {} },
  ],
});
const fixed = (endsOn: string | null): Offer => ({
  kind: 'fixed-code',
  code: 'LUNE10',
  description: { fr: '10 %', en: '10%' },
  endsOn,
});
const made: Offer = { kind: 'percentage', percent: 10, items: { on: 'all' }, minimum: null, validDays: 14 };
const codesOf = (...input: Parameters<typeof checkOffer>) => checkOffer(...input).map(({ code }) => code);

it('finds nothing where nothing is given, or where the code outlives the e-mails', () => {
  expect(codesOf(definition(null), '2026-03-03', null)).toEqual([]);
  expect(codesOf(definition(made), '2026-03-03', null)).toEqual([]);
});

it('finds an e-mail that would show a code after its end, and names it', () => {
  expect(checkOffer(definition(made, '20d'), '2026-03-03', null)).toEqual([
    { code: 'code-ends-early', facts: { number: 2, days: 20, validDays: 14 } },
  ]);
});

it.each([
  ['2026-03-02', null, 'code-ended'],
  ['2026-03-03', 'ended', 'code-ended'],
  ['2026-03-03', 'gone', 'code-gone'],
  ['2026-04-01', 'not-yet', 'code-not-yet'],
  [null, 'there', 'code-no-end'],
] as const)('of a code of one’s own that ends on %s and is %s in Shopify: %s', (endsOn, seen, code) => {
  expect(codesOf(definition(fixed(endsOn)), '2026-03-03', seen)).toEqual([code]);
});

it('finds nothing in a code that Shopify knows and that ends one day', () => {
  expect(codesOf(definition(fixed('2026-04-01')), '2026-03-03', 'there')).toEqual([]);
  expect(codesOf(definition(fixed('2026-04-01')), '2026-03-03', null)).toEqual([]);
});
