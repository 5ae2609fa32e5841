/** The colors of a shop's e-mails, worked out from the few it chose so that everything can be read (WCAG AA), in light and in dark. */

export interface Palette {
  background: string;
  surface: string;
  /** Quiet boxes: notes, codes, a product without a picture. */
  tint: string;
  line: string;
  text: string;
  muted: string;
  button: string;
  buttonText: string;
  link: string;
  /** Low stock and other true warnings. */
  notice: string;
}

export const LIGHT_PALETTE: Palette = {
  background: '#f3f0ea',
  surface: '#fffefc',
  tint: '#f7f4ee',
  line: '#e4ded3',
  text: '#26221d',
  muted: '#665f55',
  button: '#24514a',
  buttonText: '#fffefc',
  link: '#24514a',
  notice: '#93401a',
};

export const DARK_PALETTE: Palette = {
  background: '#151412',
  surface: '#201e1b',
  tint: '#2b2825',
  line: '#3d3934',
  text: '#f2eee7',
  muted: '#b8b0a4',
  button: '#bfe0d5',
  buttonText: '#12312b',
  link: '#bfe0d5',
  notice: '#f2b48c',
};

/** WCAG AA for text. */
export const READABLE = 4.5;
/** A button must stand out from the sheet it lies on. */
const VISIBLE = 1.25;
const WHITE = '#ffffff';
const BLACK = '#000000';

const channelsOf = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

export function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = channelsOf(hex).map((value) => {
    const channel = value / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG contrast of two `#rrggbb` colors, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Some of `other` in `one`: 0 is `one` itself, 1 is `other`. */
export function mix(one: string, other: string, share: number): string {
  const others = channelsOf(other);
  const mixed = channelsOf(one).map((value, at) => Math.round(value + ((others[at] ?? 0) - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

const READ_TOGETHER: readonly [keyof Palette, keyof Palette][] = [
  ['text', 'surface'],
  ['text', 'tint'],
  ['text', 'background'],
  ['muted', 'surface'],
  ['muted', 'tint'],
  ['muted', 'background'],
  ['link', 'surface'],
  ['link', 'tint'],
  ['notice', 'surface'],
  ['buttonText', 'button'],
];

/** Pairs of a palette that are hard to read together (under WCAG AA's 4.5). */
export function weakContrasts(colors: Palette): { text: keyof Palette; on: keyof Palette; contrast: number }[] {
  return READ_TOGETHER.map(([text, on]) => ({ text, on, contrast: contrast(colors[text], colors[on]) })).filter(
    (pair) => pair.contrast < READABLE,
  );
}

const isReadableOn = (color: string, grounds: readonly string[]) =>
  grounds.every((ground) => contrast(color, ground) >= READABLE);

/** The color, moved towards `end` only as far as it takes to be read on all these grounds. */
function readableOn(color: string, end: string, grounds: readonly string[]): string {
  for (let share = 0; share < 1; share += 0.05) {
    const moved = mix(color, end, share);
    if (isReadableOn(moved, grounds)) return moved;
  }
  return end;
}

/** The first of these that can be read on the ground; black or white always can. */
function wordsOn(ground: string, wanted: readonly (string | null)[]): string {
  const readable = wanted.find((color) => color !== null && contrast(color, ground) >= READABLE);
  return readable ?? (contrast(WHITE, ground) >= contrast(BLACK, ground) ? WHITE : BLACK);
}

/** What a look is worked out from; null where nothing was chosen. */
export interface ChosenColors {
  background: string | null;
  text: string | null;
  button: string | null;
  /** The words on the button, where they can be read there. */
  buttonText: string | null;
}

/** Whether the small print under an e-mail can be read on this ground: too dark a ground swallows it. */
export function isGround(color: string): boolean {
  return contrast(LIGHT_PALETTE.text, color) >= READABLE * 1.5;
}

/** How much paler than its ground the sheet is. */
const SHEET = 0.85;

/** The ground, the sheet on it, and everything quiet that depends on them. */
function grounds({ background, text: wanted }: ChosenColors): Omit<Palette, 'button' | 'buttonText' | 'link'> {
  const isGiven = background !== null && isGround(background);
  if (!isGiven && wanted === null) return LIGHT_PALETTE;
  const ground = isGiven ? background : LIGHT_PALETTE.background;
  const surface = isGiven ? mix(ground, WHITE, SHEET) : LIGHT_PALETTE.surface;
  const ink = wanted !== null && contrast(wanted, ground) >= READABLE * 1.5 ? wanted : LIGHT_PALETTE.text;
  const tint = isGiven ? mix(surface, ink, 0.04) : LIGHT_PALETTE.tint;
  const under = [ground, surface, tint];
  const text = readableOn(ink, BLACK, under);
  return {
    background: ground,
    surface,
    tint,
    line: mix(surface, ink, 0.14),
    text,
    muted: readableOn(mix(text, surface, 0.3), text, under),
    notice: readableOn(LIGHT_PALETTE.notice, BLACK, under),
  };
}

export function lightPalette(chosen: ChosenColors): Palette {
  const base = grounds(chosen);
  const { surface, tint, text } = base;
  const wanted = chosen.button ?? LIGHT_PALETTE.button;
  const button = contrast(wanted, surface) >= VISIBLE ? wanted : text;
  const buttonText = wordsOn(button, [chosen.buttonText, LIGHT_PALETTE.buttonText, text]);
  return { ...base, button, buttonText, link: isReadableOn(button, [surface, tint]) ? button : text };
}

/** Dark mode keeps its own grounds; the shop's color comes along, as pale as it must be to be read there. */
export function darkPalette({ button }: ChosenColors): Palette {
  if (button === null) return DARK_PALETTE;
  const { surface, tint, text } = DARK_PALETTE;
  const pale = readableOn(button, WHITE, [surface, tint]);
  return { ...DARK_PALETTE, button: pale, buttonText: wordsOn(pale, ['#151412', text]), link: pale };
}
