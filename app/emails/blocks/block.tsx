/** One block of an e-mail's list, drawn. */
import type { Block } from '../content';
import { ButtonBlock, ColumnsBlock, ImageBlock } from './actions';
import type { BlockContext } from './context';
import { CartBlock, ProductsBlock } from './products';
import {
  CodeBlock,
  DividerBlock,
  FooterBlock,
  HeaderBlock,
  HeadingBlock,
  NoteBlock,
  PreferencesBlock,
  TextBlock,
} from './words';

export function BlockView({ block, context }: { block: Block; context: BlockContext }) {
  switch (block.type) {
    case 'header':
      return <HeaderBlock context={context} />;
    case 'heading':
      return <HeadingBlock block={block} context={context} />;
    case 'text':
      return <TextBlock block={block} context={context} />;
    case 'button':
      return <ButtonBlock block={block} context={context} />;
    case 'image':
      return <ImageBlock block={block} context={context} />;
    case 'products':
      return <ProductsBlock block={block} context={context} />;
    case 'cart':
      return <CartBlock block={block} context={context} />;
    case 'code':
      return <CodeBlock block={block} context={context} />;
    case 'note':
      return <NoteBlock block={block} context={context} />;
    case 'divider':
      return <DividerBlock context={context} />;
    case 'columns':
      return <ColumnsBlock block={block} context={context} />;
    case 'preferences':
      return <PreferencesBlock block={block} context={context} />;
    case 'footer':
      return <FooterBlock block={block} context={context} />;
  }
}
