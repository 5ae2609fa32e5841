/**
 * Words and habits of advertisements that mail programs have learned to distrust. None of them sends an e-mail to the spam folder by
 * itself; several together weigh. A short list of our own in both languages. Asked by the checks before a scenario is switched on.
 */
import type { Language } from '../lib/language';

const PHRASES: Record<Language, readonly string[]> = {
  fr: [
    '100 % gratuit',
    'achetez maintenant',
    'agissez maintenant',
    'argent facile',
    'cadeau gratuit',
    'cliquez ici',
    'commandez maintenant',
    'dépêchez-vous',
    'dernière chance',
    'félicitations',
    'gagnez de l’argent',
    'garanti à 100 %',
    'meilleur prix',
    'ne manquez pas',
    'offre exclusive',
    'offre incroyable',
    'offre limitée',
    'prix cassés',
    'sans aucun risque',
    'sans engagement',
    'satisfait ou remboursé',
    'vous avez été sélectionné',
    'vous avez gagné',
  ],
  en: [
    '100% free',
    'act now',
    'amazing deal',
    'best price',
    'buy now',
    'cash bonus',
    'click here',
    'congratulations',
    'double your',
    'earn money',
    'exclusive deal',
    'free gift',
    'guaranteed',
    'hurry up',
    'last chance',
    'limited time',
    'money back',
    'no obligation',
    'once in a lifetime',
    'order now',
    'risk free',
    'you have been selected',
    'you have won',
  ],
};

export interface Trigger {
  /** `phrase`: one of the list; the others are habits, and the text that shows them. */
  kind: 'phrase' | 'capitals' | 'exclamations' | 'currency';
  found: string;
}

/** Typographic variants of one sign are one sign, and spaces of all kinds a space. */
function plain(text: string): string {
  return text
    .replace(/[\u00a0\u202f\s]+/g, ' ')
    .replaceAll("'", '’')
    .replace(/risk-free/gi, 'risk free');
}

const LETTER = /[\p{L}\p{N}]/u;

function holds(text: string, phrase: string): boolean {
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
    const before = text.charAt(at - 1);
    const after = text.charAt(at + phrase.length);
    if (!LETTER.test(before) && !LETTER.test(after)) return true;
  }
  return false;
}

/** Four words in a row, of three letters or more: shorter runs are names and initials. */
const CAPITALS = /(?<![\p{L}\p{N}])(?:\p{Lu}{3,}[^\p{L}\p{N}]+){3,}\p{Lu}{3,}(?![\p{L}\p{N}])/u;
const EXCLAMATIONS = /!(?:\s*!){2,}/;
const CURRENCY = /[$€£]{3,}/;

/** What of one text, in its language, a filter may trip over; each thing once. */
export function triggersIn(written: string, language: Language): Trigger[] {
  // Variables are no words of the owner's.
  const text = plain(written.replace(/\{[^{}]*\}/g, ' … '));
  const lower = text.toLowerCase();
  const habits = (
    [
      ['capitals', CAPITALS],
      ['exclamations', EXCLAMATIONS],
      ['currency', CURRENCY],
    ] as const
  ).flatMap(([kind, pattern]): Trigger[] => {
    const found = pattern.exec(text)?.[0];
    return found ? [{ kind, found: found.slice(0, 40) }] : [];
  });
  return [
    ...PHRASES[language].filter((phrase) => holds(lower, phrase)).map((found): Trigger => ({ kind: 'phrase', found })),
    ...habits,
  ];
}
