import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { REASONS } from '../../domain/reason';
import { CONDITIONS } from '../../emails/facts';
import { en } from './en';
import { fr } from './fr';
import { makeI18n } from './instance';

function flatten(words: object, path = ''): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]): [string, string][] => {
      const at = path ? `${path}.${key}` : key;
      return typeof value === 'string' ? [[at, value]] : [...flatten(value, at)];
    }),
  );
}

const english = flatten(en);
const french = flatten(fr);

/** A key without its plural form: the way code names it. */
const named = (key: string) => key.replace(/_(zero|one|other)$/, '');

/** Every text in the sources that may be a key; a template's holes stand for anything. */
function keysInSources(): RegExp[] {
  const sections = Object.keys(en).join('|');
  const literal = new RegExp(`(['\`])((?:${sections})\\.[^'\`\\s]+)\\1`, 'g');
  const files = globSync('app/{editor,ui,routes}/**/*.{ts,tsx}').filter((file) => !file.includes('.test.'));
  return files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(literal)].map(([, , key = '']) => {
      const pieces = key.split(/\$\{[^}]*\}/).map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
      return new RegExp(`^${pieces.join('[^.]+')}$`);
    }),
  );
}

test('French and English say the same things', () => {
  expect([...french.keys()].sort()).toEqual([...english.keys()].sort());
});

test('a sentence has the same places to fill in both languages', () => {
  const places = (text: string | undefined) => [...(text ?? '').matchAll(/\{\{[^}]+\}\}/g)].map(String).sort();
  // The singular may say "one" instead of the number.
  const plural = [...english].filter(([key]) => !/_(one|zero)$/.test(key));
  for (const [key, text] of plural) expect([key, places(french.get(key))]).toEqual([key, places(text)]);
});

test('every word is used somewhere, and every key the code names exists', () => {
  const used = keysInSources();
  const unused = [...new Set([...english.keys()].map(named))].filter((key) => !used.some((one) => one.test(key)));
  expect(unused).toEqual([]);
  const known = [...new Set([...english.keys()].map(named))];
  expect(used.filter((one) => !known.some((key) => one.test(key))).map(String)).toEqual([]);
});

test('every reason and every circumstance of a block has its words', () => {
  expect(REASONS.filter((reason) => !(reason in en.reasons))).toEqual([]);
  expect(CONDITIONS.filter((fact) => !(fact in en.scenario.editor.when))).toEqual([]);
});

test('French keeps its punctuation on the line and its apostrophes curly', () => {
  const careless = [...french].filter(([, text]) => / [:;!?»]|« |\w'\w/.test(text));
  expect(careless).toEqual([]);
  expect([...english].filter(([, text]) => /\w'\w/.test(text))).toEqual([]);
});

test('French counts in millions without falling back to a key', () => {
  const i18n = makeI18n('fr', { admin: fr, polaris: {} });
  expect(i18n.t('customers.sentCount', { count: 2_000_000 })).toMatch(/e-mails envoyés$/);
  expect(i18n.t('customers.sentCount', { count: 0 })).toBe('aucun e-mail envoyé');
  expect(i18n.t('customers.sentCount', { count: 1 })).toBe('1 e-mail envoyé');
  expect(i18n.t('scenario.editor.when.not:hasCode')).toBe('sans code de réduction');
});
