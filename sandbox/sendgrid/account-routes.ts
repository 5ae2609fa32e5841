// The account's own endpoints: scopes, verified senders, webhook key, suppression lists, erasure. Domains and subusers stand beside.
import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { type App, jsonBody } from '../http/router';
import { answerErrors, BAD_REQUEST, plainError } from './api-error';
import { type Guard, guardOf } from './auth';
import type { SendgridPart } from './part';
import { mountSubusers } from './subuser-routes';
import { SUPPRESSION_LISTS, type Suppression, type SuppressionList } from './suppressions';
import { isEmail, isObject } from './validate/check';
import { mountWhitelabel } from './whitelabel-routes';

const V3 = '/sendgrid/v3';
const SCOPES = [
  'mail.send',
  'mail.batch.create',
  'mail.batch.read',
  'recipients.erasejob.create',
  'recipients.erasejob.read',
  'sender_verification_eligible',
  'suppression.read',
  'suppression.delete',
  'suppression.bounces.read',
  'suppression.bounces.delete',
  'suppression.spam_reports.read',
  'suppression.spam_reports.delete',
  'suppression.unsubscribes.read',
  'suppression.unsubscribes.delete',
  'api_keys.create',
  'api_keys.delete',
  'api_keys.read',
  'ips.read',
  'subusers.create',
  'subusers.delete',
  'subusers.read',
  'subusers.update',
  'user.webhooks.event.settings.create',
  'user.webhooks.event.settings.delete',
  'user.webhooks.event.settings.read',
  'user.webhooks.event.settings.update',
  'whitelabel.create',
  'whitelabel.delete',
  'whitelabel.read',
  'whitelabel.update',
];
const MAX_ERASED = 5000;
const MAX_ERASE_BYTES = 256 * 1024;

/** Adds the account routes. */
export function mountAccount(app: App, part: SendgridPart): void {
  const { settings } = part.state;
  const guarded = guardOf(part);
  app.get(
    `${V3}/scopes`,
    guarded(null, (_req, res) => res.json({ scopes: SCOPES.filter((one) => !settings.lacksScopes.includes(one)) })),
  );
  app.get(
    `${V3}/verified_senders`,
    guarded(null, (req, res, { account }) => res.json({ results: account === '' ? verifiedSenders(part, req) : [] })),
  );
  app.get(
    `${V3}/user/webhooks/event/settings/signed`,
    guarded(null, (_req, res) => res.json({ public_key: part.state.key.publicKey })),
  );
  app.post(
    `${V3}/recipients/erasejob`,
    jsonBody,
    guarded('recipients.erasejob.create', (req, res) => eraseRecipients(part, req, res)),
  );
  mountWhitelabel(app, part, guarded);
  mountSubusers(app, part, guarded);
  mountSuppressions(app, part, guarded);
  app.use(
    V3,
    guarded(null, (_req, res) => answerErrors(res, 404, [plainError('not found')])),
  );
}

function verifiedSenders({ state }: SendgridPart, req: Request): object[] {
  const after = Number(req.query.lastSeenID ?? 0);
  const only = req.query.id === undefined ? undefined : Number(req.query.id);
  const senders = (state.settings.verifiedSenders ?? []).map((email, i) => ({
    id: i + 1,
    nickname: email,
    from_email: email,
    from_name: email.slice(0, email.indexOf('@')),
    reply_to: email,
    reply_to_name: '',
    address: '1 Sandbox Street',
    address2: '',
    state: '',
    city: 'Paris',
    country: 'France',
    zip: '75001',
    verified: true,
    locked: false,
  }));
  const found = senders.filter(({ id }) => (only === undefined ? id > after : id === only));
  return found.slice(0, Number(req.query.limit ?? found.length));
}

function eraseRecipients({ state }: SendgridPart, req: Request, res: Response): void {
  const emails: unknown = isObject(req.body) ? req.body.email_addresses : undefined;
  if (Number(req.get('content-length') ?? 0) > MAX_ERASE_BYTES) {
    answerErrors(res, 400, [plainError('The payload may not exceed 256Kb', 'email_addresses')]);
    return;
  }
  if (!Array.isArray(emails) || emails.length === 0 || emails.length > MAX_ERASED) {
    answerErrors(res, 400, [plainError(`email_addresses must hold 1 to ${MAX_ERASED} addresses`, 'email_addresses')]);
    return;
  }
  const invalid = emails.filter((email) => !isEmail(email));
  if (invalid.length > 0) {
    answerErrors(
      res,
      400,
      invalid.map((email) => plainError(`Email_address ${String(email)} is not valid`, 'email_addresses')),
    );
    return;
  }
  state.erase(emails as string[]);
  res.status(202).json({ job_id: randomUUID() });
}

function mountSuppressions(app: App, part: SendgridPart, guarded: Guard): void {
  const { suppressions } = part.state;
  for (const list of SUPPRESSION_LISTS) {
    const path = `${V3}/suppression/${list}`;
    app.get(
      path,
      guarded(null, (req, res, { account }) => res.json(page(suppressions.list(account, list), req))),
    );
    app.get(
      `${path}/:email`,
      guarded(null, (req, res, { account }) => {
        const entry = suppressions.get(account, list, req.params.email ?? '');
        res.json(entry === undefined ? [] : [entry]);
      }),
    );
    app.delete(
      path,
      jsonBody,
      guarded(null, (req, res, { account }) => removeMany(part, { account, list }, req, res)),
    );
    app.delete(
      `${path}/:email`,
      guarded(null, (req, res, { account }) => {
        const removed = suppressions.remove(account, list, [req.params.email ?? '']);
        if (removed > 0) res.status(204).end();
        else answerErrors(res, 404, [plainError('not found')]);
      }),
    );
  }
}

function page(entries: Suppression[], req: Request): Suppression[] {
  const number = (value: unknown, otherwise: number): number =>
    Number.isInteger(Number(value)) && value !== undefined ? Number(value) : otherwise;
  const from = number(req.query.start_time, 0);
  const until = number(req.query.end_time, Number.MAX_SAFE_INTEGER);
  const offset = number(req.query.offset, 0);
  return entries
    .filter((entry) => entry.created >= from && entry.created <= until)
    .slice(offset, offset + number(req.query.limit, 500));
}

function removeMany(
  { state }: SendgridPart,
  { account, list }: { account: string; list: SuppressionList },
  req: Request,
  res: Response,
): void {
  const body: unknown = req.body;
  if (isObject(body) && body.delete_all === true) {
    state.suppressions.remove(
      account,
      list,
      state.suppressions.list(account, list).map((entry) => entry.email),
    );
  } else if (isObject(body) && Array.isArray(body.emails)) {
    state.suppressions.remove(account, list, body.emails.map(String));
  } else {
    answerErrors(res, 400, [BAD_REQUEST]);
    return;
  }
  res.status(204).end();
}
