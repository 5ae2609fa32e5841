import { expect, test } from 'vitest';
import type { Step } from '../domain/scenario';
import { draftSteps } from './draft-steps';
import { audienceInput, offerInput } from './offer-draft';
import { draftDiff, draftOf, isEdit, type ScenarioDraft, same, sameDraft, toOverlay, withDiff } from './scenario-draft';
import { newEmail, newWait, withoutStep, withStep } from './step-tree';

const hello = {
  key: 'hello',
  subject: { fr: 'Bonjour', en: 'Hello' },
  previewText: { fr: 'a', en: 'a' },
  blocks: [],
};
const steps: Step[] = [
  { kind: 'email', id: 'hi', email: 'hello', expiresAfter: '24h', urgency: 'asked-for', code: {} },
  { kind: 'wait', id: 'wait', duration: '2d' },
  { kind: 'check', id: 'check', condition: 'always' },
];
const prebuilt = {
  steps,
  emails: { hello },
  offer: { kind: 'percentage' as const, percent: 10, items: { on: 'all' as const }, minimum: null, validDays: 14 },
  audience: { by: 'usual-gap' as const },
};
const draft: ScenarioDraft = { steps: draftSteps(steps), emails: { hello }, offer: null, audience: null };
const [hi, wait, check] = draft.steps;
if (hi?.kind !== 'email' || wait?.kind !== 'wait' || check?.kind !== 'check') throw new Error('Other steps');

test('an untouched scenario makes an empty overlay', () => {
  expect(toOverlay(draft, prebuilt)).toEqual({ emails: {} });
  expect(isEdit(toOverlay(draft, prebuilt))).toBe(false);
});

test('a changed delay travels as typed, so that the server can refuse it with a reason', () => {
  const typed = withStep(draft.steps, { ...wait, delay: { amount: ' x ', unit: 'h' } });
  expect(toOverlay({ ...draft, steps: typed }, prebuilt)).toEqual({ emails: {}, delays: { wait: 'xh' } });
});

test('another question for a check travels', () => {
  const other = withStep(draft.steps, { ...check, condition: 'no-order-since-start' });
  expect(toOverlay({ ...draft, steps: other }, prebuilt).conditions).toEqual({ check: 'no-order-since-start' });
});

test('steps that are the owner’s travel whole, without what is not theirs to say', () => {
  const longer = [...draft.steps, newWait(), newEmail('own-new', null)];
  const written = toOverlay({ ...draft, steps: longer }, prebuilt).steps;
  expect(written).toHaveLength(5);
  expect(written?.[0]).toEqual({ kind: 'email', id: 'hi', email: 'hello', expiresAfter: '24h', code: {} });
  const settings = withStep(draft.steps, { ...hi, expires: 'end-of-day' });
  expect(toOverlay({ ...draft, steps: settings }, prebuilt).steps?.[0]).toMatchObject({ expiresAfter: 'end-of-day' });
});

test('a changed e-mail travels whole, one that no step sends does not', () => {
  const changed = { ...hello, subject: { fr: 'Salut', en: 'Hello' } };
  expect(toOverlay({ ...draft, emails: { hello: changed } }, prebuilt).emails).toEqual({ hello: changed });
  const without = { ...draft, steps: withoutStep(draft.steps, 'hi'), emails: { hello: changed } };
  expect(toOverlay(without, prebuilt).emails).toEqual({});
});

test('an e-mail that was added and removed again leaves the draft as it was', () => {
  const spare = { ...draft, emails: { hello, 'own-new': { ...hello, key: 'own-new' } } };
  expect(sameDraft(spare, draft)).toBe(true);
  expect(draftDiff(spare, draft)).toEqual({});
});

test('what is kept of a draft makes the draft again', () => {
  const edited: ScenarioDraft = {
    steps: [...draft.steps, newWait(), newEmail('own-new', hi)],
    emails: { hello, 'own-new': { ...hello, key: 'own-new' } },
    offer: { ...offerInput(prebuilt.offer), percent: 'ten' },
    audience: { by: 'days', days: '' },
  };
  const base = draftOf({ ...prebuilt, audienceRule: prebuilt.audience }, prebuilt);
  const kept = JSON.parse(JSON.stringify(draftDiff(edited, base)));
  expect(kept.emails).toEqual({ 'own-new': { ...hello, key: 'own-new' } });
  expect(withDiff(base, kept)).toEqual(edited);
  expect(withDiff(base, {})).toEqual(base);
});

test('what is given and whom it concerns travel only where they differ from the prebuilt', () => {
  const offer = offerInput(prebuilt.offer);
  const full = { ...draft, offer, audience: audienceInput(prebuilt.audience) };
  expect(isEdit(toOverlay(full, prebuilt))).toBe(false);
  const nothing = toOverlay({ ...full, offer: { ...offer, kind: 'none' as const } }, prebuilt);
  expect(nothing).toMatchObject({ offer: null });
  expect(isEdit(nothing)).toBe(true);
  const days = toOverlay({ ...full, audience: { by: 'days' as const, days: '90' } }, prebuilt);
  expect(days).toMatchObject({ audience: { by: 'days', days: 90 } });
  expect(days).not.toHaveProperty('offer');
});

test('a scenario that gives nothing by itself sends the offer once it is chosen', () => {
  const offer = offerInput(null);
  expect(toOverlay({ ...draft, offer }, { ...prebuilt, offer: null })).not.toHaveProperty('offer');
  const chosen = { ...draft, offer: { ...offer, kind: 'free-shipping' as const } };
  expect(toOverlay(chosen, { ...prebuilt, offer: null })).toMatchObject({ offer: { kind: 'free-shipping' } });
});

test('the order of fields makes no difference', () => {
  expect(same({ a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ d: 3, c: 2 }], a: 1 })).toBe(true);
  expect(same({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
  expect(same({ a: [1] }, { a: [1, 2] })).toBe(false);
  expect(same({ a: {} }, { a: [] })).toBe(false);
  expect(same({ a: 1, b: undefined }, { a: 1 })).toBe(true);
  expect(same({ a: 1 }, { a: 1, b: null })).toBe(false);
  expect(same(null, {})).toBe(false);
});
