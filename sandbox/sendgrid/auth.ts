// Who may call the API, as whom, and from which address mail may come. Used by every route under /sendgrid/v3.
import type { Request, RequestHandler, Response } from 'express';
import { route } from '../http/router';
import { type ApiError, answerErrors, plainError } from './api-error';
import type { MailRequest } from './mail-request';
import type { SendgridPart } from './part';
import type { SendgridState } from './state';
import type { Subuser } from './subusers';

/** Whom a call is made for. */
export interface Caller {
  /** The subuser's name in small letters, or empty for the account itself. */
  account: string;
  userId: number;
  subuser: Subuser | undefined;
}

/** Lets a handler run for whoever has the right, as the account or on behalf of one of its subusers. */
export type Guard = (
  scope: string | null,
  handler: (req: Request, res: Response, caller: Caller) => unknown,
) => RequestHandler;

const OWN_ID = 1;
const ACCOUNT: Caller = { account: '', userId: OWN_ID, subuser: undefined };
const asSubuser = (subuser: Subuser): Caller => ({
  account: subuser.username.toLowerCase(),
  userId: subuser.id,
  subuser,
});

/** Whose key a request brings, or why it is not let in. A missing key and a wrong one are worded differently, as by SendGrid. */
export function keyOwner(req: Request, { settings, subusers }: SendgridState): Caller | { error: ApiError } {
  const [scheme, key] = (req.get('authorization') ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || key === undefined || key === '')
    return { error: plainError('authorization required') };
  if (key === settings.apiKey) return ACCOUNT;
  const subuser = subusers.ofKey(key);
  if (!subuser) return { error: plainError('The provided authorization grant is invalid, expired, or revoked') };
  if (subuser.disabled) return { error: plainError('Authenticated user is not authorized to send mail') };
  return asSubuser(subuser);
}

/**
 * The routes' guard. `on-behalf-of` speaks for a subuser of the account, everywhere but in mail/send.
 * Source: https://www.twilio.com/docs/sendgrid/api-reference/how-to-use-the-sendgrid-v3-api/on-behalf-of
 */
export function guardOf({ state }: SendgridPart): Guard {
  return (scope, handler) =>
    route((req, res) => {
      const owner = keyOwner(req, state);
      if ('error' in owner) return answerErrors(res, 401, [owner.error]);
      if (scope !== null && state.settings.lacksScopes.includes(scope))
        return answerErrors(res, 403, [plainError('access forbidden')]);
      const named = req.get('on-behalf-of')?.trim();
      if (owner.subuser || !named) return handler(req, res, owner);
      const subuser = state.subusers.find(named);
      if (!subuser) return answerErrors(res, 401, [plainError('authorization required')]);
      return handler(req, res, asSubuser(subuser));
    });
}

/** Why the sender is not let through, or undefined: each from-address must be verified or stand on an authenticated domain. */
export function senderError(request: MailRequest, account: string, state: SendgridState): ApiError | undefined {
  const { verifiedSenders } = state.settings;
  if (verifiedSenders === null) return undefined;
  const senders = [
    request.from,
    ...request.personalizations.flatMap((entry) => (entry.from === undefined ? [] : [entry.from])),
  ];
  const known = senders.every(({ email }) => {
    const address = email.toLowerCase();
    const domain = address.slice(address.lastIndexOf('@') + 1);
    // A verified single sender is its account's alone.
    return (account === '' && verifiedSenders.includes(address)) || state.domains.lets(account, domain);
  });
  if (known) return undefined;
  const message =
    'The from address does not match a verified Sender Identity. Mail cannot be sent until this error is resolved. Visit https://sendgrid.com/docs/for-developers/sending-email/sender-identity/ to see the Sender Identity requirements';
  return { message, field: 'from', help: null };
}
