import { expect, test } from 'vitest';
import { audienceInput, offerInput } from './offer-draft';
import { delayInput, isEdit, same, toOverlay } from './scenario-draft';

const hello = {
  key: 'hello',
  subject: { fr: 'Bonjour', en: 'Hello' },
  previewText: { fr: 'a', en: 'a' },
  blocks: [],
};
const prebuilt = {
  delays: { wait: '2d' as const },
  conditions: { check: 'always' as const },
  emails: { hello },
  offer: { kind: 'percentage' as const, percent: 10, items: { on: 'all' as const }, minimum: null, validDays: 14 },
  audience: { by: 'usual-gap' as const },
};
const none = { offer: null, audience: null };
const conditions = prebuilt.conditions;

test('an untouched scenario makes an empty overlay', () => {
  expect(toOverlay({ delays: { wait: delayInput('2d') }, conditions, emails: { hello }, ...none }, prebuilt)).toEqual({
    delays: {},
    conditions: {},
    emails: {},
  });
});

test('a changed delay travels as typed, so that the server can refuse it with a reason', () => {
  const draft = { delays: { wait: { amount: ' x ', unit: 'h' as const } }, conditions, emails: { hello }, ...none };
  expect(toOverlay(draft, prebuilt).delays).toEqual({ wait: 'xh' });
});

test('a changed e-mail travels whole', () => {
  const changed = { ...hello, subject: { fr: 'Salut', en: 'Hello' } };
  expect(toOverlay({ delays: {}, conditions, emails: { hello: changed }, ...none }, prebuilt).emails).toEqual({
    hello: changed,
  });
});

test('another question for a check travels, the same one does not', () => {
  const draft = { delays: {}, conditions: { check: 'no-order-since-start' as const }, emails: { hello }, ...none };
  expect(toOverlay(draft, prebuilt).conditions).toEqual({ check: 'no-order-since-start' });
  expect(toOverlay({ ...draft, conditions }, prebuilt).conditions).toEqual({});
});

test('what is given and whom it concerns travel only where they differ from the prebuilt', () => {
  const draft = {
    delays: {},
    conditions,
    emails: {},
    offer: offerInput(prebuilt.offer),
    audience: audienceInput(prebuilt.audience),
  };
  expect(isEdit(toOverlay(draft, prebuilt))).toBe(false);
  const nothing = toOverlay({ ...draft, offer: { ...draft.offer, kind: 'none' as const } }, prebuilt);
  expect(nothing).toMatchObject({ offer: null });
  expect(isEdit(nothing)).toBe(true);
  const days = toOverlay({ ...draft, audience: { by: 'days' as const, days: '90' } }, prebuilt);
  expect(days).toMatchObject({ audience: { by: 'days', days: 90 } });
  expect(days).not.toHaveProperty('offer');
});

test('a scenario that gives nothing by itself sends the offer once it is chosen', () => {
  const draft = { delays: {}, conditions, emails: {}, offer: offerInput(null), audience: null };
  expect(toOverlay(draft, { ...prebuilt, offer: null })).not.toHaveProperty('offer');
  const chosen = { ...draft, offer: { ...draft.offer, kind: 'free-shipping' as const } };
  expect(toOverlay(chosen, { ...prebuilt, offer: null })).toMatchObject({ offer: { kind: 'free-shipping' } });
});

test('the order of fields makes no difference', () => {
  expect(same({ a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ d: 3, c: 2 }], a: 1 })).toBe(true);
  expect(same({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
});
