/** The texts of an e-mail that an owner can edit, found by their shape, and the way to change one. Used by the editor. */
import type { Language } from '../lib/language';

export interface Words {
  fr: string;
  en: string;
}

/** As much of an e-mail as the editor looks at; what it does not know it carries along unchanged. */
export interface EditorEmail {
  key: string;
  subject: Words;
  previewText: Words;
  subjectVariants?: { when: string[]; subject: Words; previewText: Words }[] | undefined;
  blocks: { id: string; type: string; when?: string[] | undefined }[];
}

export type TextLabel =
  | 'subject'
  | 'previewText'
  | 'variantSubject'
  | 'variantPreviewText'
  | 'heading'
  | 'text'
  | 'button'
  | 'image'
  | 'products'
  | 'code'
  | 'note'
  | 'columnTitle'
  | 'columnText'
  | 'preferences'
  | 'preferencesLabel'
  | 'footer';

export interface EditableText {
  /** Where it stands in the e-mail, as errors name it: `blocks.2.text`. */
  path: string;
  label: TextLabel;
  /** Of a column, from 1. */
  number?: number;
  /** The facts it depends on. */
  when: string[];
  lines: boolean;
  words: Words;
}

/** Which label a block's text carries, by `type.field`; a text without one is not edited here. */
const LABELS: Record<string, { label: TextLabel; lines: boolean }> = {
  'heading.text': { label: 'heading', lines: false },
  'text.text': { label: 'text', lines: true },
  'button.label': { label: 'button', lines: false },
  'image.alt': { label: 'image', lines: false },
  'products.title': { label: 'products', lines: false },
  'code.text': { label: 'code', lines: true },
  'note.text': { label: 'note', lines: true },
  'preferences.text': { label: 'preferences', lines: true },
  'preferences.label': { label: 'preferencesLabel', lines: false },
  'footer.text': { label: 'footer', lines: true },
};

function isWords(value: unknown): value is Words {
  return typeof value === 'object' && value !== null && 'fr' in value && 'en' in value;
}

/** Every editable text in reading order. */
export function editableTexts(email: EditorEmail): EditableText[] {
  const variants = (email.subjectVariants ?? []).flatMap((variant, index): EditableText[] => [
    {
      path: `subjectVariants.${index}.subject`,
      label: 'variantSubject',
      when: variant.when,
      lines: false,
      words: variant.subject,
    },
    {
      path: `subjectVariants.${index}.previewText`,
      label: 'variantPreviewText',
      when: variant.when,
      lines: false,
      words: variant.previewText,
    },
  ]);
  return [
    { path: 'subject', label: 'subject', when: [], lines: false, words: email.subject },
    { path: 'previewText', label: 'previewText', when: [], lines: false, words: email.previewText },
    ...variants,
    ...email.blocks.flatMap((block, index) => textsOfBlock(block, `blocks.${index}`)),
  ];
}

function textsOfBlock(block: EditorEmail['blocks'][number], path: string): EditableText[] {
  const when = block.when ?? [];
  return Object.entries(block).flatMap(([field, value]: [string, unknown]): EditableText[] => {
    const known = LABELS[`${block.type}.${field}`];
    if (known && isWords(value)) return [{ path: `${path}.${field}`, ...known, when, words: value }];
    if (field !== 'columns' || !Array.isArray(value)) return [];
    return value.flatMap((column: { title: Words; text: Words }, index): EditableText[] => [
      {
        path: `${path}.columns.${index}.title`,
        label: 'columnTitle',
        number: index + 1,
        when,
        lines: false,
        words: column.title,
      },
      {
        path: `${path}.columns.${index}.text`,
        label: 'columnText',
        number: index + 1,
        when,
        lines: true,
        words: column.text,
      },
    ]);
  });
}

/** The subject as most people read it: that of the first variant whose circumstances are usual. */
export function usualSubject({ subject, subjectVariants = [] }: EditorEmail, hasCode: boolean): Words {
  const usual = hasCode ? ['hasCode', 'hasCodeEnd', 'not:boughtAtCheckout'] : ['not:hasCode', 'not:boughtAtCheckout'];
  return subjectVariants.find(({ when }) => when.every((fact) => usual.includes(fact)))?.subject ?? subject;
}

/** Which products it shows besides a cart: picks for each person, or the shop's best sellers. */
export function productsShown({ blocks }: EditorEmail): 'picks' | 'best-sellers' | null {
  const sources = blocks.flatMap((block) => (block.type === 'products' && 'source' in block ? [block.source] : []));
  if (sources.includes('recommended')) return 'picks';
  return sources.includes('most-bought') ? 'best-sellers' : null;
}

/** The e-mail with one text changed in one language. */
export function withText<E extends EditorEmail>(
  email: E,
  { path, language, text }: { path: string; language: Language; text: string },
): E {
  const copy = structuredClone(email);
  let place: unknown = copy;
  for (const name of path.split('.')) place = Reflect.get(place as object, name);
  if (isWords(place)) place[language] = text;
  return copy;
}
