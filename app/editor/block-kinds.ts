/** The kinds of blocks an owner can add, and a new one of each with words to begin from. Used by the list edits and the menu. */
import type { Block, BlockType } from '../emails/content';

/** In the order of the menu. The footer is not among them: every e-mail has one already, and the law asks that it stays. */
export const ADDABLE = [
  'heading',
  'text',
  'button',
  'image',
  'products',
  'cart',
  'code',
  'note',
  'columns',
  'divider',
  'preferences',
  'header',
] as const satisfies readonly BlockType[];
export type AddableType = (typeof ADDABLE)[number];

/** A picture that is not chosen yet: the content check asks for its address. */
const NO_PICTURE = '';

const WORDS = {
  heading: { fr: 'Votre titre', en: 'Your heading' },
  text: { fr: 'Votre texte', en: 'Your text' },
  button: { fr: 'Découvrir la boutique', en: 'Visit the shop' },
  alt: { fr: 'Ce que montre l’image', en: 'What the picture shows' },
  mostBought: { fr: 'Ce que nos clients choisissent le plus', en: 'What our customers choose most' },
  code: { fr: 'Voici votre code. Saisissez-le au moment du paiement.', en: 'Here is your code. Enter it at checkout.' },
  note: { fr: 'Bon à savoir', en: 'Good to know' },
  preferences: {
    fr: 'Dites-nous ce qui vous intéresse et à quel rythme vous souhaitez nous lire.',
    en: 'Tell us what interests you and how often you would like to hear from us.',
  },
  preferencesLabel: { fr: 'Choisir mes préférences', en: 'Set my preferences' },
} as const;

/** A new block of a kind, sound as it is but for a picture, which has to be chosen. */
export function newBlock(type: AddableType, id: string): Block {
  switch (type) {
    case 'heading':
      return { id, type, level: 2, text: WORDS.heading };
    case 'text':
      return { id, type, text: WORDS.text };
    case 'button':
      return { id, type, label: WORDS.button, link: { to: 'store' } };
    case 'image':
      return { id, type, url: NO_PICTURE, alt: WORDS.alt };
    case 'products':
      return { id, type, source: 'most-bought', layout: 'grid', max: 4, title: WORDS.mostBought };
    case 'cart':
      return { id, type, max: 6 };
    case 'code':
      return { id, type, text: WORDS.code };
    case 'note':
      return { id, type, text: WORDS.note };
    case 'columns':
      return { id, type, columns: [newColumn(), newColumn()] };
    case 'preferences':
      return { id, type, text: WORDS.preferences, label: WORDS.preferencesLabel };
    case 'divider':
    case 'header':
      return { id, type };
  }
}

export function newColumn(): Extract<Block, { type: 'columns' }>['columns'][number] {
  return { title: WORDS.heading, text: WORDS.text };
}
