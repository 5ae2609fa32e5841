/** Every text and every web address of an e-mail with its place in it. Asked by the checks before a scenario is switched on. */
import { LANGUAGES, type Language, type Words } from '../lib/language';
import type { Block, BlockLink, EmailContent } from './content';
import { isLinkPlace, parseRichText } from './rich-words';

export interface Place {
  /** As errors name it: `subject`, `blocks.2.text`. */
  path: string;
  /** Of the block it is in. */
  block: string | null;
  /** Null where it is the same in all. */
  language: Language | null;
}

export interface PlacedText extends Place {
  text: string;
}

export interface PlacedAddress extends Place {
  kind: 'link' | 'picture';
  address: string;
}

interface PlacedWords {
  path: string;
  words: Words;
  /** Whether it may carry links. */
  rich: boolean;
}

const shortWords = (path: string, words: Words | undefined): PlacedWords[] =>
  words ? [{ path, words, rich: false }] : [];
const longWords = (path: string, words: Words | undefined): PlacedWords[] =>
  words ? [{ path, words, rich: true }] : [];

function wordsOf(block: Block, at: string): PlacedWords[] {
  switch (block.type) {
    case 'heading':
      return shortWords(`${at}.text`, block.text);
    case 'text':
    case 'code':
    case 'note':
    case 'footer':
      return longWords(`${at}.text`, block.text);
    case 'preferences':
      return [...longWords(`${at}.text`, block.text), ...shortWords(`${at}.label`, block.label)];
    case 'button':
      return shortWords(`${at}.label`, block.label);
    case 'image':
      return shortWords(`${at}.alt`, block.alt);
    case 'products':
      return shortWords(`${at}.title`, block.title);
    case 'columns':
      return block.columns.flatMap(({ title, text, image }, column) => [
        ...shortWords(`${at}.columns.${column}.title`, title),
        ...longWords(`${at}.columns.${column}.text`, text),
        ...shortWords(`${at}.columns.${column}.image.alt`, image?.alt),
      ]);
    default:
      return [];
  }
}

function inLanguages({ path, words }: PlacedWords, block: string | null): PlacedText[] {
  return LANGUAGES.map((language) => ({ path, block, language, text: words[language] }));
}

/** In reading order. */
export function textsOf(content: EmailContent): PlacedText[] {
  const head = [
    ...shortWords('subject', content.subject),
    ...shortWords('previewText', content.previewText),
    ...(content.subjectVariants ?? []).flatMap((variant, index) => [
      ...shortWords(`subjectVariants.${index}.subject`, variant.subject),
      ...shortWords(`subjectVariants.${index}.previewText`, variant.previewText),
    ]),
  ];
  return [
    ...head.flatMap((words) => inLanguages(words, null)),
    ...content.blocks.flatMap((block, index) =>
      wordsOf(block, `blocks.${index}`).flatMap((words) => inLanguages(words, block.id)),
    ),
  ];
}

/** Those an owner typed; the store's own are not among them. */
export function addressesOf(content: EmailContent): PlacedAddress[] {
  return content.blocks.flatMap((block, index) => addressesOfBlock(block, `blocks.${index}`));
}

function addressesOfBlock(block: Block, at: string): PlacedAddress[] {
  const place = { block: block.id, language: null };
  const link = (target: BlockLink | undefined, path: string): PlacedAddress[] =>
    target?.to === 'url' ? [{ ...place, kind: 'link', path, address: target.url }] : [];
  const picture = (url: string, path: string): PlacedAddress => ({ ...place, kind: 'picture', path, address: url });
  const inTexts = wordsOf(block, at).flatMap((words) => (words.rich ? linksIn(words, block.id) : []));
  switch (block.type) {
    case 'button':
      return [...link(block.link, `${at}.link`), ...inTexts];
    case 'image':
      return [picture(block.url, `${at}.url`), ...link(block.link, `${at}.link`), ...inTexts];
    case 'columns': {
      const pictures = block.columns.flatMap(({ image }, column) =>
        image ? [picture(image.url, `${at}.columns.${column}.image.url`)] : [],
      );
      return [...pictures, ...inTexts];
    }
    default:
      return inTexts;
  }
}

function linksIn(words: PlacedWords, block: string): PlacedAddress[] {
  return inLanguages(words, block).flatMap(({ text, ...place }) => {
    const targets = parseRichText(text)
      .flat(2)
      .flatMap(({ link }) => (link === undefined || isLinkPlace(link) ? [] : [link]));
    return [...new Set(targets)].map((address): PlacedAddress => ({ ...place, kind: 'link', address }));
  });
}
