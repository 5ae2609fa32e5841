// Signs rather than scenes: the shop's logo (a crescent moon beside MAISON LUNE in thin capitals) and the app's icon.
import { Canvas } from './canvas';
import { gradient, hex } from './color';
import { box, ellipse, outline, place, type Shape, stroke } from './path';

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

/** The app's icon: an envelope whose flap comes back as an arrow, on a rounded square. */
export function paintIcon(width: number): Canvas {
  const canvas = new Canvas(128, 128, width / 128);
  const top = hex('#1d7a63');
  const bottom = hex('#0b4f42');
  canvas.fill(
    box(4, 4, 120, 120, 28),
    gradient('y', 4, 124, [
      [0, top],
      [1, bottom],
    ]),
  );
  const white = hex('#ffffff');
  canvas.fill(box(26, 42, 76, 54, 8), white);
  canvas.fill(stroke(outline('M 30 48 L 64 74 L 98 48'), 6), bottom);
  canvas.fill(stroke(outline('M 44 34 C 54 20 78 20 88 32'), 6), hex('#f4c568'));
  canvas.fill(outline('M 97 22 L 96 44 L 77 36 Z'), hex('#f4c568'));
  return canvas;
}
