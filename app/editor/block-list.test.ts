import { describe, expect, it } from 'vitest';
import { type EmailContent, parseEmailContent } from '../emails/content';
import { PREBUILT_EMAILS } from '../scenarios/emails';
import { ADDABLE } from './block-kinds';
import { addBlock, changeBlock, duplicateBlock, mayAdd, mayMove, moveBlock, removeBlock } from './block-list';

const both = (text: string) => ({ fr: text, en: text });
const email: EmailContent = {
  key: 'hello',
  subject: both('Hello'),
  previewText: both('A line'),
  blocks: [
    { id: 'logo', type: 'header' },
    { id: 'title', type: 'heading', level: 1, text: both('Title') },
    { id: 'text', type: 'text', text: both('Text') },
    { id: 'footer', type: 'footer' },
  ],
};
const ids = ({ blocks }: EmailContent) => blocks.map(({ id }) => id).join(' ');

describe('the list of blocks', () => {
  it('takes a new block behind another, and before the footer else', () => {
    expect(ids(addBlock(email, 'divider', 'title').email)).toBe('logo title divider text footer');
    expect(ids(addBlock(email, 'divider', null).email)).toBe('logo title text divider footer');
    expect(ids(addBlock(email, 'divider', 'footer').email)).toBe('logo title text divider footer');
    expect(addBlock(email, 'text', 'title')).toMatchObject({ block: 'text-2' });
    expect(ids(addBlock({ ...email, blocks: email.blocks.slice(1) }, 'header', 'text').email)).toMatch(/^header /);
  });

  it('has one header', () => {
    expect(mayAdd(email, 'header')).toBe(false);
    expect(mayAdd({ ...email, blocks: email.blocks.slice(1) }, 'header')).toBe(true);
  });

  it('lets blocks change places between header and footer', () => {
    expect(ids(moveBlock(email, 'text', -1).email)).toBe('logo text title footer');
    expect(ids(moveBlock(email, 'title', 1).email)).toBe('logo text title footer');
    for (const [id, by] of [
      ['title', -1],
      ['text', 1],
      ['logo', 1],
      ['footer', -1],
      ['nobody', 1],
    ] as const) {
      expect(mayMove(email, id, by)).toBe(false);
      expect(moveBlock(email, id, by).email).toBe(email);
    }
  });

  it('doubles a block, as a thing of its own', () => {
    const { email: doubled, block } = duplicateBlock(email, 'title');
    expect([ids(doubled), block]).toEqual(['logo title title-2 text footer', 'title-2']);
    expect(ids(duplicateBlock(doubled, 'title-2').email)).toBe('logo title title-2 title-3 text footer');
    expect(duplicateBlock(email, 'footer').email).toBe(email);
  });

  it('gives a block up but the footer, and looks at what stands there then', () => {
    expect(removeBlock(email, 'title')).toMatchObject({ block: 'text' });
    expect(ids(removeBlock(email, 'title').email)).toBe('logo text footer');
    expect(removeBlock(email, 'footer').email).toBe(email);
  });

  it('changes one block and leaves the others', () => {
    const changed = changeBlock(email, { id: 'text', type: 'text', text: both('New') });
    expect(changed.blocks[2]).toMatchObject({ text: both('New') });
    expect(changed.blocks[1]).toBe(email.blocks[1]);
  });

  it('stays sound whatever is added, but for a picture that must be chosen', () => {
    for (const type of ADDABLE) {
      const start = type === 'header' ? { ...email, blocks: email.blocks.slice(1) } : email;
      const parsed = parseEmailContent(addBlock(start, type, null).email);
      expect([type, parsed.ok ? [] : parsed.issues.map(({ path, code }) => `${path} ${code}`)]).toEqual([
        type,
        type === 'image' ? ['blocks.3.url empty'] : [],
      ]);
    }
  });

  it('stays sound through any number of edits of any prebuilt e-mail', () => {
    for (const prebuilt of Object.values(PREBUILT_EMAILS).flat()) {
      let now = prebuilt;
      for (const block of prebuilt.blocks) {
        now = duplicateBlock(now, block.id).email;
        now = moveBlock(now, block.id, 1).email;
        now = addBlock(now, 'divider', block.id).email;
        if (block.type === 'text') now = removeBlock(now, block.id).email;
      }
      expect(parseEmailContent(now)).toMatchObject({ ok: true });
    }
  });
});
