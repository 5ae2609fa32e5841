// The room every product stands in: wall, table, window light, shadows and a sprig of leaves.
import type { Canvas } from './canvas';
import { type Color, darker, faded, gradient, hex, lighter, mix } from './color';
import { box, ellipse, outline, place, type Shape, stroke } from './path';

export interface Palette {
  wall: Color;
  table: Color;
  main: Color;
  accent: Color;
  leaf: Color;
}

/** Height at which the table begins, in drawing units (the stage is 600 × 600). */
export const TABLE_TOP = 418;
/** Where things stand. */
export const FLOOR = 486;

const SHADOW = hex('#3a2a2c');

const WALLS = ['#eadfd3', '#dfe4dc', '#e9dcd6', '#dde3e8', '#efe6d2', '#e3dbe6', '#d9e2df', '#f0e2da'].map((c) =>
  hex(c),
);
const TABLES = ['#d9c3a8', '#cbb59b', '#e6d9c8', '#c9bcae', '#dcc9b4', '#bfa98f'].map((c) => hex(c));
const LEAVES = ['#7d9279', '#8a9a7b', '#6d8a80', '#93976f'].map((c) => hex(c));
const MAINS = {
  Terracotta: '#c8785a',
  'Bleu orage': '#5d7a86',
  Ocre: '#d6a24e',
  Sauge: '#6f8566',
  Framboise: '#a85d63',
  Écru: '#ebe1d0',
  Nuit: '#3f4d63',
  'Vieux rose': '#b88a9e',
  Céladon: '#89a6a1',
  Noisette: '#8a6b52',
} as const;

/** The colours a product can be drawn in. */
export type PictureColor = keyof typeof MAINS;
export const PICTURE_COLORS = Object.keys(MAINS) as PictureColor[];
const MAIN_CODES = Object.values(MAINS);

const pick = <T>(list: readonly T[], index: number, fallback: T): T => list[index % list.length] ?? fallback;

/** Colours for the picture with this number: neighbours in number differ, and the same number is always the same. */
export function choosePalette(number: number): Palette {
  const main = hex(pick(MAIN_CODES, number * 3 + 1, '#c8785a'));
  return {
    wall: pick(WALLS, number * 5 + 2, hex('#eadfd3')),
    table: pick(TABLES, number * 7 + 3, hex('#d9c3a8')),
    main,
    accent: hex(pick(MAIN_CODES, number * 3 + 5, '#ebe1d0')),
    leaf: pick(LEAVES, number, hex('#7d9279')),
  };
}

/** A picture number whose product has this colour; other turns give other rooms. 7 undoes the times 3 of `choosePalette` (mod 10). */
export function numberOfColor(color: PictureColor, turn = 0): number {
  const index = PICTURE_COLORS.indexOf(color);
  return ((7 * (index + PICTURE_COLORS.length - 1)) % PICTURE_COLORS.length) + PICTURE_COLORS.length * turn;
}

/** Paints wall, table and the light of a window; `width` lets a wide picture use the same room. */
export function paintRoom(canvas: Canvas, palette: Palette, width = 600): void {
  const { wall, table } = palette;
  canvas.fill(
    box(0, 0, width, 600),
    gradient('y', 0, TABLE_TOP, [
      [0, lighter(wall, 0.18)],
      [0.75, wall],
      [1, darker(wall, 0.06)],
    ]),
  );
  for (const x of [0.02, 0.2]) {
    const left = width * x;
    const pane = outline(`M ${left} 40 L ${left + 84} 18 L ${left + 220} 400 L ${left + 128} 418 Z`);
    canvas.fill(pane, hex('#fffaf0', 0.5), { blur: 16 });
  }
  canvas.fill(box(0, TABLE_TOP, width, 600 - TABLE_TOP), {
    ...table,
  });
  canvas.fill(
    box(0, TABLE_TOP, width, 600 - TABLE_TOP),
    gradient('y', TABLE_TOP, 600, [
      [0, faded(darker(table, 0.16), 1)],
      [0.08, faded(table, 1)],
      [0.6, lighter(table, 0.2)],
      [1, lighter(table, 0.1)],
    ]),
  );
  canvas.fill(box(0, TABLE_TOP - 1, width, 3), lighter(table, 0.35), { blur: 1 });
}

/** The shadow of a thing standing at `x` with the given half width: dark where it touches, long and soft to the right. */
export function castShadow(canvas: Canvas, x: number, half: number, floor = FLOOR): void {
  canvas.fill(ellipse(x + half * 0.75, floor + 10, half * 1.7, 22), faded(SHADOW, 0.28), { blur: 18 });
  canvas.fill(ellipse(x + half * 0.12, floor + 3, half * 1.06, 11), faded(SHADOW, 0.5), { blur: 6 });
}

function leafShape(length: number, width: number): Shape {
  return outline(
    `M 0 0 C ${length * 0.3} ${-width} ${length * 0.75} ${-width} ${length} 0 C ${length * 0.75} ${width * 0.7} ${length * 0.3} ${width * 0.7} 0 0 Z`,
  );
}

/** A stem with leaves, growing from (x, y) in the direction `turn` (radians, 0 is to the right). */
export function paintSprig(
  canvas: Canvas,
  color: Color,
  where: { x: number; y: number; turn: number; scale: number; flip?: boolean },
): void {
  const stem = outline('M 0 0 C 50 -4 120 -14 178 -44');
  canvas.fill(place(stroke(stem, 3), where), darker(color, 0.25));
  for (let i = 0; i < 9; i++) {
    const t = 0.16 + i * 0.1;
    const along = { x: 178 * t, y: -6 * t - 38 * t * t };
    const side = i % 2 === 0 ? -1 : 1;
    const leaf = place(leafShape(52 - i * 2.4, 13), { ...along, turn: side * (0.75 - i * 0.03) - 0.15 });
    canvas.fill(place(leaf, where), mix(darker(color, 0.12), lighter(color, 0.2), i / 9 + side * 0.12));
  }
  canvas.fill(place(place(leafShape(40, 10), { x: 176, y: -43, turn: -0.5 }), where), lighter(color, 0.15));
}

/** Two or three smooth stones, for calm beside a product. */
export function paintPebbles(canvas: Canvas, x: number, color: Color): void {
  castShadow(canvas, x + 14, 46, FLOOR + 20);
  for (const [dx, dy, rx, ry] of [
    [0, 8, 34, 19],
    [46, 14, 22, 13],
  ] as const) {
    const stone = ellipse(x + dx, FLOOR + dy, rx, ry);
    canvas.fill(stone, darker(color, 0.16));
    canvas.fill(ellipse(x + dx - rx * 0.22, FLOOR + dy - ry * 0.35, rx * 0.62, ry * 0.5), lighter(color, 0.3), {
      blur: 5,
      inside: stone,
    });
  }
}
