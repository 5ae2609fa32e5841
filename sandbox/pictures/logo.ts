// The shop's logo on a transparent ground: a crescent moon beside MAISON LUNE in thin capitals drawn with one pen.
import { Canvas } from './canvas';
import { hex } from './color';
import { ellipse, outline, place, type Shape, stroke } from './path';

const INK = hex('#3f3a44');
const GOLD = hex('#c79a4b');

/** Capitals 100 high; each with its width. */
const LETTERS: Readonly<Record<string, readonly [number, string]>> = {
  M: [84, 'M 0 100 L 6 0 L 42 78 L 78 0 L 84 100'],
  A: [76, 'M 0 100 L 38 0 L 76 100 M 13 66 L 63 66'],
  I: [2, 'M 1 0 L 1 100'],
  S: [52, 'M 50 14 C 38 -6 4 -4 5 24 C 6 50 52 44 50 74 C 49 106 8 106 0 84'],
  O: [92, 'M 46 0 C 106 0 106 100 46 100 C -14 100 -14 0 46 0'],
  N: [74, 'M 0 100 L 0 0 L 74 100 L 74 0'],
  L: [50, 'M 0 0 L 0 100 L 50 100'],
  U: [70, 'M 0 0 L 0 62 C 0 112 70 112 70 62 L 70 0'],
  E: [50, 'M 50 0 L 0 0 L 0 100 L 50 100 M 0 48 L 42 48'],
};

const SPACING = 40;
const WORD_GAP = 70;

function writeWords(words: string): { shape: Shape; width: number } {
  const pieces: Shape[] = [];
  let x = 0;
  for (const letter of words) {
    const known = LETTERS[letter];
    if (!known) {
      x += WORD_GAP;
      continue;
    }
    pieces.push(place(outline(known[1]), { x }));
    x += known[0] + SPACING;
  }
  return { shape: pieces.flat(), width: x - SPACING };
}

/** Draws the logo `width` pixels wide (a quarter as high). */
export function paintLogo(width: number): Canvas {
  const canvas = new Canvas(640, 160, width / 640);
  canvas.fill(ellipse(84, 80, 50, 50), GOLD);
  canvas.erase(ellipse(108, 68, 44, 44));
  const { shape, width: written } = writeWords('MAISON LUNE');
  const scale = 460 / written;
  canvas.fill(stroke(place(shape, { x: 160, y: 80 - 50 * scale, scale }), 4.6), INK);
  return canvas;
}
