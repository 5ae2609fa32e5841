// Things that lie, lean or fold: soap, blanket, notebook, bag, scarf, cushion, plate, print, basket.
import type { Canvas } from './canvas';
import { darker, faded, gradient, hex, lighter, mix, round } from './color';
import { box, ellipse, outline, place, type Shape, stroke } from './path';
import { castShadow, FLOOR, type Palette, paintSprig } from './stage';

const PAPER = hex('#f6efe2');
const INK = hex('#4a3f3a');
const WHITE = hex('#ffffff');

function paintMoon(
  canvas: Canvas,
  x: number,
  y: number,
  r: number,
  colors: { moon: Palette['main']; ground: Palette['main'] },
) {
  const disc = ellipse(x, y, r, r);
  canvas.fill(disc, colors.moon);
  canvas.fill(ellipse(x + r * 0.45, y - r * 0.15, r * 0.86, r * 0.86), colors.ground, { inside: disc });
}

export function soap(canvas: Canvas, p: Palette): void {
  castShadow(canvas, 300, 150);
  canvas.fill(box(150, 462, 300, 34, 10), round(hex('#a67c52'), 150, 450, 0.8));
  for (const x of [190, 250, 310, 370]) canvas.fill(box(x, 470, 40, 5, 2), faded(INK, 0.3));
  const bars = [
    { x: 178, y: 396, w: 244, color: p.main },
    { x: 204, y: 330, w: 196, color: mix(p.accent, PAPER, 0.35) },
  ];
  for (const { x, y, w, color } of bars) {
    const bar = box(x, y, w, 68, 24);
    canvas.fill(bar, round(color, x, x + w, 0.8));
    canvas.fill(box(x + 10, y + 4, w - 20, 20, 10), faded(WHITE, 0.38), { blur: 6, inside: bar });
    canvas.fill(box(x, y + 50, w, 20), faded(INK, 0.2), { blur: 6, inside: bar });
  }
  paintMoon(canvas, 302, 364, 17, { moon: darker(p.accent, 0.3), ground: mix(p.accent, PAPER, 0.35) });
  paintSprig(canvas, p.leaf, { x: 386, y: 342, turn: 2.95, scale: 0.62 });
}

function paintFold(canvas: Canvas, y: number, height: number, color: Palette['main']): Shape {
  const fold = box(146, y, 308, height, height / 2.1);
  canvas.fill(
    fold,
    gradient('y', y, y + height, [
      [0, lighter(color, 0.35)],
      [0.35, color],
      [1, darker(color, 0.28)],
    ]),
  );
  for (let x = 160; x < 450; x += 13) {
    canvas.fill(stroke([[x, y, x - 5, y + height]], 1.8), faded(darker(color, 0.4), 0.18), { inside: fold });
  }
  return fold;
}

export function blanket(canvas: Canvas, p: Palette): void {
  castShadow(canvas, 300, 158);
  paintFold(canvas, 424, 72, p.main);
  paintFold(canvas, 358, 72, lighter(p.accent, 0.25));
  const top = paintFold(canvas, 292, 72, mix(p.main, PAPER, 0.25));
  for (const x of [190, 206, 388, 404]) canvas.fill(box(x, 280, 7, 100), faded(p.accent, 0.6), { inside: top });
  for (let x = 168; x < 440; x += 9) {
    canvas.fill(
      stroke(outline(`M ${x} 350 C ${x - 3} 364 ${x + 4} 376 ${x - 1} ${388 + ((x * 7) % 9)}`), 3),
      lighter(p.main, 0.42),
    );
  }
}

export function notebook(canvas: Canvas, p: Palette): void {
  castShadow(canvas, 300, 130);
  canvas.fill(outline('M 190 176 L 408 160 L 424 476 L 204 494 Z'), darker(p.main, 0.35));
  canvas.fill(outline('M 196 180 L 414 166 L 428 470 L 210 486 Z'), PAPER);
  const cover = outline('M 176 174 L 396 158 Q 404 158 405 166 L 418 470 Q 418 480 408 481 L 194 496 Z');
  canvas.fill(
    cover,
    gradient('x', 176, 420, [
      [0, darker(p.main, 0.25)],
      [0.09, darker(p.main, 0.05)],
      [0.11, darker(p.main, 0.3)],
      [0.14, lighter(p.main, 0.14)],
      [1, darker(p.main, 0.06)],
    ]),
  );
  canvas.fill(outline('M 350 161 L 364 160 L 380 483 L 366 484 Z'), lighter(p.accent, 0.15));
  paintMoon(canvas, 284, 300, 34, { moon: hex('#e8cf98'), ground: lighter(p.main, 0.06) });
  canvas.fill(stroke([[244, 372, 330, 366]], 3), faded(hex('#e8cf98'), 0.9));
  const pen = place(box(-110, -7, 220, 14, 7), { x: 446, y: 474, turn: -1.18 });
  canvas.fill(place(pen, { x: 10, y: 8 }), faded(INK, 0.3), { blur: 6 });
  canvas.fill(pen, hex('#c9a35c'));
}

export function bag(canvas: Canvas, p: Palette): void {
  castShadow(canvas, 300, 128);
  canvas.fill(stroke(outline('M 244 250 C 238 92 362 92 356 250'), 15), darker(p.accent, 0.25));
  const body = outline(`M 186 240 L 414 240 L 434 ${FLOOR - 8} Q 300 ${FLOOR + 14} 166 ${FLOOR - 8} Z`);
  canvas.fill(body, round(mix(p.main, PAPER, 0.2), 166, 434, 0.7));
  for (let y = 250; y < 500; y += 8) canvas.fill(box(160, y, 280, 1.4), faded(INK, 0.07), { inside: body });
  canvas.fill(box(170, 240, 260, 20), faded(darker(p.main, 0.3), 0.35), { inside: body });
  canvas.fill(stroke(outline('M 228 246 C 222 116 378 116 372 246'), 15), p.accent);
  for (const x of [214, 362]) canvas.fill(box(x, 236, 26, 42, 5), darker(p.accent, 0.12));
  paintMoon(canvas, 300, 364, 44, { moon: faded(INK, 0.85), ground: mix(p.main, PAPER, 0.22) });
}

export function scarf(canvas: Canvas, p: Palette): void {
  canvas.fill(box(150, 128, 300, 14, 7), round(hex('#a67c52'), 150, 450));
  for (const x of [168, 432]) canvas.fill(ellipse(x, 135, 12, 12), hex('#c9a35c'));
  canvas.fill(outline('M 214 140 L 400 140 L 420 470 L 240 480 Z'), faded(INK, 0.25), { blur: 20 });
  const back = outline('M 214 122 Q 280 108 344 122 L 356 440 Q 290 452 222 440 Z');
  canvas.fill(back, round(darker(p.main, 0.16), 214, 352, 0.8));
  const front = outline('M 262 118 Q 330 104 398 118 L 388 392 Q 330 402 270 392 Z');
  for (let x = 228; x < 354; x += 8) canvas.fill(stroke([[x, 440, x - 2, 470]], 3), darker(p.main, 0.2));
  for (let x = 274; x < 388; x += 8) canvas.fill(stroke([[x, 390, x + 2, 424]], 3), lighter(p.main, 0.1));
  canvas.fill(front, round(p.main, 262, 398, 0.8));
  for (const y of [180, 206, 330, 356])
    canvas.fill(box(250, y, 160, y % 4 === 0 ? 12 : 6), faded(lighter(p.accent, 0.2), 0.9), { inside: front });
  canvas.fill(stroke(outline('M 318 120 C 312 210 326 300 316 396'), 12), faded(INK, 0.14), { blur: 6, inside: front });
  castShadow(canvas, 310, 90, FLOOR + 10);
}

export function cushion(canvas: Canvas, p: Palette): void {
  castShadow(canvas, 300, 150);
  const body = outline(
    'M 150 200 C 220 222 380 222 450 200 C 428 280 428 410 452 492 C 380 472 220 472 148 492 C 172 410 172 280 150 200 Z',
  );
  canvas.fill(body, round(p.main, 150, 450, 0.8));
  for (const x of [216, 258, 300, 342, 384]) {
    canvas.fill(
      stroke(
        outline(`M ${x} 190 C ${x + (x - 300) * 0.12} 290 ${x + (x - 300) * 0.12} 400 ${x} 500`),
        x === 300 ? 14 : 6,
      ),
      faded(lighter(p.accent, 0.3), 0.75),
      { inside: body },
    );
  }
  canvas.fill(ellipse(250, 290, 90, 80), faded(WHITE, 0.22), { blur: 34, inside: body });
  canvas.fill(ellipse(380, 470, 150, 60), faded(INK, 0.3), { blur: 34, inside: body });
  canvas.fill(stroke(body, 3), faded(darker(p.main, 0.4), 0.5));
}

export function plate(canvas: Canvas, p: Palette): void {
  canvas.fill(ellipse(310, 320, 190, 186), faded(INK, 0.3), { blur: 26 });
  for (const [r, color] of [
    [186, lighter(p.main, 0.12)],
    [178, mix(p.main, PAPER, 0.72)],
    [128, darker(mix(p.main, PAPER, 0.72), 0.1)],
    [122, mix(p.main, PAPER, 0.82)],
  ] as const) {
    canvas.fill(ellipse(300, 304, r, r), color);
  }
  for (let i = 0; i < 36; i++) {
    const angle = (i / 36) * 2 * Math.PI;
    canvas.fill(ellipse(300 + 153 * Math.cos(angle), 304 + 153 * Math.sin(angle), 5, 5), faded(p.main, 0.9));
  }
  canvas.fill(ellipse(240, 230, 70, 50), faded(WHITE, 0.5), { blur: 24, inside: ellipse(300, 304, 178, 178) });
  paintSprig(canvas, p.leaf, { x: 226, y: 352, turn: -0.3, scale: 0.9 });
}

export function print(canvas: Canvas, p: Palette): void {
  castShadow(canvas, 300, 140);
  canvas.fill(box(168, 96, 274, 392), faded(INK, 0.4), { blur: 16 });
  canvas.fill(box(160, 92, 280, 394, 3), round(hex('#b08a5e'), 160, 440, 0.7));
  canvas.fill(box(174, 106, 252, 366), lighter(PAPER, 0.3));
  const art = box(204, 138, 192, 302);
  canvas.fill(art, mix(p.wall, p.accent, 0.3));
  canvas.fill(ellipse(318, 232, 54, 54), p.accent, { inside: art });
  canvas.fill(outline('M 190 360 C 250 290 300 350 410 300 L 410 450 L 190 450 Z'), p.main, { inside: art });
  canvas.fill(outline('M 190 400 C 260 350 330 420 410 366 L 410 450 L 190 450 Z'), darker(p.main, 0.28), {
    inside: art,
  });
  canvas.fill(outline('M 160 92 L 300 92 L 190 486 L 160 486 Z'), faded(WHITE, 0.16));
}

export function basket(canvas: Canvas, p: Palette): void {
  castShadow(canvas, 300, 142);
  const straw = hex('#c79f66');
  canvas.fill(stroke(outline('M 200 330 C 190 160 410 160 400 330'), 15), darker(straw, 0.2));
  paintSprig(canvas, p.leaf, { x: 250, y: 330, turn: -1.1, scale: 0.85 });
  canvas.fill(ellipse(340, 318, 84, 40), lighter(p.main, 0.1));
  canvas.fill(ellipse(262, 322, 76, 34), p.accent);
  const body = outline(`M 162 320 Q 300 352 438 320 L 412 ${FLOOR - 8} Q 300 ${FLOOR + 16} 188 ${FLOOR - 8} Z`);
  canvas.fill(body, round(straw, 162, 438, 0.8));
  for (let row = 0; row < 9; row++) {
    for (let column = 0; column < 13; column++) {
      const x = 164 + column * 23 + (row % 2) * 11;
      canvas.fill(
        ellipse(x, 342 + row * 17, 11, 5),
        faded((row + column) % 5 === 0 ? p.main : lighter(straw, 0.3), 0.65),
        { inside: body },
      );
    }
  }
  canvas.fill(stroke(outline('M 162 322 Q 300 354 438 322'), 14), darker(straw, 0.08));
}
