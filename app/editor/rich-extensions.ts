/** What a longer text is made of in the visual editor: our own syntax and nothing more, whatever is typed or pasted. Used by the rich field. */
import { InputRule, Mark, mergeAttributes, Node } from '@tiptap/core';
import { Bold } from '@tiptap/extension-bold';
import { Document } from '@tiptap/extension-document';
import { HardBreak } from '@tiptap/extension-hard-break';
import { Paragraph } from '@tiptap/extension-paragraph';
import { Text } from '@tiptap/extension-text';
import { UndoRedo } from '@tiptap/extensions';
import { isLinkPlace } from '../emails/rich-words';
import { isVariable, type VariableName } from '../emails/variables';
import { parseWebAddress } from '../lib/web-address';
import { cleanFallback } from './rich-document';

/** The address as it may stand in a text, or null when it is none. */
export function linkTarget(typed: string): string | null {
  if (isLinkPlace(typed)) return typed;
  const address = parseWebAddress(typed.trim()) ?? parseWebAddress(`https://${typed.trim()}`);
  const isWhole = address?.hostname.includes('.') ?? false;
  return isWhole && address ? address.href.replace(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29')) : null;
}

/** Typed by hand, a variable becomes a chip with its closing brace. */
const TYPED_VARIABLE = /\{([a-z_]+)(?:\|([^{}|]*))?\}$/;

function variableNode(nameOf: (name: VariableName) => string) {
  return Node.create({
    name: 'variable',
    group: 'inline',
    inline: true,
    atom: true,
    addAttributes: () => ({
      name: { default: '', rendered: false },
      fallback: { default: null, rendered: false },
    }),
    parseHTML: () => [
      {
        tag: 'span[data-variable]',
        getAttrs: (element) => {
          const name = element.getAttribute('data-variable') ?? '';
          return isVariable(name)
            ? { name, fallback: cleanFallback(element.getAttribute('data-fallback') ?? '') }
            : false;
        },
      },
    ],
    renderHTML({ node }) {
      const { name, fallback } = node.attrs;
      const shown = isVariable(name) ? nameOf(name) : String(name);
      const attributes = { class: 'variable-chip', 'data-variable': name, 'data-fallback': fallback };
      return ['span', attributes, fallback ? `${shown} · ${fallback}` : shown];
    },
    renderText: ({ node }) => `{${node.attrs.name}${node.attrs.fallback ? `|${node.attrs.fallback}` : ''}}`,
    addInputRules() {
      return [
        new InputRule({
          find: TYPED_VARIABLE,
          handler: ({ state, range, match }) => {
            const [, name = '', fallback = ''] = match;
            if (!isVariable(name)) return null;
            state.tr.replaceWith(range.from, range.to, this.type.create({ name, fallback: cleanFallback(fallback) }));
          },
        }),
      ];
    },
  });
}

/** A link holds a target, never an `href`: within the editor there is nothing to follow. */
const TextLink = Mark.create({
  name: 'link',
  inclusive: false,
  addAttributes: () => ({ target: { default: 'store', rendered: false } }),
  parseHTML: () => [
    { tag: 'span[data-link]', getAttrs: (element) => found(element.getAttribute('data-link')) },
    { tag: 'a[href]', getAttrs: (element) => found(element.getAttribute('href')) },
  ],
  renderHTML: ({ mark, HTMLAttributes }) => [
    'span',
    mergeAttributes(HTMLAttributes, { class: 'text-link', 'data-link': mark.attrs.target }),
    0,
  ],
});

function found(address: string | null): { target: string } | false {
  const target = address !== null && /^(https?:|[a-z]+$)/i.test(address) ? linkTarget(address) : null;
  return target === null ? false : { target };
}

/** Words that are left out when a variable among them is missing. */
function optionalMark(title: string) {
  return Mark.create({
    name: 'optional',
    inclusive: false,
    addAttributes: () => ({ part: { default: 0, rendered: false } }),
    parseHTML: () => [
      {
        tag: 'span[data-optional]',
        getAttrs: (element) => ({ part: Number(element.getAttribute('data-optional')) || 0 }),
      },
    ],
    renderHTML: ({ mark }) => ['span', { class: 'optional-part', 'data-optional': mark.attrs.part, title }, 0],
  });
}

export interface RichWords {
  /** A variable's name as the owner reads it. */
  nameOf(name: VariableName): string;
  /** What the dotted line under words means. */
  optional: string;
}

export function richExtensions({ nameOf, optional }: RichWords) {
  return [Document, Paragraph, Text, HardBreak, Bold, UndoRedo, TextLink, optionalMark(optional), variableNode(nameOf)];
}
