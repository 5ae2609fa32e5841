/** Colors as themes write them, as the six digits an e-mail takes. Called by read-theme. */
import { readColor } from '../../../domain/brand';

const HEX = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i;
const RGB = /^rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*(?:[,/]\s*(\d*\.?\d+)(%?)\s*)?\)$/i;

/** Paler than this it is a veil and no color. */
const LEAST_ALPHA = 0.5;

type Channels = [red: number, green: number, blue: number, alpha: number];

function channelsOf(text: string): Channels | null {
  const hex = HEX.exec(text)?.[1];
  if (hex) {
    const digits = hex.length < 6 ? [...hex].map((digit) => digit + digit).join('') : hex;
    const [red = 0, green = 0, blue = 0, alpha = 255] =
      digits.match(/../g)?.map((two) => Number.parseInt(two, 16)) ?? [];
    return [red, green, blue, alpha / 255];
  }
  const [, red, green, blue, alpha, percent] = RGB.exec(text) ?? [];
  if (red === undefined) return null;
  const share = alpha === undefined ? 1 : Number(alpha) / (percent ? 100 : 1);
  return [Number(red), Number(green), Number(blue), share];
}

const two = (value: number) => Math.round(Math.min(255, value)).toString(16).padStart(2, '0');

/** `#rrggbb`, or null for what is no color. What shines through a little is laid on white, as on most pages. */
export function readThemeColor(value: unknown): string | null {
  const channels = typeof value === 'string' ? channelsOf(value.trim()) : null;
  if (!channels || channels[3] < LEAST_ALPHA) return null;
  const [red, green, blue, alpha] = channels;
  const onWhite = [red, green, blue].map((one) => two(one * Math.min(1, alpha) + 255 * (1 - Math.min(1, alpha))));
  return readColor(`#${onWhite.join('')}`);
}
