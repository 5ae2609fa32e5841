/** Edits of an e-mail's list of blocks. Pure: each answers the changed e-mail and the block to look at next. Used by the editor. */
import type { Block, EmailContent } from '../emails/content';
import { type AddableType, newBlock } from './block-kinds';

export interface Edited {
  email: EmailContent;
  /** Id of the block the owner looks at now. */
  block: string;
}

/** The header stands first and the footer last, whatever is done to the others. */
export function isPinned(block: Pick<Block, 'type'>): boolean {
  return block.type === 'header' || block.type === 'footer';
}

const placeOf = (email: EmailContent, id: string) => email.blocks.findIndex((block) => block.id === id);

function withBlocks(email: EmailContent, blocks: readonly Block[]): EmailContent {
  return { ...email, blocks: [...blocks] };
}

/** An id no block of the e-mail has: the kind, with a number behind it where it is taken. */
function freeId(email: EmailContent, wish: string): string {
  const base = wish.replace(/-\d+$/, '').slice(0, 34);
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (placeOf(email, id) < 0) return id;
  }
}

/** As many as the content check lets through. */
export const MOST_BLOCKS = 60;

/** Whether one more of this kind may be added: an e-mail has one header. */
export function mayAdd(email: EmailContent, type: AddableType): boolean {
  if (email.blocks.length >= MOST_BLOCKS) return false;
  return type !== 'header' || !email.blocks.some((block) => block.type === 'header');
}

/** A new block behind another; at the end, before the footer, where that one is unknown or the footer. */
export function addBlock(email: EmailContent, type: AddableType, after: string | null): Edited {
  const block = newBlock(type, freeId(email, type));
  const at = after === null ? -1 : placeOf(email, after);
  const footer = email.blocks.findIndex(({ type: one }) => one === 'footer');
  const end = footer < 0 ? email.blocks.length : footer;
  const place = type === 'header' ? 0 : at < 0 ? end : Math.min(at + 1, end);
  return { email: withBlocks(email, email.blocks.toSpliced(place, 0, block)), block: block.id };
}

/** Whether a block may go one place up (-1) or down (1). */
export function mayMove(email: EmailContent, id: string, by: -1 | 1): boolean {
  const at = placeOf(email, id);
  const [block, other] = [email.blocks[at], email.blocks[at + by]];
  return block !== undefined && other !== undefined && !isPinned(block) && !isPinned(other);
}

/** The block one place up or down; the same e-mail where it may not go there. */
export function moveBlock(email: EmailContent, id: string, by: -1 | 1): Edited {
  if (!mayMove(email, id, by)) return { email, block: id };
  const at = placeOf(email, id);
  const block = email.blocks[at];
  const others = email.blocks.toSpliced(at, 1);
  return { email: withBlocks(email, block ? others.toSpliced(at + by, 0, block) : others), block: id };
}

/** The block once more, right below. */
export function duplicateBlock(email: EmailContent, id: string): Edited {
  const at = placeOf(email, id);
  const block = email.blocks[at];
  if (!block || isPinned(block) || email.blocks.length >= MOST_BLOCKS) return { email, block: id };
  const copy = { ...structuredClone(block), id: freeId(email, id) };
  return { email: withBlocks(email, email.blocks.toSpliced(at + 1, 0, copy)), block: copy.id };
}

/** The e-mail without the block, and the block that stands in its place then. The footer stays. */
export function removeBlock(email: EmailContent, id: string): Edited {
  const at = placeOf(email, id);
  const block = email.blocks[at];
  if (!block || block.type === 'footer') return { email, block: id };
  const blocks = email.blocks.toSpliced(at, 1);
  return { email: withBlocks(email, blocks), block: (blocks[at] ?? blocks.at(-1))?.id ?? '' };
}

/** The e-mail with one block in another state. */
export function changeBlock(email: EmailContent, changed: Block): EmailContent {
  return withBlocks(
    email,
    email.blocks.map((block) => (block.id === changed.id ? changed : block)),
  );
}
