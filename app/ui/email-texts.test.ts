import { expect, test } from 'vitest';
import { type EditorEmail, productsShown, sameShape, usualSubject } from './email-texts';

const words = (text: string) => ({ fr: `${text} fr`, en: `${text} en` });
const blocks = [
  { id: 'logo', type: 'header' },
  { id: 'title', type: 'heading', text: words('title'), level: 1, when: ['boughtAtCheckout'] },
  { id: 'code', type: 'code', text: words('code'), when: ['hasCode'] },
  { id: 'two', type: 'columns', columns: [{ title: words('left'), text: words('left text') }] },
  { id: 'footer', type: 'footer' },
];
const email: EditorEmail = {
  key: 'hello',
  subject: words('subject'),
  previewText: words('preview'),
  subjectVariants: [{ when: ['hasCode'], subject: words('code subject'), previewText: words('code preview') }],
  blocks,
};

test('tells picks for each person from best sellers for everybody', () => {
  const products = (source: string) => ({ id: source, type: 'products', source });
  expect(productsShown(email)).toBe(null);
  expect(productsShown({ ...email, blocks: [products('most-bought')] })).toBe('best-sellers');
  expect(productsShown({ ...email, blocks: [products('most-bought'), products('recommended')] })).toBe('picks');
});

test('shows the subject most people read: with the code where there is one', () => {
  expect(usualSubject(email, true)).toEqual(words('code subject'));
  expect(usualSubject(email, false)).toEqual(words('subject'));
  const rare = { when: ['boughtAtCheckout'], subject: words('rare'), previewText: words('rare') };
  expect(usualSubject({ ...email, subjectVariants: [rare] }, true)).toEqual(words('subject'));
});

test('tells another order or another subject from other words', () => {
  const [first] = email.blocks;
  expect(sameShape(email, { ...email, subject: words('new') })).toBe(true);
  expect(sameShape(email, { ...email, subjectVariants: undefined })).toBe(false);
  expect(sameShape(email, { ...email, blocks: first ? [...email.blocks, { ...first, id: 'another' }] : [] })).toBe(
    false,
  );
});
