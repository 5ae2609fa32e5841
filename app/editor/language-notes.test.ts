import { expect, test } from 'vitest';
import { languageNotes } from './language-notes';

const original = { fr: 'Bonjour à toutes et à tous', en: 'Hello to everybody' };

test('says what is missing, and nothing else about it', () => {
  expect(languageNotes({ fr: ' ', en: 'Hello' }, undefined)).toEqual({ fr: { kind: 'missing' }, en: null });
});

test('asks whether a sentence that is the same in both is translated, but not about names', () => {
  expect(languageNotes({ fr: 'Come in and see', en: 'Come in and see' }, undefined).fr).toEqual({ kind: 'same' });
  expect(languageNotes({ fr: 'Maison Tilleul', en: 'Maison Tilleul' }, undefined)).toEqual({ fr: null, en: null });
});

test('tells which language an edit left behind', () => {
  expect(languageNotes({ ...original, en: 'Hello you all' }, original)).toEqual({
    fr: { kind: 'left-behind' },
    en: null,
  });
  expect(languageNotes({ fr: 'Bonjour', en: 'Hello' }, original)).toEqual({ fr: null, en: null });
  expect(languageNotes(original, original)).toEqual({ fr: null, en: null });
});

test('tells a text that is much longer than the other', () => {
  const words = { fr: 'Un texte '.repeat(12), en: 'A text '.repeat(5) };
  expect(languageNotes(words, undefined).fr).toMatchObject({ kind: 'longer' });
});
