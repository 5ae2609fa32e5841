/**
 * The marks that stand in a rendered e-mail where a shop's look and a recipient's values will go. Blocks write them, `parseMarks` reads them back.
 * A mark lies between two private-use characters, which `withoutMarks` removes from every other text, so nothing else can look like one.
 */
const OPEN = '\ue000';
const CLOSE = '\ue001';

export const VALUE_NAMES = [
  'first_name',
  'product_title',
  'cart_total',
  'code',
  'code_description',
  'code_ends_on',
  'reason',
  'title',
  'variant',
  'quantity',
  'price',
  'compare_at_price',
  'low_stock',
  'unavailable',
  'no_image',
  'more_items',
  'image_url',
  'url',
  'checkout_url',
  'store_url',
  'preferences_url',
  'unsubscribe_url',
  'owner_url',
] as const;
export type ValueName = (typeof VALUE_NAMES)[number];

/** What of a shop's look stands in slots: one rendering serves every shop, and is dressed in each one's look. */
export type LookName =
  | 'shop_name'
  | 'address'
  | 'logo_url'
  | `font_${'heading' | 'body'}`
  | ColorName
  | `social_${'url' | 'name'}_${number}`;

/** `color_background`, `dark_button` … */
export type ColorName = `${'color' | 'dark'}_${string}`;

/** Colors alone may stand in a style sheet: they are checked to be nothing else. */
export function isColorName(name: string): name is ColorName {
  return name.startsWith('color_') || name.startsWith('dark_');
}

export type RowSource = 'items' | 'most-bought' | 'recommended';

export interface RowsShape {
  source: RowSource;
  max: number;
  /** Cells in a row; the last row is filled up with `pad`s. */
  columns: number;
}

/** What a mark says; `detail` belongs to the value: how many items a list shows, the address an owner typed, `first` where it begins a line. */
export type Mark =
  | { kind: 'value'; name: ValueName; fallback?: string; detail?: string }
  | { kind: 'look'; name: LookName }
  /** Its inside is for looks that have this. */
  | { kind: 'worn'; name: LookName }
  | { kind: 'optional'; needs: readonly { name: ValueName; detail?: string }[] }
  | ({ kind: 'rows' } & RowsShape)
  | { kind: 'cell' }
  | { kind: 'pad' }
  | { kind: 'close' };

/** The mark as text: letters, digits and hyphens only, so HTML escaping leaves it as it is. */
export function mark(content: Mark): string {
  return `${OPEN}${Buffer.from(JSON.stringify(content)).toString('base64url')}${CLOSE}`;
}

export function withoutMarks(text: string): string {
  return text.replace(/[\ue000\ue001]/g, '');
}

export type Token = { at: number; length: number; mark: Mark };

/** Every mark of a text, in order. */
export function findMarks(text: string): Token[] {
  return [...text.matchAll(/\ue000([\w-]+)\ue001/g)].map((match) => ({
    at: match.index,
    length: match[0].length,
    mark: JSON.parse(Buffer.from(match[1] ?? '', 'base64url').toString()) as Mark,
  }));
}
