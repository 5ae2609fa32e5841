import { expect, test } from 'vitest';
import { delayInput, toOverlay } from './scenario-draft';

const hello = {
  key: 'hello',
  subject: { fr: 'Bonjour', en: 'Hello' },
  previewText: { fr: 'a', en: 'a' },
  blocks: [],
};
const prebuilt = { delays: { wait: '2d' as const }, conditions: { check: 'always' as const }, emails: { hello } };
const conditions = prebuilt.conditions;

test('an untouched scenario makes an empty overlay', () => {
  expect(toOverlay({ delays: { wait: delayInput('2d') }, conditions, emails: { hello } }, prebuilt)).toEqual({
    delays: {},
    conditions: {},
    emails: {},
  });
});

test('a changed delay travels as typed, so that the server can refuse it with a reason', () => {
  const draft = { delays: { wait: { amount: ' x ', unit: 'h' as const } }, conditions, emails: { hello } };
  expect(toOverlay(draft, prebuilt).delays).toEqual({ wait: 'xh' });
});

test('a changed e-mail travels whole', () => {
  const changed = { ...hello, subject: { fr: 'Salut', en: 'Hello' } };
  expect(toOverlay({ delays: {}, conditions, emails: { hello: changed } }, prebuilt).emails).toEqual({
    hello: changed,
  });
});

test('another question for a check travels, the same one does not', () => {
  const draft = { delays: {}, conditions: { check: 'no-order-since-start' as const }, emails: { hello } };
  expect(toOverlay(draft, prebuilt).conditions).toEqual({ check: 'no-order-since-start' });
  expect(toOverlay({ ...draft, conditions }, prebuilt).conditions).toEqual({});
});
