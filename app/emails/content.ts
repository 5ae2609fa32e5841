/** What an e-mail is: an ordered list of typed blocks with their words per language. Read by the editor, the preview, the compiler and the sender. */
import { z } from 'zod';
import { storableText } from '../lib/storable-text';
import { type ContentIssue, toContentIssues, webAddressProblem } from './content-issues';
import { CONDITIONS, isWithin, meansNobody } from './facts';
import { richProblems } from './rich-problems';
import { templateProblems } from './variables';

const LIMITS = { subject: 150, previewText: 200, short: 120, long: 4000, blocks: 60 };
/** Subjects for some people only, besides the one for all others. */
export const MOST_SUBJECT_VARIANTS = 6;

// What no mail program shows and some refuse; tabs and line breaks stay.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is being removed
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** Pasted text brings characters nobody sees: they are taken out or, where the database refuses them, replaced. */
function cleaned(text: string, { lines }: { lines?: boolean }): string {
  return lines ? text.replace(UNSEEN, '').toWellFormed() : storableText(text);
}

/** One text of the owner's: not empty, not too long, and its variables known and never able to leave a hole. */
function template(max: number, options: { lines?: boolean } = {}) {
  const plain = z.string().overwrite((written) => cleaned(written, options));
  return plain.superRefine((text, context) => {
    const refuse = (code: string, details: Record<string, string> = {}) =>
      context.addIssue({ code: 'custom', params: { code, details } });
    if (text.trim() === '') return refuse('empty');
    // And nothing more: what is far too long would keep everybody waiting while it is read.
    if (text.length > max) return refuse('too-long', { max: String(max), length: String(text.length) });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is being refused
    if (!options.lines && /[\u0000-\u001f\u007f\u2028\u2029]/.test(text)) refuse('line-break');
    for (const problem of options.lines ? richProblems(text) : templateProblems(text)) {
      refuse(problem.code, problem.details);
    }
  });
}

const words = (max: number, options: { lines?: boolean } = {}) =>
  z.strictObject({ fr: template(max, options), en: template(max, options) });

const webAddress = z.string().superRefine((text, context) => {
  const code = webAddressProblem(text);
  if (code) context.addIssue({ code: 'custom', params: { code, details: {} } });
});

/** Where a link leads: a place every e-mail knows, or an address the owner typed. */
const linkSchema = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('checkout') }),
  z.strictObject({ to: z.literal('store') }),
  z.strictObject({ to: z.literal('preferences') }),
  z.strictObject({ to: z.literal('url'), url: webAddress }),
]);
export type BlockLink = z.infer<typeof linkSchema>;

const common = {
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  when: z.array(z.enum(CONDITIONS)).optional(),
};
const align = z.enum(['left', 'center']).optional();
const picture = { url: webAddress, alt: words(LIMITS.short), width: z.number().int().min(40).max(600).optional() };

const column = z.strictObject({
  title: words(LIMITS.short),
  text: words(LIMITS.long, { lines: true }),
  image: z.strictObject(picture).optional(),
});

export const blockSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...common, type: z.literal('header') }),
  z.strictObject({
    ...common,
    type: z.literal('heading'),
    text: words(LIMITS.short),
    level: z.union([z.literal(1), z.literal(2)]),
    align,
  }),
  z.strictObject({ ...common, type: z.literal('text'), text: words(LIMITS.long, { lines: true }), align }),
  z.strictObject({ ...common, type: z.literal('button'), label: words(LIMITS.short), link: linkSchema }),
  z.strictObject({ ...common, type: z.literal('image'), ...picture, link: linkSchema.optional() }),
  z.strictObject({
    ...common,
    type: z.literal('products'),
    source: z.enum(['items', 'most-bought', 'recommended']),
    title: words(LIMITS.short).optional(),
    layout: z.enum(['grid', 'list']),
    max: z.number().int().min(1).max(12),
  }),
  z.strictObject({ ...common, type: z.literal('cart'), max: z.number().int().min(1).max(12) }),
  z.strictObject({ ...common, type: z.literal('code'), text: words(LIMITS.long, { lines: true }), align }),
  z.strictObject({ ...common, type: z.literal('note'), text: words(LIMITS.long, { lines: true }) }),
  z.strictObject({ ...common, type: z.literal('divider') }),
  z.strictObject({ ...common, type: z.literal('columns'), columns: z.array(column).min(2).max(3) }),
  z.strictObject({
    ...common,
    type: z.literal('preferences'),
    text: words(LIMITS.long, { lines: true }),
    label: words(LIMITS.short),
  }),
  z.strictObject({
    ...common,
    type: z.literal('footer'),
    text: words(LIMITS.long, { lines: true }).optional(),
  }),
]);
export type Block = z.infer<typeof blockSchema>;
export type BlockType = Block['type'];

/** Another subject for the arms in which `when` holds, e.g. a subject that names the code. The first that holds wins. */
const subjectVariant = z.strictObject({
  when: z.array(z.enum(CONDITIONS)).min(1),
  subject: words(LIMITS.subject),
  previewText: words(LIMITS.previewText),
});

export type SubjectVariant = z.infer<typeof subjectVariant>;

/** Why nobody would get one of the subjects; null where somebody may. */
function unusedBecause(variants: readonly SubjectVariant[], index: number): 'nobody-fits' | 'never-chosen' | null {
  const when = variants[index]?.when ?? [];
  if (meansNobody(when)) return 'nobody-fits';
  return variants.slice(0, index).some((above) => isWithin(when, above.when)) ? 'never-chosen' : null;
}

const contentSchema = z
  .strictObject({
    key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/),
    subject: words(LIMITS.subject),
    previewText: words(LIMITS.previewText),
    subjectVariants: z.array(subjectVariant).max(MOST_SUBJECT_VARIANTS).optional(),
    blocks: z.array(blockSchema).min(1).max(LIMITS.blocks),
  })
  .superRefine((content, context) => {
    const refuse = (path: (string | number)[], code: string, details: Record<string, string> = {}) =>
      context.addIssue({ code: 'custom', path, params: { code, details } });
    const last = content.blocks.at(-1);
    const footers = content.blocks.filter((block) => block.type === 'footer');
    if (footers.length !== 1 || last?.type !== 'footer' || last.when) refuse(['blocks'], 'footer');
    content.subjectVariants?.forEach((_, index, variants) => {
      const code = unusedBecause(variants, index);
      if (code) refuse(['subjectVariants', index, 'when'], code);
    });
    const seen = new Set<string>();
    content.blocks.forEach((block, index) => {
      if (seen.has(block.id)) refuse(['blocks', index, 'id'], 'repeated-id', { id: block.id });
      seen.add(block.id);
    });
  });
export type EmailContent = z.infer<typeof contentSchema>;

export type ParsedContent = { ok: true; content: EmailContent } | { ok: false; issues: ContentIssue[] };

/**
 * Checks a list of blocks at the door (the editor's form, a stored version). Every issue names its field (`blocks.2.text.fr`) and
 * carries a code that `describeContentIssue` turns into words with the mend.
 */
export function parseEmailContent(input: unknown): ParsedContent {
  const parsed = contentSchema.safeParse(input, { reportInput: true });
  return parsed.success
    ? { ok: true, content: parsed.data }
    : { ok: false, issues: toContentIssues(parsed.error.issues) };
}
