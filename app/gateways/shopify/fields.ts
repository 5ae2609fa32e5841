/** The small shapes all of Shopify's payloads share, as zod types that read leniently: one odd field must not cost the rest. */
import { z } from 'zod';

/** `820982911946154508`, `"gid://shopify/Order/820982911946154508"` or null → the digits. */
export function idOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return String(value);
  if (typeof value !== 'string') return null;
  return /^(?:gid:\/\/shopify\/\w+\/)?(\d{1,30})(?:\?.*)?$/.exec(value)?.[1] ?? null;
}

/** `gid://shopify/<type>/<id>` */
export function gid(type: string, id: string): string {
  return `gid://shopify/${type}/${id}`;
}

/** The global id has all the digits even where a number was rounded on its way. */
export function rootId(payload: { id?: unknown; admin_graphql_api_id?: unknown }): string | null {
  return idOf(payload.admin_graphql_api_id) ?? idOf(payload.id);
}

const lenient = <T>(read: (value: unknown) => T) => z.unknown().optional().transform(read);

/** Whatever stands there, or nothing. */
export const anything = z.unknown().optional();

export const id = lenient(idOf);

/** Text, or null for anything empty or else. Cut where nobody would read on, so that one field cannot fill a row. */
export const text = lenient((value) =>
  typeof value === 'string' && value.trim() !== '' ? value.slice(0, 5000) : null,
);

export const flag = lenient((value) => value === true);

/** A token or code that is looked up by: short, or null. An index takes no long ones, and Shopify makes none. */
export const key = lenient((value) =>
  typeof value === 'string' && value !== '' && value.length <= 255 ? value : null,
);

/** A date, or null. */
export const time = lenient(readDate);

export function readDate(value: unknown): Date | null {
  if (typeof value !== 'string') return null;
  const date = new Date(value);
  const year = date.getUTCFullYear();
  // Also NaN fails this; beyond four digits Postgres and JavaScript write years differently.
  return year >= 1 && year <= 9999 ? date : null;
}

/**
 * A decimal string that Postgres' numeric(20,4) takes, or null: yen without decimals and dinars with three alike. One
 * digit less than fits, as rounding to four decimals may add one.
 */
export const amount = lenient(readAmount);

export function readAmount(value: unknown): string | null {
  const written = typeof value === 'number' ? String(value) : value;
  return typeof written === 'string' && /^-?\d{1,15}(\.\d{1,10})?$/.test(written) ? written : null;
}

/** A whole number in Postgres' integer range, or null. */
export const whole = lenient((value) => {
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && Math.abs(number) < 2 ** 31 ? number : null;
});

/** `YYYY-MM-DD` of a day that exists, or null. */
export const day = lenient((value) => {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return null;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value) ? value : null;
});

/** Tags as the REST payloads write them: one comma-separated text. */
export const tagText = lenient((value) =>
  typeof value === 'string'
    ? value
        .split(',')
        .map((tag) => tag.trim())
        .filter((tag) => tag !== '')
    : [],
);

/** An array whose odd entries are left out instead of refusing the whole. */
export function listOf<T extends z.ZodType>(entry: T) {
  return lenient((value): z.output<T>[] =>
    Array.isArray(value)
      ? value.flatMap((one) => {
          const read = entry.safeParse(one);
          return read.success ? [read.data] : [];
        })
      : [],
  );
}

/** An object, or null for anything else. */
export function maybe<T extends z.ZodType>(type: T) {
  return lenient((value): z.output<T> | null => {
    const read = type.safeParse(value);
    return read.success ? read.data : null;
  });
}

/** An e-mail address as a person typed it, trimmed; null where there is none. No stricter: SendGrid judges addresses. */
export const address = lenient((value) => {
  if (typeof value !== 'string') return null;
  const trimmed = value.trim();
  return trimmed.includes('@') && trimmed.length <= 320 ? trimmed : null;
});

/** ISO 3166-1 alpha-2, upper case, or null. */
export const country = lenient((value) =>
  typeof value === 'string' && /^[A-Za-z]{2}$/.test(value) ? value.toUpperCase() : null,
);
