// What SendGrid refuses in headers, custom arguments, substitutions and send_at: the same at message and personalization level.
import { allStrings, byteSize, type Findings, isObject, type Json } from './check';

const RESERVED = new Set([
  'x-sg-id',
  'x-sg-eid',
  'received',
  'dkim-signature',
  'content-type',
  'content-transfer-encoding',
  'to',
  'from',
  'subject',
  'reply-to',
  'cc',
  'bcc',
]);
const MAX_BYTES = 10_000;
const MAX_ENTRIES = 10_000;
const MAX_SCHEDULE_SECONDS = 72 * 3600;

export function checkHeaders(found: Findings, field: string, headers: unknown): void {
  if (headers === undefined) return;
  if (!isObject(headers) || !allStrings(headers)) {
    found.report(field, 'All values of the headers object must be strings.');
    return;
  }
  const seen = new Set<string>();
  for (const name in headers) {
    const lower = name.toLowerCase();
    if (RESERVED.has(lower))
      found.report(
        `${field}.${name}`,
        `Header cannot be one of the reserved keys. You have used the reserved key ${name}.`,
      );
    else if (!/^[\x21-\x39\x3b-\x7e]+$/.test(name))
      found.report(field, 'Header keys cannot contain non-ASCII characters or empty spaces.');
    else if (/[\r\n]/.test(String(headers[name])))
      found.report(`${field}.${name}`, 'Header values cannot contain CRLF characters.');
    if (seen.has(lower)) found.report(field, 'The headers cannot contain duplicate keys.');
    seen.add(lower);
  }
}

export function checkSubstitutions(found: Findings, field: string, substitutions: unknown): void {
  if (substitutions === undefined) return;
  if (!isObject(substitutions) || !allStrings(substitutions)) {
    found.report(
      field,
      'The substitution values must be an object of key/value pairs, where the values are all strings.',
    );
    return;
  }
  if (Object.keys(substitutions).length > MAX_ENTRIES) found.report(field, 'You are limited to 10,000 substitutions.');
  if (byteSize(substitutions) > MAX_BYTES) {
    found.report(
      field,
      'The total collective size of your substitutions may not exceed 10,000 bytes per personalization object.',
    );
  }
}

/** Checks one level's custom arguments. Returns them when usable, so that the merged size can be judged. */
export function checkCustomArgs(found: Findings, field: string, args: unknown): Json | undefined {
  if (args === undefined) return undefined;
  if (!isObject(args) || !allStrings(args)) {
    found.report(field, 'All values of custom arguments object must be strings');
    return undefined;
  }
  const count = Object.keys(args).length;
  if (count === 0) found.report(field, 'custom_args cannot be empty.');
  if (count > MAX_ENTRIES) found.report(field, 'You are limited to 10,000 custom arguments.');
  return args;
}

export function checkArgsSize(found: Findings, field: string, merged: Json): void {
  if (byteSize(merged) > MAX_BYTES) {
    found.report(
      field,
      'The combined size of both global and personalization custom arguments may not exceed 10,000 bytes per personalization.',
    );
  }
}

export function checkSendAt(found: Findings, field: string, sendAt: unknown, nowSeconds: number): void {
  if (sendAt === undefined) return;
  if (!Number.isInteger(sendAt)) {
    found.report(
      field,
      'The send_at parameter is expecting a Unix timestamp as an integer. We will send immediately if you include a send_at timestamp that is in the past.',
    );
  } else if (Number(sendAt) > nowSeconds + MAX_SCHEDULE_SECONDS) {
    found.report(field, 'Scheduling more than 72 hours in advance is forbidden.');
  }
}
