/** Text from outside made fit for Postgres. Used at every door: webhooks, the admin's forms, addresses typed by hand. */

/** Postgres refuses NUL in text, and lone surrogates in jsonb; both become the replacement character. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed();
}

/**
 * JSON.parse whose every text, names of fields included, is storable.
 * @throws SyntaxError when the text is not JSON
 */
export function parseStorableJson(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value === 'string') return storableText(value);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? withStorableNames(value) : value;
  });
}

function withStorableNames(value: object): object {
  if (Object.keys(value).every((name) => storableText(name) === name)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [storableText(name), inner]));
}
