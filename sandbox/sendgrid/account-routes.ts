// The account's own endpoints: scopes, verified senders, authenticated domains, webhook key, suppression lists, erasure.
import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { type App, jsonBody, route } from '../http/router';
import { answerErrors, BAD_REQUEST, plainError } from './api-error';
import { accountOf, isAuthorized } from './auth';
import type { SendgridPart } from './part';
import { SUPPRESSION_LISTS, type Suppression, type SuppressionList } from './suppressions';
import { isEmail, isObject } from './validate/check';

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
  'user.webhooks.event.settings.read',
  'whitelabel.read',
];
const MAX_ERASED = 5000;
const MAX_ERASE_BYTES = 256 * 1024;

/** Adds the account routes. */
export function mountAccount(app: App, part: SendgridPart): void {
  const { settings } = part.state;
  const guarded = (handler: (req: Request, res: Response) => unknown): RequestHandler =>
    route((req, res) => (isAuthorized(req, res, settings) ? handler(req, res) : undefined));
  app.get(
    `${V3}/scopes`,
    guarded((_req, res) => res.json({ scopes: SCOPES })),
  );
  app.get(
    `${V3}/verified_senders`,
    guarded((req, res) => res.json({ results: verifiedSenders(part, req) })),
  );
  app.get(
    `${V3}/whitelabel/domains`,
    guarded((_req, res) => res.json(settings.authenticatedDomains.map(domainOf))),
  );
  app.get(
    `${V3}/user/webhooks/event/settings/signed`,
    guarded((_req, res) => res.json({ public_key: part.state.key.publicKey })),
  );
  app.get(
    `${V3}/user/webhooks/event/settings/all`,
    guarded((_req, res) => res.json({ max_allowed: 5, webhooks: [eventWebhook(part)] })),
  );
  app.post(
    `${V3}/recipients/erasejob`,
    jsonBody,
    guarded((req, res) => eraseRecipients(part, req, res)),
  );
  mountSuppressions(app, part, guarded);
  app.use(V3, (req, res) => {
    if (isAuthorized(req, res, settings)) answerErrors(res, 404, [plainError('not found')]);
  });
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

/** The one event webhook of this account, as `GET /v3/user/webhooks/event/settings/all` lists it; every event is on but opens. */
function eventWebhook({ state }: SendgridPart): object {
  const EVENTS = ['bounce', 'click', 'deferred', 'delivered', 'dropped', 'processed', 'spam_report', 'unsubscribe'];
  return {
    enabled: true,
    url: state.settings.eventsUrl,
    account_status_change: false,
    group_resubscribe: false,
    group_unsubscribe: false,
    open: false,
    ...Object.fromEntries(EVENTS.map((name) => [name, true])),
    friendly_name: 'Sandbox',
    id: '77d4a5da-7015-41ed-a1eb-0242ac120002',
    public_key: state.key.publicKey,
    created_date: '2026-01-05T09:00:00Z',
    updated_date: '2026-01-05T09:00:00Z',
  };
}

function domainOf(domain: string, i: number): object {
  const record = (host: string, data: string): object => ({
    valid: true,
    type: 'cname',
    host: `${host}.${domain}`,
    data,
  });
  return {
    id: i + 1,
    user_id: 1,
    subdomain: `em${1000 + i}`,
    domain,
    username: 'sandbox',
    ips: [],
    custom_spf: false,
    default: i === 0,
    legacy: false,
    automatic_security: true,
    valid: true,
    dns: {
      mail_cname: record(`em${1000 + i}`, 'u1.wl.sendgrid.net'),
      dkim1: record('s1._domainkey', 's1.domainkey.u1.wl.sendgrid.net'),
      dkim2: record('s2._domainkey', 's2.domainkey.u1.wl.sendgrid.net'),
    },
  };
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

type Guard = (handler: (req: Request, res: Response) => unknown) => RequestHandler;

function mountSuppressions(app: App, part: SendgridPart, guarded: Guard): void {
  const { suppressions } = part.state;
  for (const list of SUPPRESSION_LISTS) {
    const path = `${V3}/suppression/${list}`;
    app.get(
      path,
      guarded((req, res) => res.json(page(suppressions.list(accountOf(req), list), req))),
    );
    app.get(
      `${path}/:email`,
      guarded((req, res) => {
        const entry = suppressions.get(accountOf(req), list, req.params.email ?? '');
        res.json(entry === undefined ? [] : [entry]);
      }),
    );
    app.delete(
      path,
      jsonBody,
      guarded((req, res) => removeMany(part, list, req, res)),
    );
    app.delete(
      `${path}/:email`,
      guarded((req, res) => {
        const removed = suppressions.remove(accountOf(req), list, [req.params.email ?? '']);
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

function removeMany({ state }: SendgridPart, list: SuppressionList, req: Request, res: Response): void {
  const body: unknown = req.body;
  const account = accountOf(req);
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
