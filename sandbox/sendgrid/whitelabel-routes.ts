// Domain authentication and link branding: `/v3/whitelabel/domains` and `/v3/whitelabel/links`, for the account or on behalf of a subuser. Source: https://www.twilio.com/docs/sendgrid/api-reference/domain-authentication
import type { Request, Response } from 'express';
import { type App, jsonBody } from '../http/router';
import { answerMessages } from './api-error';
import type { Caller, Guard } from './auth';
import type { SendgridPart } from './part';
import { shown } from './proofs';
import type { BrandedLink, Owner, SenderDomain } from './sender-domains';
import { isFilled, isObject } from './validate/check';

const DOMAINS = '/sendgrid/v3/whitelabel/domains';
const LINKS = '/sendgrid/v3/whitelabel/links';
const HOST_NAME = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;
const TAKEN = 'An authenticated domain already exists for this URL. Please use a unique subdomain.';
const LINK_TAKEN = 'A branded link already exists for this URL. Please use a unique subdomain.';

/** Adds the routes. */
export function mountWhitelabel(app: App, part: SendgridPart, guarded: Guard): void {
  mountLending(app, part, guarded);
  app.get(DOMAINS, guarded('whitelabel.read', listDomains(part)));
  app.post(DOMAINS, jsonBody, guarded('whitelabel.create', createDomain(part)));
  app.get(
    `${DOMAINS}/:id`,
    guarded(
      'whitelabel.read',
      withDomain(part, (one, _req, res) => res.json(domainJson(one))),
    ),
  );
  app.delete(
    `${DOMAINS}/:id`,
    guarded(
      'whitelabel.delete',
      withDomain(part, (one, _req, res) => {
        part.state.domains.remove(one);
        res.status(204).end();
      }),
    ),
  );
  app.post(
    `${DOMAINS}/:id/validate`,
    guarded(
      'whitelabel.update',
      withDomain(part, (one, _req, res) => {
        const { valid, results } = part.state.domains.validate(one);
        res.json({ id: one.id, valid, validation_results: results });
      }),
    ),
  );
  mountLinks(app, part, guarded);
}

type Handler = (req: Request, res: Response, caller: Caller) => unknown;

function listDomains({ state }: SendgridPart): Handler {
  return (req, res, { account }) => {
    const wanted = typeof req.query.domain === 'string' ? req.query.domain.toLowerCase() : undefined;
    const all = state.domains.list(account).filter((one) => wanted === undefined || one.domain === wanted);
    const offset = Number(req.query.offset ?? 0);
    res.json(all.slice(offset, offset + Number(req.query.limit ?? 50)).map(domainJson));
  };
}

function createDomain({ state }: SendgridPart): Handler {
  return (req, res, caller) => {
    const wish = readWish(req.body);
    if (typeof wish === 'string') return answerMessages(res, 400, [wish]);
    const selector: unknown = req.body.custom_dkim_selector;
    if (selector !== undefined && !(typeof selector === 'string' && /^[a-z0-9]{3}$/i.test(selector)))
      return answerMessages(res, 400, ['custom_dkim_selector must be three letters or numbers']);
    const made = state.domains.create(ownerOf(caller), { ...wish, ...(selector === undefined ? {} : { selector }) });
    return made ? res.status(201).json(domainJson(made)) : answerMessages(res, 400, [TAKEN]);
  };
}

/** Which domain and subdomain a body asks for, or what is wrong with it. */
function readWish(body: unknown): { domain: string; subdomain?: string; isDefault: boolean } | string {
  if (!isObject(body) || !isFilled(body.domain)) return 'domain is required';
  if (!HOST_NAME.test(body.domain)) return 'invalid domain';
  if (body.subdomain !== undefined && !(typeof body.subdomain === 'string' && LABEL.test(body.subdomain)))
    return 'invalid subdomain';
  const isDefault = body.default === true;
  return { domain: body.domain, isDefault, ...(body.subdomain === undefined ? {} : { subdomain: body.subdomain }) };
}

const ownerOf = ({ account, userId }: Caller): Owner => ({ account, userId });

function withDomain(
  { state }: SendgridPart,
  act: (one: SenderDomain, req: Request, res: Response) => unknown,
): Handler {
  return (req, res, { account }) => {
    const one = state.domains.find(account, Number(req.params.id));
    return one ? act(one, req, res) : answerMessages(res, 404, ['not found']);
  };
}

/** The account lets a subuser send from a proven domain of its own. */
function mountLending(app: App, { state }: SendgridPart, guarded: Guard): void {
  app.get(
    `${DOMAINS}/subuser/all`,
    guarded('whitelabel.read', (req, res) =>
      res.json(state.domains.lentTo(String(req.query.username ?? '').toLowerCase()).map(domainJson)),
    ),
  );
  app.post(
    /^\/sendgrid\/v3\/whitelabel\/domains\/(\d+)\/subuser(:add)?$/,
    jsonBody,
    guarded('whitelabel.create', (req, res) => {
      const one = state.domains.find('', Number(req.params[0]));
      const to = isObject(req.body) ? state.subusers.find(String(req.body.username ?? '')) : undefined;
      if (!one) return answerMessages(res, 404, ['not found']);
      if (!to) return answerMessages(res, 400, ['No user found']);
      if (!one.valid) return answerMessages(res, 400, ['domain is not validated']);
      state.domains.lend(one, to.username.toLowerCase());
      return res.status(201).json(domainJson(one));
    }),
  );
}

function mountLinks(app: App, { state }: SendgridPart, guarded: Guard): void {
  const withLink =
    (act: (one: BrandedLink, res: Response) => unknown): Handler =>
    (req, res, { account }) => {
      const one = state.domains.links(account).find(({ id }) => id === Number(req.params.id));
      return one ? act(one, res) : answerMessages(res, 404, ['not found']);
    };
  app.get(
    LINKS,
    guarded('whitelabel.read', (_req, res, { account }) => res.json(state.domains.links(account).map(linkJson))),
  );
  app.post(
    LINKS,
    jsonBody,
    guarded('whitelabel.create', (req, res, caller) => {
      const wish = readWish(req.body);
      if (typeof wish === 'string') return answerMessages(res, 400, [wish]);
      const made = state.domains.createLink(ownerOf(caller), wish);
      return made ? res.status(201).json(linkJson(made)) : answerMessages(res, 400, [LINK_TAKEN]);
    }),
  );
  app.get(
    `${LINKS}/:id`,
    guarded(
      'whitelabel.read',
      withLink((one, res) => res.json(linkJson(one))),
    ),
  );
  app.post(
    `${LINKS}/:id/validate`,
    guarded(
      'whitelabel.update',
      withLink((one, res) => {
        const { valid, results } = state.domains.validateLink(one);
        res.json({ id: one.id, valid, validation_results: results });
      }),
    ),
  );
  app.delete(
    `${LINKS}/:id`,
    guarded(
      'whitelabel.delete',
      withLink((one, res) => {
        state.domains.removeLink(one);
        res.status(204).end();
      }),
    ),
  );
}

function domainJson(one: SenderDomain): object {
  const { id, userId, subdomain, domain, account, isDefault, valid, dns } = one;
  return {
    ...{ id, user_id: userId, subdomain, domain, username: account || 'sandbox', ips: [], custom_spf: false },
    ...{ default: isDefault, legacy: false, automatic_security: true, valid, dns: shown(dns) },
  };
}

function linkJson(one: BrandedLink): object {
  const { id, userId, subdomain, domain, account, isDefault, valid, dns } = one;
  return {
    ...{ id, domain, subdomain, username: account || 'sandbox', user_id: userId },
    ...{ default: isDefault, valid, legacy: false, dns: shown(dns) },
  };
}
