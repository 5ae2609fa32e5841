/** Where each block of an e-mail begins, told in comments: only in what the editor shows, never in what is sent. Written by compile, read by the editor's frame. */

/** Blocks have no element around them all: a comment before each changes nothing of what is drawn. */
const PREFIX = 'block:';

/** What the page's renderer puts before a block, since it can write no comments. */
export const BLOCK_MARK_ATTRIBUTE = 'data-begins';

const PLACEHOLDER = new RegExp(`<i ${BLOCK_MARK_ATTRIBUTE}="([a-z0-9-]+)"></i>`, 'g');

/** The rendered page with comments in the place of what the renderer wrote. */
export function withBlockComments(html: string): string {
  return html.replace(PLACEHOLDER, (_whole, id: string) => blockComment(id));
}

const blockComment = (id: string) => `<!--${PREFIX}${id}-->`;

/** Whether a page made for the editor shows the block. */
export function showsBlock(html: string, id: string): boolean {
  return html.includes(blockComment(id));
}

/** The id of the block that begins at this comment, or null when it is another comment. */
export function blockOfComment(text: string): string | null {
  return text.startsWith(PREFIX) ? text.slice(PREFIX.length) : null;
}

/** The page as it is sent. */
export function withoutBlockComments(html: string): string {
  return html.replace(/<!--block:[a-z0-9-]+-->/g, '');
}
