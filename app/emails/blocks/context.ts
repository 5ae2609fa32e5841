/** What every block is drawn with. Made once per compilation. */
import type { CSSProperties } from 'react';
import type { Arm } from '../arm';
import type { Brand } from '../brand';
import type { WordsContext } from '../marked-words';
import { BLOCK_WORDS, type BlockWords } from '../words';

/** Width of the e-mail and of the text column, in px. */
export const WIDTH = 600;
export const GUTTER = 44;

export interface BlockContext extends WordsContext {
  arm: Arm;
  labels: BlockWords;
}

export function blockContext(parts: WordsContext & { arm: Arm }): BlockContext {
  return { ...parts, labels: BLOCK_WORDS[parts.language] };
}

export function bodyText(brand: Brand): CSSProperties {
  return {
    margin: 0,
    fontFamily: brand.fonts.body,
    fontSize: '16px',
    lineHeight: '26px',
    color: brand.colors.text,
  };
}

export function smallText(brand: Brand): CSSProperties {
  return { ...bodyText(brand), fontSize: '14px', lineHeight: '22px', color: brand.colors.muted };
}

export function headingText(brand: Brand, level: 1 | 2): CSSProperties {
  return {
    margin: 0,
    fontFamily: brand.fonts.heading,
    fontSize: level === 1 ? '32px' : '22px',
    lineHeight: level === 1 ? '40px' : '30px',
    fontWeight: 'normal',
    color: brand.colors.text,
  };
}

/** react-email's links and pictures come with CSS that some programs do not know and our own rules do not need. */
export const PLAIN_LINK = { textDecorationLine: undefined } satisfies CSSProperties;
export const PLAIN_IMAGE = { outline: undefined, textDecoration: undefined } satisfies CSSProperties;
