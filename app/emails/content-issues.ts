/** What can be wrong with an e-mail's content, where, and how to mend it, in words. Used by `parseEmailContent` and the editor. */
import type { z } from 'zod';
import type { Language } from '../lib/language';
import { parseWebAddress } from '../lib/web-address';

export interface ContentIssue {
  /** The field, e.g. `subject.fr` or `blocks.2.text.en`. */
  path: string;
  code: ContentIssueCode;
  details: Record<string, string>;
}

const MENDS = {
  missing: { fr: 'Il manque ce texte. Ajoutez-le.', en: 'This text is missing. Add it.' },
  empty: { fr: 'Écrivez un texte ici.', en: 'Write a text here.' },
  'too-long': {
    fr: 'Ce texte a {length} caractères ; raccourcissez-le à {max} au plus.',
    en: 'This text has {length} characters; shorten it to {max} at most.',
  },
  'too-large': {
    fr: 'Une fois rempli, cet e-mail pèse {size} ko ; au-delà de {max} ko, Gmail en cache la fin. Raccourcissez ses textes.',
    en: 'Filled in, this e-mail is {size} KB; beyond {max} KB Gmail hides its end. Shorten its texts.',
  },
  'line-break': { fr: 'Mettez ce texte sur une seule ligne.', en: 'Put this text on one line.' },
  'unknown-variable': {
    fr: 'La variable {name} n’existe pas. Choisissez-en une de la liste.',
    en: 'There is no variable {name}. Choose one from the list.',
  },
  'may-be-missing': {
    fr: 'La valeur de {name} peut manquer. Écrivez {example} pour donner un texte de remplacement, ou mettez la phrase entre [crochets].',
    en: 'The value of {name} can be missing. Write {example} to give a text in its place, or put the phrase in [brackets].',
  },
  'open-brace': {
    fr: 'Une accolade n’est pas fermée, ou une phrase entre crochets en contient une autre. Écrivez par exemple {example}.',
    en: 'A brace is not closed, or a phrase in brackets contains another. Write for example {example}.',
  },
  'not-an-address': {
    fr: 'Écrivez une adresse complète, qui commence par https://',
    en: 'Write a complete address that begins with https://',
  },
  'link-address': {
    fr: 'Le lien {address} ne mène nulle part. Écrivez une adresse complète, qui commence par https://',
    en: 'The link {address} leads nowhere. Write a complete address that begins with https://',
  },
  footer: {
    fr: 'Terminez l’e-mail par un seul pied de page, toujours affiché : la loi demande l’adresse postale et le lien de désinscription.',
    en: 'End the e-mail with one footer that is always shown: the law asks for the postal address and the unsubscribe link.',
  },
  'repeated-id': {
    fr: 'Deux blocs portent le nom {id}. Renommez-en un.',
    en: 'Two blocks are named {id}. Rename one.',
  },
  'nobody-fits': {
    fr: 'Personne ne peut remplir ces deux conditions à la fois. Changez-en une.',
    en: 'Nobody can fit both of these. Change one of them.',
  },
  'never-chosen': {
    fr: 'Personne ne reçoit cet objet : un autre, plus haut, convient déjà aux mêmes personnes. Montez celui-ci, ou changez à qui il est destiné.',
    en: 'Nobody gets this subject: one above already fits the same people. Move this one up, or change whom it is for.',
  },
  'not-allowed': { fr: 'Ce champ est inconnu ici. Retirez-le.', en: 'This field is unknown here. Remove it.' },
  invalid: {
    fr: 'Cette valeur ne convient pas. Choisissez-en une de la liste.',
    en: 'This value does not fit. Choose one from the list.',
  },
} as const satisfies Record<string, Record<Language, string>>;
export type ContentIssueCode = keyof typeof MENDS;

function isCode(code: unknown): code is ContentIssueCode {
  return typeof code === 'string' && code in MENDS;
}

type SchemaIssue = z.core.$ZodIssue;

function toContentIssue(issue: SchemaIssue): ContentIssue {
  const at = (code: ContentIssueCode, details: Record<string, string> = {}) => ({
    path: issue.path.map(String).join('.'),
    code,
    details,
  });
  if (issue.code === 'custom') {
    const params = issue.params as { code?: unknown; details?: Record<string, string> } | undefined;
    return at(isCode(params?.code) ? params.code : 'invalid', params?.details);
  }
  if (issue.code === 'unrecognized_keys') return at('not-allowed');
  if (issue.code === 'invalid_type' && issue.input === undefined) return at('missing');
  return at('invalid');
}

export function toContentIssues(issues: readonly SchemaIssue[]): ContentIssue[] {
  return issues.map(toContentIssue);
}

/** The issue as a sentence an owner can act on. */
export function describeContentIssue(issue: ContentIssue, language: Language): string {
  return MENDS[issue.code][language].replace(/\{(\w+)\}/g, (whole, name: string) => issue.details[name] ?? whole);
}

/** Why a text is not a web address, or null when it is one. */
export function webAddressProblem(text: string): 'empty' | 'not-an-address' | null {
  if (text.trim() === '') return 'empty';
  return parseWebAddress(text) ? null : 'not-an-address';
}
