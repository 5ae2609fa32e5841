import { expect, test } from 'vitest';
import { delayInput, toOverlay } from './scenario-draft';

const hello = {
  key: 'hello',
  subject: { fr: 'Bonjour', en: 'Hello' },
  previewText: { fr: 'a', en: 'a' },
  blocks: [],
};
const prebuilt = { delays: { wait: '2d' as const }, emails: { hello } };

test('an untouched scenario makes an empty overlay', () => {
  expect(toOverlay({ delays: { wait: delayInput('2d') }, emails: { hello } }, prebuilt)).toEqual({
    delays: {},
    emails: {},
  });
});

test('a changed delay travels as typed, so that the server can refuse it with a reason', () => {
  const draft = { delays: { wait: { amount: ' x ', unit: 'h' as const } }, emails: { hello } };
  expect(toOverlay(draft, prebuilt).delays).toEqual({ wait: 'xh' });
});

test('a changed e-mail travels whole', () => {
  const changed = { ...hello, subject: { fr: 'Salut', en: 'Hello' } };
  expect(toOverlay({ delays: {}, emails: { hello: changed } }, prebuilt).emails).toEqual({ hello: changed });
});
