// Judges a `POST /v3/mail/send` body as SendGrid does: its contract, its errors page and its limitations page. Called by the mail route.
import { type ApiError, BAD_REQUEST } from '../api-error';
import { type MailRequest, messageArgs } from '../mail-request';
import { checkFrom, checkRecipients, checkReplyTo } from './addresses';
import { Findings, isFilled, isObject, type Json } from './check';
import { checkAttachments, checkCategories, checkContent, checkSections, checkSubject } from './content';
import { checkArgsSize, checkCustomArgs, checkHeaders, checkSendAt, checkSubstitutions } from './headers-and-args';
import { checkAsm, checkIds, checkMailSettings, checkTrackingSettings } from './settings';

export interface MailRules {
  nowSeconds: number;
  /** SendGrid's limitations page allows no Unicode anywhere in `from`; true lets names through. */
  unicodeFromName?: boolean;
}

export type MailVerdict = { ok: true; request: MailRequest } | { ok: false; errors: ApiError[] };

const MAX_RECIPIENTS = 1000;

/** Returns the request when SendGrid would take it, else every refusal found. */
export function validateMail(body: unknown, rules: MailRules): MailVerdict {
  if (!isObject(body)) return { ok: false, errors: [BAD_REQUEST] };
  const found = new Findings();
  checkPersonalizations(found, body, rules);
  checkFrom(found, 'from', body.from, rules.unicodeFromName === true);
  checkReplyTo(found, body);
  checkSubject(found, body);
  checkContent(found, body);
  checkAttachments(found, body.attachments);
  checkHeaders(found, 'headers', body.headers);
  checkCategories(found, body.categories);
  if (typeof body.custom_args !== 'string') checkCustomArgs(found, 'custom_args', body.custom_args);
  checkSections(found, body.sections);
  checkSendAt(found, 'send_at', body.send_at, rules.nowSeconds);
  checkAsm(found, body.asm);
  checkIds(found, body);
  checkMailSettings(found, body.mail_settings);
  checkTrackingSettings(found, body.tracking_settings);
  if (found.errors.length > 0) return { ok: false, errors: found.errors };
  return { ok: true, request: body as unknown as MailRequest };
}

function checkPersonalizations(found: Findings, body: Json, rules: MailRules): void {
  const list = body.personalizations;
  if (!Array.isArray(list) || list.length === 0) {
    found.report(
      'personalizations',
      'The personalizations field is required and must have at least one personalization.',
    );
    return;
  }
  if (list.length > MAX_RECIPIENTS) {
    found.report(
      'personalizations',
      `The personalization block is limited to 1000 personalizations per API request. You have provided ${list.length} personalizations. Please consider splitting this into multiple requests and resending your request.`,
    );
    return;
  }
  const shared =
    isObject(body.custom_args) || typeof body.custom_args === 'string'
      ? messageArgs(body as unknown as MailRequest)
      : undefined;
  let recipients = 0;
  list.forEach((entry: unknown, i) => {
    const field = `personalizations.${i}`;
    if (!isObject(entry)) found.report(field, 'Each personalization must be an object.');
    else recipients += checkPersonalization(found, { field, entry, shared, rules });
  });
  if (recipients > MAX_RECIPIENTS)
    found.report('personalizations', 'There is a limit of 1000 total recipients (to + cc + bcc) per request.');
  checkUnique(found, list);
}

interface Envelope {
  field: string;
  entry: Json;
  shared: Json | undefined;
  rules: MailRules;
}

function checkPersonalization(found: Findings, { field, entry, shared, rules }: Envelope): number {
  let recipients = 0;
  for (const kind of ['to', 'cc', 'bcc'] as const) recipients += checkRecipients(found, field, kind, entry[kind]);
  if (entry.from !== undefined) checkFrom(found, `${field}.from`, entry.from, rules.unicodeFromName === true);
  if (entry.subject !== undefined && !isFilled(entry.subject)) {
    found.report(`${field}.subject`, 'The subject of your email must be a string at least one character in length.');
  }
  if (entry.dynamic_template_data !== undefined && !isObject(entry.dynamic_template_data)) {
    found.report(`${field}.dynamic_template_data`, 'The dynamic_template_data must be an object.');
  }
  checkHeaders(found, `${field}.headers`, entry.headers);
  checkSubstitutions(found, `${field}.substitutions`, entry.substitutions);
  const own = checkCustomArgs(found, `${field}.custom_args`, entry.custom_args);
  if (own !== undefined || shared !== undefined)
    checkArgsSize(found, `${field}.custom_args`, shared === undefined ? (own ?? {}) : { ...shared, ...own });
  checkSendAt(found, `${field}.send_at`, entry.send_at, rules.nowSeconds);
  return recipients;
}

/** The same address twice, in one envelope or in two, is refused for the whole request. */
function checkUnique(found: Findings, list: unknown[]): void {
  const everywhere = new Set<string>();
  for (let i = 0; i < list.length; i += 1) {
    const entry: unknown = list[i];
    if (!isObject(entry)) continue;
    const here = new Set<string>();
    for (const kind of ['to', 'cc', 'bcc'] as const) {
      const addresses: unknown = entry[kind];
      if (!Array.isArray(addresses)) continue;
      for (const address of addresses) {
        if (!isObject(address) || typeof address.email !== 'string') continue;
        const email = address.email.toLowerCase();
        if (here.has(email)) {
          found.report(
            `personalizations.${i}`,
            `Each email address in the personalization block should be unique between to, cc, and bcc. We found the first duplicate instance of [${address.email}] in the personalizations.${i}.${kind} field.`,
          );
        } else if (everywhere.has(email)) {
          found.report(
            'personalizations',
            `Each unique email address in the personalizations array should only be included once. You have included [${address.email}] more than once.`,
          );
        }
        here.add(email);
        everywhere.add(email);
      }
    }
  }
}
