/**
 * The variables an owner may write into a text, and their syntax. Used by the editor (to list them), the content check and the compiler.
 *
 *   {first_name|there}          the value, or "there" when it is missing
 *   Hello[ {first_name}],       words in brackets disappear when a variable inside them is missing
 *   [new]                       brackets without a variable are just brackets
 *
 * Nothing else is special: no code, no HTML, no nesting; a variable and its brackets stand on one line.
 */
import type { Language } from '../lib/language';

interface VariableInfo {
  /** As the owner picks it from a list. */
  label: Record<Language, string>;
  meaning: Record<Language, string>;
  example: Record<Language, string>;
  /** A value that can be missing needs a fallback or brackets. */
  mayBeMissing: boolean;
}

export const VARIABLES = {
  first_name: {
    label: { fr: 'Prénom', en: 'First name' },
    meaning: { fr: 'Le prénom du client', en: 'The customer’s first name' },
    example: { fr: 'Camille', en: 'Camille' },
    mayBeMissing: true,
  },
  shop_name: {
    label: { fr: 'Nom de la boutique', en: 'Shop name' },
    meaning: { fr: 'Le nom de votre boutique', en: 'Your shop’s name' },
    example: { fr: 'Maison Tilleul', en: 'Maison Tilleul' },
    mayBeMissing: false,
  },
  product_title: {
    label: { fr: 'Premier article', en: 'First item' },
    meaning: { fr: 'Le premier article du panier', en: 'The first item in the cart' },
    example: { fr: 'Bougie Figuier', en: 'Fig Candle' },
    mayBeMissing: true,
  },
  cart_total: {
    label: { fr: 'Total du panier', en: 'Cart total' },
    meaning: { fr: 'Le total du panier', en: 'The cart’s total' },
    example: { fr: '58,00 €', en: '€58.00' },
    mayBeMissing: true,
  },
  code: {
    label: { fr: 'Code', en: 'Code' },
    meaning: { fr: 'Le code de réduction', en: 'The discount code' },
    example: { fr: 'MERCI-7K2P', en: 'THANKS-7K2P' },
    mayBeMissing: true,
  },
  code_description: {
    label: { fr: 'Ce que le code offre', en: 'What the code gives' },
    meaning: { fr: 'Ce que le code offre', en: 'What the code gives' },
    example: { fr: '10 % de réduction', en: '10% off' },
    mayBeMissing: true,
  },
  code_ends_on: {
    label: { fr: 'Dernier jour du code', en: 'Last day of the code' },
    meaning: { fr: 'Le dernier jour du code', en: 'The code’s last day' },
    example: { fr: '30 novembre', en: 'November 30' },
    mayBeMissing: true,
  },
} as const satisfies Record<string, VariableInfo>;
export type VariableName = keyof typeof VARIABLES;

export type TemplatePiece =
  | { kind: 'text'; text: string }
  | { kind: 'variable'; name: VariableName; fallback: string | null }
  | { kind: 'optional'; pieces: TemplatePiece[] };

export interface TemplateProblem {
  code: 'unknown-variable' | 'may-be-missing' | 'open-brace';
  details: Record<string, string>;
}

const VARIABLE = /\{([^{}|\n]*)(?:\|([^{}\n]*))?\}/g;
const OPTIONAL = /\[([^[\]\n]*\{[^[\]\n]*)\]/g;

export function isVariable(name: string): name is VariableName {
  return Object.hasOwn(VARIABLES, name);
}

/** Cuts a text at the matches of a pattern; what lies between them goes through `between`. */
function cut(
  text: string,
  pattern: RegExp,
  parts: { match: (match: RegExpMatchArray) => TemplatePiece[]; between: (text: string) => TemplatePiece[] },
) {
  const pieces: TemplatePiece[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    pieces.push(...parts.between(text.slice(from, match.index)), ...parts.match(match));
    from = match.index + match[0].length;
  }
  return [...pieces, ...parts.between(text.slice(from))];
}

function literal(text: string): TemplatePiece[] {
  return text === '' ? [] : [{ kind: 'text', text }];
}

function variablePiece(match: RegExpMatchArray): TemplatePiece[] {
  const name = (match[1] ?? '').trim();
  // An unknown name cannot come through the content's door; shown as typed it is at least visible.
  return isVariable(name) ? [{ kind: 'variable', name, fallback: match[2] ?? null }] : literal(match[0]);
}

function variablePieces(text: string): TemplatePiece[] {
  return cut(text, VARIABLE, { match: variablePiece, between: literal });
}

/** A text of the owner's as pieces the compiler can mark. */
export function parseTemplate(text: string): TemplatePiece[] {
  return cut(text, OPTIONAL, {
    match: (match) => [{ kind: 'optional', pieces: variablePieces(match[1] ?? '') }],
    between: variablePieces,
  });
}

/** What is wrong with the variables of a text; an empty list when it can be sent. */
export function templateProblems(text: string): TemplateProblem[] {
  const problems: TemplateProblem[] = [];
  const inBrackets = [...text.matchAll(OPTIONAL)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
  }));
  for (const match of text.matchAll(VARIABLE)) {
    const name = (match[1] ?? '').trim();
    if (!isVariable(name)) {
      problems.push({ code: 'unknown-variable', details: { name: `{${name}}` } });
      continue;
    }
    const optional = inBrackets.some((range) => match.index > range.from && match.index < range.to);
    const fallback = (match[2] ?? '').trim();
    if (VARIABLES[name].mayBeMissing && !optional && fallback === '') {
      problems.push({ code: 'may-be-missing', details: { name: `{${name}}`, example: `{${name}|…}` } });
    }
  }
  if (/[{}]/.test(text.replace(VARIABLE, ''))) {
    problems.push({ code: 'open-brace', details: { example: '{first_name|…}' } });
  }
  return problems;
}
