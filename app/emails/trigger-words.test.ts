import { describe, expect, it } from 'vitest';
import { PREBUILT_EMAILS } from '../scenarios/emails';
import { textsOf } from './places';
import { triggersIn } from './trigger-words';

describe('words that filters trip over', () => {
  it.each([
    ['en', 'CLICK HERE to see', ['click here']],
    ['en', 'Risk-free, and your money back', ['money back', 'risk free']],
    ['en', 'A present, not a free giftcard', []],
    ['en', 'A clickhere sign', []],
    ['fr', 'Vite : cliquez ici, sans engagement', ['cliquez ici', 'sans engagement']],
    ['fr', "C'est 100\u00a0% gratuit", ['100 % gratuit']],
    ['fr', "Gagnez de l'argent", ['gagnez de l’argent']],
    ['fr', 'Une offre pour vous', []],
  ] as const)('in %s, “%s”', (language, text, found) => {
    expect(triggersIn(text, language).map((one) => one.found)).toEqual(found);
  });

  it('are also capitals, exclamation marks and rows of currency signs', () => {
    expect(triggersIn('THE BIG SUMMER SALE BEGINS', 'en').map(({ kind }) => kind)).toEqual(['capitals']);
    expect(triggersIn('Only today! ! !', 'en').map(({ kind }) => kind)).toEqual(['exclamations']);
    expect(triggersIn('Save €€€', 'en').map(({ kind }) => kind)).toEqual(['currency']);
    expect(triggersIn('With THE BIG sale, welcome!', 'en')).toEqual([]);
  });

  it('are not looked for in variables', () => {
    expect(triggersIn('Hello {first_name|last chance}', 'en')).toEqual([]);
  });

  it('stand in no e-mail Relance comes with', () => {
    const found = Object.values(PREBUILT_EMAILS).flatMap((emails) =>
      emails.flatMap((email) =>
        textsOf(email).flatMap(({ text, language, path }) =>
          triggersIn(text, language ?? 'en').map((one) => `${email.key} ${path}: ${one.found}`),
        ),
      ),
    );
    expect(found).toEqual([]);
  });
});
