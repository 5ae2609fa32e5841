/** Renders an e-mail once per (content version, arm, language, shape of the look), with slots where a look and values will stand. Called by deliver, preview and tests. */
import { render } from 'react-email';
import { withBlockComments } from '../lib/block-marks';
import type { Language } from '../lib/language';
import { type Arm, conditionsOf, factsOf, holds, subjectFor } from './arm';
import { blockContext } from './blocks/context';
import { Page } from './blocks/page';
import { OUTLOOK_HEAD } from './blocks/style-sheet';
import type { Brand } from './brand';
import type { BareEmail, CompiledEmail } from './compiled';
import type { EmailContent } from './content';
import { dressEmail, lookOf } from './dress';
import { withReferences } from './escape';
import { htmlPlaces } from './html-places';
import { markedWords } from './marked-words';
import { type BarePart, parseMarks } from './parts';
import { plainTextOf } from './plain-text';

export interface CompileInput {
  content: EmailContent;
  brand: Brand;
  language: Language;
  /** From `armOf`. */
  arm: Arm;
  /** For the editor's preview: says where each block begins. */
  blockMarks?: boolean;
}

/** Fixed text of a header line or the text part: clean, and never more than its place allows. */
function withFixed(parts: readonly BarePart[], clean: (text: string) => string): BarePart[] {
  return parts.map((part) => {
    if (typeof part === 'string') return clean(part);
    return 'parts' in part ? { ...part, parts: withFixed(part.parts, clean) } : part;
  });
}

/** Rendered HTML without what only the renderer and the text part needed. */
function finished(html: string): string {
  return withReferences(html)
    .replace(/ data-(?:id|text)="[^"]*"/g, '')
    .replaceAll('<!-- -->', '')
    .replaceAll(' cellPadding="', ' cellpadding="')
    .replaceAll(' cellSpacing="', ' cellspacing="')
    .replace(/(<link rel="preload" as="image"[^>]*>)/g, '')
    .replace('</head>', `${OUTLOOK_HEAD}</head>`);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is being removed
const withoutLineBreaks = (text: string) => text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ');

const isAddressName = (name: string) => name === 'url' || name.endsWith('_url');

/** The e-mail in a shop's look, with slots for values: plain data for `fillEmail` and `toBatch`. */
export async function compileEmail(input: CompileInput): Promise<CompiledEmail> {
  const { shape, dress } = lookOf(input.brand, input.content);
  return dressEmail(await compileBare({ ...input, brand: shape }), input.brand, dress);
}

/** The e-mail with slots for a look as well. `brand` is the shape from `lookOf`. */
export async function compileBare({
  content,
  brand,
  language,
  arm,
  blockMarks = false,
}: CompileInput): Promise<BareEmail> {
  const words = { brand, language };
  const heard = subjectFor(content, arm) ?? content;
  const subject = markedWords(heard.subject, words);
  const marked = await render(
    <Page
      blocks={content.blocks.filter((block) => holds(conditionsOf(block), arm))}
      subject={subject}
      previewText={markedWords(heard.previewText, words)}
      context={blockContext({ ...words, arm })}
      blockMarks={blockMarks}
    />,
  );
  const html = finished(blockMarks ? withBlockComments(marked) : marked);
  return {
    key: content.key,
    language,
    facts: factsOf(content),
    arm,
    subject: withFixed(
      parseMarks(subject, () => 'subject'),
      withoutLineBreaks,
    ),
    html: parseMarks(html, htmlPlaces(html)),
    text: parseMarks(plainTextOf(marked), (_at, name) => (isAddressName(name) ? 'text-url' : 'text')),
  };
}
