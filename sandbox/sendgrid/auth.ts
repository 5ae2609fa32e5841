// Who may call the API and from which address mail may come. Used by every route under /sendgrid/v3.
import type { Request, Response } from 'express';
import { type ApiError, answerErrors, plainError } from './api-error';
import type { SendgridSettings } from './host';
import type { MailRequest } from './mail-request';

/** The subuser a call is made for, or empty for the account itself. */
export function accountOf(req: Request): string {
  return (req.get('on-behalf-of') ?? '').trim().toLowerCase();
}

/** Why a call is not let in, or undefined. A missing key and a wrong one are worded differently, as by SendGrid. */
export function keyError(req: Request, settings: SendgridSettings): ApiError | undefined {
  const [scheme, key] = (req.get('authorization') ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || key === undefined || key === '')
    return plainError('authorization required');
  if (key !== settings.apiKey) return plainError('The provided authorization grant is invalid, expired, or revoked');
  return undefined;
}

/** Answers 401 and returns false when the key is missing or wrong. */
export function isAuthorized(req: Request, res: Response, settings: SendgridSettings): boolean {
  const error = keyError(req, settings);
  if (error !== undefined) answerErrors(res, 401, [error]);
  return error === undefined;
}

/** Why the sender is not let through, or undefined: each from-address must be verified or stand on an authenticated domain. */
export function senderError(request: MailRequest, settings: SendgridSettings): ApiError | undefined {
  if (settings.verifiedSenders === null) return undefined;
  const senders = [
    request.from,
    ...request.personalizations.flatMap((entry) => (entry.from === undefined ? [] : [entry.from])),
  ];
  const known = senders.every(({ email }) => {
    const address = email.toLowerCase();
    const domain = address.slice(address.lastIndexOf('@') + 1);
    return (
      settings.verifiedSenders?.includes(address) === true ||
      settings.authenticatedDomains.some((own) => domain === own || domain.endsWith(`.${own}`))
    );
  });
  if (known) return undefined;
  const message =
    'The from address does not match a verified Sender Identity. Mail cannot be sent until this error is resolved. Visit https://sendgrid.com/docs/for-developers/sending-email/sender-identity/ to see the Sender Identity requirements';
  return { message, field: 'from', help: null };
}
