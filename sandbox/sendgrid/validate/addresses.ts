// What SendGrid refuses in an address object: used for to, cc, bcc, from and reply-to.
import { type Findings, isAscii, isEmail, isObject, type Json } from './check';

const MAX_EMAIL = 320;

interface AddressRule {
  /** `To`, `From` … as SendGrid words its messages. */
  label: string;
  invalid: string;
  /** Recipient names may not hold `;` or `,`. */
  plainName?: boolean;
}

const RECIPIENT: Record<'to' | 'cc' | 'bcc', AddressRule> = {
  to: { label: 'To', invalid: 'Does not contain a valid address.', plainName: true },
  cc: { label: 'CC', invalid: 'Does not contain a valid address.', plainName: true },
  bcc: { label: 'BCC', invalid: 'Does not contain a valid address.', plainName: true },
};
const FROM: AddressRule = { label: 'From', invalid: 'The from email does not contain a valid address.' };
const REPLY_TO: AddressRule = { label: 'Reply-To', invalid: 'The reply_to email does not contain a valid address.' };

function checkAddress(found: Findings, field: string, value: unknown, rule: AddressRule): value is Json {
  if (!isObject(value)) {
    found.report(field, `Each "${rule.label.toLowerCase()}" object must at least have an email address.`);
    return false;
  }
  const { email, name } = value;
  if (typeof email === 'string' && email.length > MAX_EMAIL) {
    found.report(`${field}.email`, `The ${rule.label} email exceeds the maximum total length of 320 characters`);
  } else if (!isEmail(email)) {
    found.report(`${field}.email`, rule.invalid);
  }
  if (name !== undefined && typeof name !== 'string') {
    found.report(`${field}.name`, 'The name must be a string.');
  } else if (name !== undefined && /[\r\n]/.test(name)) {
    found.report(`${field}.name`, 'The name cannot contain CRLF characters.');
  } else if (rule.plainName === true && name !== undefined && /[;,]/.test(name)) {
    found.report(`${field}.name`, "The name cannot contain ';' or ',' characters.");
  }
  return true;
}

/** Checks one recipient list; `to` must be there and hold somebody. Returns the number of recipients seen. */
export function checkRecipients(found: Findings, field: string, kind: 'to' | 'cc' | 'bcc', value: unknown): number {
  const rule = RECIPIENT[kind];
  if (value === undefined && kind !== 'to') return 0;
  if (!Array.isArray(value) || (kind === 'to' && value.length === 0)) {
    const message =
      kind === 'to'
        ? 'The to array is required for all personalization objects, and must have at least one email object with a valid email address.'
        : `The ${kind} array, when used, must at least have an email parameter with a valid email address.`;
    found.report(`${field}.${kind}`, message);
    return 0;
  }
  for (let i = 0; i < value.length; i += 1) {
    const entry: unknown = value[i];
    // The common case stays free of string building: this runs once per recipient of every batch.
    if (isPlainAddress(entry)) continue;
    checkAddress(found, `${field}.${kind}.${i}`, entry, rule);
  }
  return value.length;
}

function isPlainAddress(entry: unknown): boolean {
  if (!isObject(entry) || !isEmail(entry.email) || entry.email.length > MAX_EMAIL) return false;
  return entry.name === undefined || (typeof entry.name === 'string' && !/[;,\r\n]/.test(entry.name));
}

/** Checks a sender. Unicode is refused in the whole `from` object, as SendGrid's limitations page says, unless names are let through. */
export function checkFrom(found: Findings, field: string, value: unknown, unicodeName: boolean): void {
  if (value === undefined) {
    found.report(
      field,
      'The from object must be provided for every email send. It is an object that requires the email parameter, but may also contain a name parameter. e.g. {"email" : "example@example.com"} or {"email" : "example@example.com", "name" : "Example Recipient"}.',
    );
    return;
  }
  if (!checkAddress(found, field, value, FROM)) return;
  if (!unicodeName && typeof value.name === 'string' && !isAscii(value.name.replace(/[\r\n]/g, ''))) {
    found.report(`${field}.name`, 'Unicode encoding is not supported for the from field.');
  }
}

export function checkReplyTo(found: Findings, body: Json): void {
  if (body.reply_to !== undefined) checkAddress(found, 'reply_to', body.reply_to, REPLY_TO);
  const list = body.reply_to_list;
  if (list === undefined) return;
  if (body.reply_to !== undefined) {
    found.report('reply_to_list', 'You can use either the reply_to property or reply_to_list property but not both.');
  }
  if (!Array.isArray(list)) {
    found.report('reply_to_list', 'The reply_to_list must be an array of email objects.');
    return;
  }
  if (list.length > 1000) found.report('reply_to_list', 'There is a limit of 1000 reply_to_list addresses.');
  list.forEach((entry, i) => {
    checkAddress(found, `reply_to_list.${i}`, entry, REPLY_TO);
  });
  if (new Set(list.map(canonical)).size !== list.length) {
    found.report('reply_to_list', 'Each email address in the reply_to_list should be unique.');
  }
}

function canonical(value: unknown): string {
  return isObject(value)
    ? JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : JSON.stringify(value);
}
