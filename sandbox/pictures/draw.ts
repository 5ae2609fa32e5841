// Draws a whole picture by its name: product still lifes, the wide hero picture, the shop's logo.
import { Canvas } from './canvas';
import { paintIcon, paintLogo } from './logo';
import { encodePng } from './png';
import {
  choosePalette,
  numberOfColor,
  type Palette,
  type PictureColor,
  paintPebbles,
  paintRoom,
  paintSprig,
} from './stage';
import { bag, basket, blanket, cushion, notebook, plate, print, scarf, soap } from './subjects-flat';
import { bottle, candle, carafe, cup, lamp, tea, vase } from './subjects-round';

const SUBJECTS = {
  bag,
  basket,
  blanket,
  bottle,
  candle,
  carafe,
  cup,
  cushion,
  lamp,
  notebook,
  plate,
  print,
  scarf,
  soap,
  tea,
  vase,
} satisfies Record<string, (canvas: Canvas, palette: Palette) => void>;

/** What a product picture can show. */
export type Subject = keyof typeof SUBJECTS;
export const PICTURE_SUBJECTS = Object.keys(SUBJECTS) as Subject[];

const SIDE = 600;

function paintProduct(subject: Subject, number: number, scale: number): Canvas {
  const canvas = new Canvas(SIDE, SIDE, scale);
  const palette = choosePalette(number);
  paintRoom(canvas, palette);
  const stands = subject !== 'plate' && subject !== 'print';
  if (stands && number % 3 === 1) paintSprig(canvas, palette.leaf, { x: 96, y: 505, turn: -0.95, scale: 1.1 });
  SUBJECTS[subject](canvas, palette);
  if (stands && number % 3 === 2) paintPebbles(canvas, 108, palette.table);
  return canvas;
}

/** Three things on one table, with room for words at the right: the wide picture of the home page and the welcome e-mail. */
function paintHero(number: number, scale: number): Canvas {
  const canvas = new Canvas(2 * SIDE, SIDE, scale);
  const palette = choosePalette(number);
  paintRoom(canvas, palette, 2 * SIDE);
  const subjects = [
    ['vase', -100],
    ['candle', 120],
    ['cup', 335],
  ] as const;
  for (const [i, [subject, shift]] of subjects.entries()) {
    canvas.shifted(shift, () => SUBJECTS[subject](canvas, { ...palette, main: choosePalette(number + i + 1).main }));
  }
  return canvas;
}

/** Path of a product's picture on the sandbox: what it shows, in which colour; `turn` changes the room around it. */
export function picturePath(subject: Subject, color: PictureColor, turn = 0): string {
  return `/pictures/${subject}-${numberOfColor(color, turn)}.png`;
}

/**
 * The PNG of a picture, or undefined when the name means nothing. Names: `candle-3` (any subject and a number),
 * `hero-1`, `logo`, `icon`. `width` is in pixels, 1 to 1600; the drawing is made at that size, not scaled afterwards.
 */
export function drawPicture(name: string, width?: number): Buffer | undefined {
  const [, kind = '', digits = '1'] = /^([a-z]+)(?:-(\d{1,4}))?$/.exec(name) ?? [];
  const number = Number(digits);
  const wanted = width === undefined ? undefined : Math.min(1600, Math.max(16, Math.round(width)));
  let canvas: Canvas;
  if (kind === 'logo') canvas = paintLogo(wanted ?? 640);
  else if (kind === 'icon') canvas = paintIcon(wanted ?? 256);
  else if (kind === 'hero') canvas = paintHero(number, (wanted ?? 1200) / (2 * SIDE));
  else if (Object.hasOwn(SUBJECTS, kind)) canvas = paintProduct(kind as Subject, number, (wanted ?? SIDE) / SIDE);
  else return undefined;
  return encodePng(canvas.width, canvas.height, canvas.pixels);
}
