/** How a block shows in the list: its icon, and its first words. Used by the editor's list. */
import {
  ButtonIcon,
  CartIcon,
  DiscountIcon,
  ImageIcon,
  LayoutColumns2Icon,
  LayoutFooterIcon,
  LayoutHeaderIcon,
  MinusIcon,
  NoteIcon,
  PersonIcon,
  ProductIcon,
  TextBlockIcon,
  TextTitleIcon,
} from '@shopify/polaris-icons';
import type { Block, BlockType } from '../emails/content';
import { type SampleReader, sampleLine, sampleWords } from './sample-line';

export const BLOCK_ICONS: Record<BlockType, typeof ButtonIcon> = {
  header: LayoutHeaderIcon,
  heading: TextTitleIcon,
  text: TextBlockIcon,
  button: ButtonIcon,
  image: ImageIcon,
  products: ProductIcon,
  cart: CartIcon,
  code: DiscountIcon,
  note: NoteIcon,
  divider: MinusIcon,
  columns: LayoutColumns2Icon,
  preferences: PersonIcon,
  footer: LayoutFooterIcon,
};

/** The first words of a block as a reader sees them; empty where it has none of its own. */
export function firstWords(block: Block, reader: SampleReader): string {
  const { language } = reader;
  switch (block.type) {
    case 'heading':
      return sampleLine(block.text[language], reader);
    case 'text':
    case 'note':
    case 'code':
    case 'preferences':
      return sampleWords(block.text[language], reader);
    case 'footer':
      return block.text ? sampleWords(block.text[language], reader) : '';
    case 'button':
      return sampleLine(block.label[language], reader);
    case 'image':
      return sampleLine(block.alt[language], reader);
    case 'products':
      return block.title ? sampleLine(block.title[language], reader) : '';
    case 'columns':
      return block.columns.map(({ title }) => sampleLine(title[language], reader)).join(' · ');
    default:
      return '';
  }
}
