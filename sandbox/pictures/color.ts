// Colours of the drawn pictures: reading, mixing, shading.

export interface Color {
  r: number;
  g: number;
  b: number;
  /** 0 to 1. */
  a: number;
}

/** A colour for every place: flat, or depending on the point. */
export type Paint = Color | ((x: number, y: number) => Color);

/** Reads `#rrggbb`. */
export function hex(code: string, a = 1): Color {
  const value = Number.parseInt(code.slice(1), 16);
  return { r: (value >> 16) & 255, g: (value >> 8) & 255, b: value & 255, a };
}

/** `share` 0 gives the first colour, 1 the second. */
export function mix(one: Color, other: Color, share: number): Color {
  const t = Math.min(1, Math.max(0, share));
  return {
    r: one.r + (other.r - one.r) * t,
    g: one.g + (other.g - one.g) * t,
    b: one.b + (other.b - one.b) * t,
    a: one.a + (other.a - one.a) * t,
  };
}

const WHITE = hex('#fffaf2');
const SHADE = hex('#2b2230');

export const lighter = (color: Color, share: number): Color => mix(color, { ...WHITE, a: color.a }, share);
export const darker = (color: Color, share: number): Color => mix(color, { ...SHADE, a: color.a }, share);
export const faded = (color: Color, a: number): Color => ({ ...color, a });

/** A gradient between two places along x or y; stops are [share of the way, colour], in order. */
export function gradient(
  axis: 'x' | 'y',
  from: number,
  to: number,
  stops: readonly (readonly [number, Color])[],
): Paint {
  return (x, y) => {
    const t = ((axis === 'x' ? x : y) - from) / (to - from);
    let before = stops[0];
    for (const stop of stops) {
      if (stop[0] >= t) {
        if (!before || before === stop) return stop[1];
        return mix(before[1], stop[1], (t - before[0]) / (stop[0] - before[0]));
      }
      before = stop;
    }
    return before?.[1] ?? WHITE;
  };
}

/** Shading of something round standing upright, lit from the left. */
export function round(color: Color, left: number, right: number, depth = 1): Paint {
  return gradient('x', left, right, [
    [0, darker(color, 0.16 * depth)],
    [0.12, darker(color, 0.03 * depth)],
    [0.3, lighter(color, 0.28 * depth)],
    [0.5, color],
    [0.82, darker(color, 0.2 * depth)],
    [0.95, darker(color, 0.3 * depth)],
    [1, darker(color, 0.24 * depth)],
  ]);
}
