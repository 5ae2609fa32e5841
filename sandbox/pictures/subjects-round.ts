// Round things standing on the table: candle, cup, vase, tea tin, bottle, lamp, carafe.
import type { Canvas } from './canvas';
import { darker, faded, gradient, hex, lighter, mix, round } from './color';
import { box, ellipse, outline, place, stroke } from './path';
import { castShadow, FLOOR, type Palette, paintSprig } from './stage';

const PAPER = hex('#f6efe2');
const INK = hex('#4a3f3a');
const BRASS = hex('#c9a35c');
const GLOW = hex('#ffd98a');

/** A paper label with a moon and three lines, as Maison Lune puts on everything. */
function paintLabel(canvas: Canvas, x: number, y: number, w: number, h: number): void {
  canvas.fill(
    box(x, y, w, h, 3),
    gradient('x', x, x + w, [
      [0, darker(PAPER, 0.06)],
      [0.3, lighter(PAPER, 0.4)],
      [1, darker(PAPER, 0.14)],
    ]),
  );
  const cx = x + w / 2;
  const r = Math.min(w, h) * 0.15;
  const moon = ellipse(cx, y + h * 0.34, r, r);
  canvas.fill(moon, INK);
  canvas.fill(ellipse(cx + r * 0.45, y + h * 0.34 - r * 0.15, r * 0.86, r * 0.86), lighter(PAPER, 0.2), {
    inside: moon,
  });
  for (const [i, half] of [0.3, 0.2, 0.12].entries()) {
    canvas.fill(box(cx - w * half, y + h * (0.62 + i * 0.1), w * half * 2, 2.4, 1), faded(INK, i === 0 ? 0.85 : 0.45));
  }
}

export function candle(canvas: Canvas, p: Palette): void {
  castShadow(canvas, 300, 96);
  const glass = outline(
    `M 204 268 L 396 268 L 396 ${FLOOR - 14} Q 396 ${FLOOR + 8} 300 ${FLOOR + 8} Q 204 ${FLOOR + 8} 204 ${FLOOR - 14} Z`,
  );
  canvas.fill(glass, round(p.main, 204, 396));
  canvas.fill(ellipse(300, 268, 96, 20), darker(p.main, 0.3));
  canvas.fill(ellipse(300, 272, 88, 16), lighter(hex('#f3e6cc'), 0.1));
  canvas.fill(ellipse(300, 272, 40, 9), faded(GLOW, 0.9), { blur: 8 });
  canvas.fill(stroke(outline('M 300 272 C 299 264 302 258 300 250'), 4), INK);
  canvas.fill(ellipse(300, 226, 90, 90), faded(GLOW, 0.38), { blur: 34 });
  canvas.fill(outline('M 300 256 C 280 244 288 224 301 196 C 313 226 320 244 300 256 Z'), hex('#ffb648'), { blur: 1 });
  canvas.fill(outline('M 300 254 C 290 246 293 234 301 216 C 307 234 310 246 300 254 Z'), hex('#fff2c4'), { blur: 2 });
  paintLabel(canvas, 252, 330, 96, 108);
  canvas.fill(box(222, 290, 12, 180, 6), faded(hex('#ffffff'), 0.4), { blur: 4, inside: glass });
}

export function cup(canvas: Canvas, p: Palette): void {
  castShadow(canvas, 300, 104);
  canvas.fill(stroke(outline('M 392 330 C 456 322 462 420 384 424'), 22), round(darker(p.main, 0.08), 380, 460));
  const body = outline(
    'M 190 286 L 404 286 C 404 380 392 446 362 478 Q 348 492 297 492 Q 246 492 232 478 C 202 446 190 380 190 286 Z',
  );
  canvas.fill(body, round(p.main, 190, 404));
  canvas.fill(
    outline('M 186 384 C 240 410 350 410 406 384 L 406 500 L 186 500 Z'),
    round(lighter(p.accent, 0.4), 190, 404),
    { inside: body },
  );
  canvas.fill(ellipse(297, 286, 107, 24), lighter(p.main, 0.35));
  canvas.fill(ellipse(297, 288, 98, 20), darker(p.main, 0.35));
  canvas.fill(ellipse(297, 293, 90, 15), hex('#6b4429'), { inside: ellipse(297, 288, 98, 20) });
  for (const x of [270, 318]) {
    canvas.fill(
      stroke(outline(`M ${x} 262 C ${x - 26} 226 ${x + 26} 196 ${x - 4} 150`), 9),
      faded(hex('#ffffff'), 0.55),
      { blur: 7 },
    );
  }
}

export function vase(canvas: Canvas, p: Palette): void {
  for (const [turn, scale, flip] of [
    [-2.05, 1.0, false],
    [-1.3, 1.12, false],
    [1.2, 0.95, true],
  ] as const) {
    paintSprig(canvas, p.leaf, { x: 300, y: 262, turn, scale, flip });
  }
  castShadow(canvas, 300, 92);
  const body = outline(
    `M 268 232 L 332 232 C 330 280 338 292 372 326 C 418 374 404 446 366 ${FLOOR + 4} Q 300 ${FLOOR + 16} 234 ${FLOOR + 4} C 196 446 182 374 228 326 C 262 292 270 280 268 232 Z`,
  );
  canvas.fill(body, round(p.main, 194, 406));
  for (const y of [356, 372, 388]) {
    canvas.fill(
      stroke(outline(`M 190 ${y} C 250 ${y + 18} 350 ${y + 18} 410 ${y}`), 3),
      faded(lighter(p.main, 0.5), 0.5),
      { inside: body },
    );
  }
  canvas.fill(ellipse(300, 232, 32, 8), darker(p.main, 0.45));
  canvas.fill(stroke(ellipse(300, 232, 32, 8), 3), lighter(p.main, 0.3));
}

export function tea(canvas: Canvas, p: Palette): void {
  castShadow(canvas, 286, 84);
  const body = outline(`M 200 262 L 372 262 L 372 ${FLOOR - 6} Q 286 ${FLOOR + 18} 200 ${FLOOR - 6} Z`);
  canvas.fill(body, round(p.main, 200, 372));
  canvas.fill(outline(`M 196 236 Q 286 222 376 236 L 376 282 Q 286 304 196 282 Z`), round(BRASS, 196, 376));
  canvas.fill(ellipse(286, 232, 90, 15), lighter(BRASS, 0.4));
  canvas.fill(ellipse(286, 229, 16, 8), darker(BRASS, 0.2));
  paintLabel(canvas, 238, 324, 96, 112);
  for (let i = 0; i < 9; i++) {
    const leaf = place(ellipse(0, 0, 13, 4), {
      x: 412 + ((i * 37) % 74),
      y: FLOOR + 4 + ((i * 23) % 30),
      turn: i * 1.3,
    });
    canvas.fill(leaf, mix(darker(p.leaf, 0.35), p.leaf, (i % 3) / 3));
  }
}

export function bottle(canvas: Canvas, p: Palette): void {
  for (const [x, tilt] of [
    [-44, 250],
    [-16, 262],
    [10, 268],
    [38, 256],
  ] as const) {
    canvas.fill(stroke([[300 + x * 0.2, 330, 300 + x * 2.1, 330 - tilt]], 6), hex('#b58d60'));
  }
  castShadow(canvas, 300, 82);
  const body = outline(
    `M 274 290 L 326 290 L 326 318 C 372 326 382 344 382 372 L 382 ${FLOOR - 8} Q 382 ${FLOOR + 8} 300 ${FLOOR + 8} Q 218 ${FLOOR + 8} 218 ${FLOOR - 8} L 218 372 C 218 344 228 326 274 318 Z`,
  );
  canvas.fill(body, round(mix(p.main, hex('#fff6e6'), 0.35), 218, 382));
  canvas.fill(box(210, 392, 180, 110), round(p.main, 218, 382), { inside: body, alpha: 0.75 });
  canvas.fill(box(266, 270, 68, 26, 5), round(BRASS, 266, 334));
  paintLabel(canvas, 256, 368, 88, 92);
  canvas.fill(box(232, 350, 10, 120, 5), faded(hex('#ffffff'), 0.55), { blur: 3, inside: body });
}

export function lamp(canvas: Canvas, p: Palette): void {
  canvas.fill(ellipse(300, 230, 220, 190), faded(GLOW, 0.3), { blur: 60 });
  castShadow(canvas, 300, 74);
  canvas.fill(box(290, 270, 20, 200, 4), round(BRASS, 288, 312));
  canvas.fill(
    outline(
      `M 232 ${FLOOR - 6} C 232 ${FLOOR - 40} 368 ${FLOOR - 40} 368 ${FLOOR - 6} Q 300 ${FLOOR + 16} 232 ${FLOOR - 6} Z`,
    ),
    round(p.accent, 232, 368),
  );
  const shade = outline('M 244 128 L 356 128 L 424 296 Q 300 322 176 296 Z');
  canvas.fill(shade, round(lighter(p.main, 0.18), 176, 424, 0.8));
  canvas.fill(ellipse(300, 300, 120, 90), faded(GLOW, 0.75), { blur: 40, inside: shade });
  for (let i = -5; i <= 5; i++) {
    canvas.fill(stroke([[300 + i * 10.2, 128, 300 + i * 22.5, 312]], 1.6), faded(darker(p.main, 0.3), 0.35), {
      inside: shade,
    });
  }
  canvas.fill(ellipse(300, 128, 56, 7), lighter(p.main, 0.5));
}

export function carafe(canvas: Canvas, p: Palette): void {
  castShadow(canvas, 280, 78);
  castShadow(canvas, 424, 40, FLOOR + 22);
  const glass = outline(
    `M 248 176 L 312 176 C 308 236 314 264 340 308 C 372 362 366 440 352 ${FLOOR + 2} Q 280 ${FLOOR + 16} 208 ${FLOOR + 2} C 194 440 188 362 220 308 C 246 264 252 236 248 176 Z`,
  );
  const water = mix(p.main, hex('#ffffff'), 0.55);
  canvas.fill(glass, round(faded(water, 0.5), 196, 364));
  canvas.fill(box(180, 346, 200, 160), round(faded(p.main, 0.75), 196, 364), { inside: glass });
  canvas.fill(ellipse(280, 346, 79, 12), faded(lighter(p.main, 0.5), 0.8), { inside: glass });
  canvas.fill(stroke(glass, 4), faded(hex('#ffffff'), 0.6));
  canvas.fill(box(214, 330, 12, 130, 6), faded(hex('#ffffff'), 0.7), { blur: 4, inside: glass });
  const tumbler = outline(`M 384 410 L 466 410 L 458 ${FLOOR + 22} Q 425 ${FLOOR + 32} 392 ${FLOOR + 22} Z`);
  canvas.fill(tumbler, round(faded(water, 0.6), 384, 466));
  canvas.fill(box(380, 446, 90, 80), faded(p.main, 0.5), { inside: tumbler });
  canvas.fill(stroke(tumbler, 3), faded(hex('#ffffff'), 0.7));
}
