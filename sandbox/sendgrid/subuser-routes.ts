// Subusers, the IPs they send from, the keys they send with, and the event webhooks of accounts. Source: https://www.twilio.com/docs/sendgrid/api-reference/subusers-api
import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { type App, jsonBody } from '../http/router';
import { answerErrors, answerMessages, plainError } from './api-error';
import type { Caller, Guard } from './auth';
import type { SendgridPart } from './part';
import { publicKeyOf, type Subuser, type SubuserWebhook } from './subusers';
import { isEmail, isFilled, isObject } from './validate/check';

const V3 = '/sendgrid/v3';
const WEBHOOKS = `${V3}/user/webhooks/event/settings`;
const EVENTS = ['bounce', 'click', 'deferred', 'delivered', 'dropped', 'open', 'processed', 'spam_report'];
const MORE_EVENTS = ['unsubscribe', 'group_unsubscribe', 'group_resubscribe', 'account_status_change'];

/** Adds the routes. */
export function mountSubusers(app: App, part: SendgridPart, guarded: Guard): void {
  const { state } = part;
  app.get(
    `${V3}/ips`,
    guarded('ips.read', (req, res) => res.json(ipsOf(part, req))),
  );
  app.get(
    `${V3}/subusers`,
    guarded('subusers.read', (req, res) => {
      const { username, offset = 0, limit = 500 } = req.query;
      const all = state.subusers.list().filter((one) => username === undefined || one.username === username);
      res.json(
        all
          .slice(Number(offset), Number(offset) + Number(limit))
          .map(({ disabled, email, id, username: name }) => ({ disabled, email, id, username: name })),
      );
    }),
  );
  app.post(
    `${V3}/subusers`,
    jsonBody,
    guarded('subusers.create', (req, res) => create(part, req, res)),
  );
  app.patch(
    `${V3}/subusers/:name`,
    jsonBody,
    guarded('subusers.update', (req, res) => {
      const one = state.subusers.find(req.params.name ?? '');
      if (!one) return answerMessages(res, 400, ['invalid username']);
      if (!isObject(req.body) || typeof req.body.disabled !== 'boolean')
        return answerMessages(res, 400, ['no fields provided']);
      state.subusers.setDisabled(one, req.body.disabled);
      return res.status(204).end();
    }),
  );
  app.delete(
    `${V3}/subusers/:name`,
    guarded('subusers.delete', (req, res) => {
      const one = state.subusers.find(req.params.name ?? '');
      if (one) state.subusers.remove(one);
      res.status(204).end();
    }),
  );
  mountKeys(app, part, guarded);
  mountWebhooks(app, part, guarded);
}

function ipsOf({ state }: SendgridPart, req: Request): object[] {
  const { offset = 0, limit = 10 } = req.query;
  return state.settings.ips.slice(Number(offset), Number(offset) + Number(limit)).map((ip) => ({
    ...{ ip, pools: [], whitelabeled: true, rdns: `o1.${ip.replaceAll('.', '-')}.sendgrid.example` },
    subusers: state.subusers.list().flatMap((one) => (one.ips.includes(ip) ? [one.username] : [])),
    ...{ warmup: false, start_date: null, assigned_at: 1_700_000_000 },
  }));
}

function create({ state }: SendgridPart, req: Request, res: Response): unknown {
  const body = isObject(req.body) ? req.body : {};
  const { username, email, password, ips } = body;
  if (!isFilled(username) || !/^[\w.@+-]{1,64}$/.test(username)) return answerMessages(res, 400, ['invalid username']);
  if (!isEmail(email)) return answerMessages(res, 400, ['email is invalid']);
  if (!isFilled(password) || password.length < 16)
    return answerMessages(res, 400, ['password must be at least 16 characters']);
  const known = Array.isArray(ips) && ips.length > 0 && ips.every((ip) => state.settings.ips.includes(String(ip)));
  if (!known) return answerMessages(res, 400, ['unable to validate IPs at this time']);
  const made = state.subusers.create({ username, email, ips: ips.map(String) });
  if (!made) return answerMessages(res, 400, ['username exists']);
  return res.json({ username, user_id: made.id, email, credit_allocation: { type: 'unlimited' } });
}

type Handler = (req: Request, res: Response, caller: Caller) => unknown;

/** What these change is a subuser's; the account's own keys and webhook are the sandbox's settings. */
function forSubuser(act: (one: Subuser, req: Request, res: Response) => unknown): Handler {
  return (req, res, { subuser }) =>
    subuser ? act(subuser, req, res) : answerErrors(res, 403, [plainError('access forbidden')]);
}

function mountKeys(app: App, { state }: SendgridPart, guarded: Guard): void {
  app.get(
    `${V3}/api_keys`,
    guarded('api_keys.read', (_req, res, { subuser }) =>
      res.json({ result: (subuser?.keys ?? []).map(({ id, name }) => ({ api_key_id: id, name })) }),
    ),
  );
  app.post(
    `${V3}/api_keys`,
    jsonBody,
    guarded(
      'api_keys.create',
      forSubuser((one, req, res) => {
        const body = isObject(req.body) ? req.body : {};
        if (!isFilled(body.name)) return answerErrors(res, 400, [plainError('missing required field', 'name')]);
        const scopes = Array.isArray(body.scopes) ? body.scopes.map(String) : undefined;
        const { id, name, secret, scopes: given } = state.subusers.addKey(one, body.name, scopes);
        return res.status(201).json({ api_key: secret, api_key_id: id, name, scopes: given });
      }),
    ),
  );
  app.delete(
    `${V3}/api_keys/:id`,
    guarded(
      'api_keys.delete',
      forSubuser((one, req, res) =>
        state.subusers.removeKey(one, req.params.id ?? '')
          ? res.status(204).end()
          : answerErrors(res, 404, [plainError('unable to find that key')]),
      ),
    ),
  );
}

function mountWebhooks(app: App, part: SendgridPart, guarded: Guard): void {
  const { subusers } = part.state;
  app.get(
    `${WEBHOOKS}/all`,
    guarded('user.webhooks.event.settings.read', (_req, res, { subuser }) =>
      res.json({ max_allowed: 5, webhooks: subuser ? subuser.webhooks.map(webhookJson) : [ownWebhook(part)] }),
    ),
  );
  app.post(
    WEBHOOKS,
    jsonBody,
    guarded(
      'user.webhooks.event.settings.create',
      forSubuser((one, req, res) => {
        const body = isObject(req.body) ? req.body : {};
        const { url, enabled } = body;
        if (!isFilled(url) || !URL.canParse(url)) return answerMessages(res, 400, [`'${url}' is not a valid url`]);
        const taken = one.webhooks.find((webhook) => webhook.url === url);
        if (taken) {
          const message = `Webhook at '${url}' already exists. Please provide a unique URL.`;
          return res.status(400).json({ errors: [{ id: taken.id, message, url }] });
        }
        const events = Object.fromEntries([...EVENTS, ...MORE_EVENTS].map((name) => [name, body[name] === true]));
        const made = subusers.addWebhook(one, { id: randomUUID(), url, enabled: enabled === true, events });
        return res.status(201).json(webhookJson(made));
      }),
    ),
  );
  app.patch(
    `${WEBHOOKS}/signed/:id`,
    jsonBody,
    guarded(
      'user.webhooks.event.settings.update',
      forSubuser((one, req, res) => {
        const webhook = one.webhooks.find(({ id }) => id === req.params.id);
        if (!webhook) return answerMessages(res, 404, ['Invalid id provided.']);
        const enabled = isObject(req.body) && req.body.enabled === true;
        return res.json({ id: webhook.id, public_key: subusers.sign(one, webhook, enabled) });
      }),
    ),
  );
  app.delete(
    `${WEBHOOKS}/:id`,
    guarded(
      'user.webhooks.event.settings.delete',
      forSubuser((one, req, res) =>
        subusers.removeWebhook(one, req.params.id ?? '')
          ? res.status(204).end()
          : answerMessages(res, 404, ['Invalid id provided.']),
      ),
    ),
  );
}

function webhookJson(webhook: SubuserWebhook): object {
  const { id, url, enabled, events } = webhook;
  const publicKey = publicKeyOf(webhook);
  return { enabled, url, ...events, friendly_name: '', id, ...(publicKey === '' ? {} : { public_key: publicKey }) };
}

/** The one event webhook of the account itself; every event is on but opens. */
function ownWebhook({ state }: SendgridPart): object {
  const off = ['open', 'group_unsubscribe', 'group_resubscribe', 'account_status_change'];
  return {
    enabled: true,
    url: state.settings.eventsUrl,
    ...Object.fromEntries([...EVENTS, ...MORE_EVENTS].map((name) => [name, !off.includes(name)])),
    friendly_name: 'Sandbox',
    id: '77d4a5da-7015-41ed-a1eb-0242ac120002',
    public_key: state.key.publicKey,
    created_date: '2026-01-05T09:00:00Z',
    updated_date: '2026-01-05T09:00:00Z',
  };
}
