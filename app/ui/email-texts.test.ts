import { expect, test } from 'vitest';
import { type EditorEmail, editableTexts, productsShown, usualSubject, withText } from './email-texts';

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

test('lists the texts in reading order, each with the path errors name it by', () => {
  expect(editableTexts(email).map(({ path }) => path)).toEqual([
    'subject',
    'previewText',
    'subjectVariants.0.subject',
    'subjectVariants.0.previewText',
    'blocks.1.text',
    'blocks.2.text',
    'blocks.3.columns.0.title',
    'blocks.3.columns.0.text',
  ]);
});

test('changes one text in one language and leaves the original alone', () => {
  const changed = withText(email, { path: 'blocks.3.columns.0.text', language: 'fr', text: 'nouveau' });
  expect(changed.blocks[3]).toEqual({
    id: 'two',
    type: 'columns',
    columns: [{ title: words('left'), text: { fr: 'nouveau', en: 'left text en' } }],
  });
  expect(email.blocks[3]).toMatchObject({ columns: [{ text: words('left text') }] });
});

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
