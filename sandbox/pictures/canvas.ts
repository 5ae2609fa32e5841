// A small anti-aliased canvas: fills shapes with a paint, softened by a blur or kept inside another shape.
import type { Color, Paint } from './color';
import { place, type Shape } from './path';

/** Lines sampled per pixel row; coverage along a line is exact. */
const ROWS_PER_PIXEL = 4;

interface Crossing {
  x: number;
  winding: number;
}

export interface FillOptions {
  /** Softness in drawing units: shadows and light. */
  blur?: number;
  /** Nothing is painted outside this shape. */
  inside?: Shape;
  /** 0 to 1, on top of the paint's own. */
  alpha?: number;
}

/** A part of the picture in whole pixels, so that small shapes cost little. */
interface Region {
  left: number;
  top: number;
  width: number;
  height: number;
}

interface Mask extends Region {
  /** How much of each pixel is covered, 0 to 1. */
  cover: Float32Array;
}

function regionOf(shape: Shape, size: { width: number; height: number }, margin: number): Region {
  let [left, top, right, bottom] = [size.width, size.height, 0, 0];
  for (const contour of shape) {
    for (let i = 0; i + 1 < contour.length; i += 2) {
      left = Math.min(left, contour[i] ?? 0);
      right = Math.max(right, contour[i] ?? 0);
      top = Math.min(top, contour[i + 1] ?? 0);
      bottom = Math.max(bottom, contour[i + 1] ?? 0);
    }
  }
  left = Math.max(0, Math.floor(left - margin));
  top = Math.max(0, Math.floor(top - margin));
  right = Math.min(size.width, Math.ceil(right + margin));
  bottom = Math.min(size.height, Math.ceil(bottom + margin));
  return { left, top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
}

function findCrossings(shape: Shape, region: Region): Crossing[][] {
  const rows: Crossing[][] = Array.from({ length: region.height * ROWS_PER_PIXEL }, () => []);
  for (const contour of shape) {
    const size = contour.length;
    for (let i = 0; i < size; i += 2) {
      const x1 = (contour[i] ?? 0) - region.left;
      const y1 = ((contour[i + 1] ?? 0) - region.top) * ROWS_PER_PIXEL;
      const x2 = (contour[(i + 2) % size] ?? 0) - region.left;
      const y2 = ((contour[(i + 3) % size] ?? 0) - region.top) * ROWS_PER_PIXEL;
      if (y1 === y2) continue;
      const first = Math.max(0, Math.ceil(Math.min(y1, y2) - 0.5));
      const last = Math.min(rows.length - 1, Math.ceil(Math.max(y1, y2) - 0.5) - 1);
      const slope = (x2 - x1) / (y2 - y1);
      for (let row = first; row <= last; row++) {
        rows[row]?.push({ x: x1 + (row + 0.5 - y1) * slope, winding: y2 > y1 ? 1 : -1 });
      }
    }
  }
  return rows;
}

function addSpan(mask: Mask, row: number, start: number, end: number): void {
  const from = Math.max(0, start);
  const to = Math.min(mask.width, end);
  const offset = Math.floor(row / ROWS_PER_PIXEL) * mask.width;
  for (let x = Math.floor(from); x < to; x++) {
    const part = (Math.min(to, x + 1) - Math.max(from, x)) / ROWS_PER_PIXEL;
    mask.cover[offset + x] = (mask.cover[offset + x] ?? 0) + part;
  }
}

function coverage(shape: Shape, region: Region): Mask {
  const mask: Mask = { ...region, cover: new Float32Array(region.width * region.height) };
  findCrossings(shape, region).forEach((crossings, row) => {
    crossings.sort((a, b) => a.x - b.x);
    let winding = 0;
    let start = 0;
    for (const crossing of crossings) {
      const before = winding;
      winding += crossing.winding;
      if (before === 0) start = crossing.x;
      else if (winding === 0) addSpan(mask, row, start, crossing.x);
    }
  });
  return mask;
}

interface Lines {
  count: number;
  length: number;
  /** Distance between neighbours on a line, and between lines. */
  step: number;
  stride: number;
}

function blurLines(source: Float32Array, lines: Lines, r: number): Float32Array {
  const out = new Float32Array(source.length);
  for (let line = 0; line < lines.count; line++) {
    const base = line * lines.stride;
    const at = (i: number) => (i < 0 || i >= lines.length ? 0 : (source[base + i * lines.step] ?? 0));
    let sum = 0;
    for (let i = -r; i <= r; i++) sum += at(i);
    for (let i = 0; i < lines.length; i++) {
      out[base + i * lines.step] = sum / (2 * r + 1);
      sum += at(i + r + 1) - at(i - r);
    }
  }
  return out;
}

/** Three box blurs come close to a Gaussian of the given spread. */
function soften(mask: Mask, spread: number): Mask {
  const r = Math.max(1, Math.round(spread / 1.7));
  const { width, height } = mask;
  let { cover } = mask;
  for (let pass = 0; pass < 3; pass++) {
    cover = blurLines(cover, { count: height, length: width, step: 1, stride: width }, r);
    cover = blurLines(cover, { count: width, length: height, step: width, stride: 1 }, r);
  }
  return { ...mask, cover };
}

export class Canvas {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray;
  /** Pixels per drawing unit. */
  readonly scale: number;

  /** `width` and `height` are drawing units; the picture has `scale` times as many pixels each way. It starts out transparent. */
  constructor(width: number, height: number, scale = 1) {
    this.width = Math.round(width * scale);
    this.height = Math.round(height * scale);
    this.scale = scale;
    this.pixels = new Uint8ClampedArray(this.width * this.height * 4);
  }

  #shift = 0;

  #placed(shape: Shape): Shape {
    return place(shape, { x: this.#shift * this.scale, scale: this.scale });
  }

  /** Whatever `draw` paints stands this far to the right. */
  shifted(shift: number, draw: () => void): void {
    const before = this.#shift;
    this.#shift = before + shift;
    draw();
    this.#shift = before;
  }

  /** Makes the shape transparent again. */
  erase(shape: Shape): void {
    const placed = this.#placed(shape);
    const mask = coverage(placed, regionOf(placed, this, 0));
    mask.cover.forEach((cover, i) => {
      const at = this.#indexIn(mask, i) + 3;
      this.pixels[at] = (this.pixels[at] ?? 0) * (1 - Math.min(1, cover));
    });
  }

  #indexIn(region: Region, i: number): number {
    return ((region.top + Math.floor(i / region.width)) * this.width + region.left + (i % region.width)) * 4;
  }

  /** Paints the shape over what is there. */
  fill(shape: Shape, paint: Paint, options: FillOptions = {}): void {
    const placed = this.#placed(shape);
    const spread = (options.blur ?? 0) * this.scale;
    const region = regionOf(placed, this, spread * 2);
    const sharp = coverage(placed, region);
    const mask = spread > 0 ? soften(sharp, spread) : sharp;
    const within = options.inside ? coverage(this.#placed(options.inside), region) : undefined;
    for (let i = 0; i < mask.cover.length; i++) {
      const kept = within ? Math.min(1, within.cover[i] ?? 0) : 1;
      const cover = Math.min(1, mask.cover[i] ?? 0) * (options.alpha ?? 1) * kept;
      if (cover < 0.002) continue;
      const at = this.#indexIn(region, i);
      const x = ((at / 4) % this.width) / this.scale - this.#shift;
      const y = Math.floor(at / 4 / this.width) / this.scale;
      this.#blend(at, typeof paint === 'function' ? paint(x, y) : paint, cover);
    }
  }

  #blend(at: number, color: Color, cover: number): void {
    const { pixels } = this;
    const above = color.a * cover;
    const below = ((pixels[at + 3] ?? 0) / 255) * (1 - above);
    const total = above + below;
    if (total === 0) return;
    pixels[at] = (color.r * above + (pixels[at] ?? 0) * below) / total;
    pixels[at + 1] = (color.g * above + (pixels[at + 1] ?? 0) * below) / total;
    pixels[at + 2] = (color.b * above + (pixels[at + 2] ?? 0) * below) / total;
    pixels[at + 3] = total * 255;
  }
}
