// `POST /sendgrid/v3/mail/send` and the batch ids: reads, judges, keeps and answers as SendGrid does, with the faults asked for.
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import express, { type NextFunction, type Request, type Response } from 'express';
import { type App, route } from '../http/router';
import { type ApiError, answerErrors, answerNginx, BAD_REQUEST, fieldError, plainError } from './api-error';
import { guardOf, keyOwner, senderError } from './auth';
import type { SendFault } from './faults';
import type { MailRequest } from './mail-request';
import type { SendgridPart } from './part';
import { RateLimit } from './rate-limit';
import { validateMail } from './validate/mail';

/** Above this the proxy in front of the API answers, in HTML. */
const MAX_BODY = 30 * 1024 * 1024;
const SEND = '/sendgrid/v3/mail/send';

type Outcome = { status: 202; messageId: string } | { status: 200 } | { status: number; errors: ApiError[] };

const rawMail = express.raw({ type: () => true, limit: MAX_BODY });
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Adds the mail routes. */
export function mountMail(app: App, part: SendgridPart): void {
  const limit = new RateLimit(part.state.settings.requestsPerSecond);
  app.post(
    SEND,
    rawMail,
    route((req, res) => sendMail(part, limit, req, res)),
  );
  app.all(SEND, (_req, res) => answerErrors(res, 405, [plainError('method not allowed')]));
  app.use(SEND, (error: unknown, _req: Request, res: Response, next: NextFunction) => {
    const status = (error as { status?: unknown }).status;
    if (status === 413) answerNginx(res, 413);
    else if (typeof status === 'number' && status < 500) answerErrors(res, status, [BAD_REQUEST]);
    else next(error);
  });
  mountBatches(app, part);
}

async function sendMail(part: SendgridPart, limit: RateLimit, req: Request, res: Response): Promise<void> {
  part.state.counts.requests += 1;
  let fault = part.state.faults.takeSend();
  while (fault?.kind === 'delay') {
    await pause(fault.ms ?? 1000);
    fault = part.state.faults.takeSend();
  }
  res.set('Server', 'nginx');
  const admitted = limit.admit(res);
  if (fault !== undefined) {
    if (fault.accept === true) take(part, req);
    misbehave(fault, limit, res);
    return;
  }
  if (!admitted) {
    answerErrors(res, 429, [plainError('too many requests')]);
    return;
  }
  answer(res, take(part, req));
}

function answer(res: Response, outcome: Outcome): void {
  if ('errors' in outcome) answerErrors(res, outcome.status, outcome.errors);
  else if ('messageId' in outcome) res.status(202).set('X-Message-Id', outcome.messageId).end();
  else res.status(200).end();
}

/** Judges one request and, when it is good, keeps its mail and starts delivery. */
function take({ state, delivery }: SendgridPart, req: Request): Outcome {
  const refuse = (status: number, errors: ApiError[]): Outcome => {
    state.counts.refused += 1;
    return { status, errors };
  };
  const caller = keyOwner(req, state);
  if ('error' in caller) return refuse(401, [caller.error]);
  const { account } = caller;
  if (req.is('application/json') === false)
    return refuse(415, [plainError('Content-Type should be application/json.')]);
  const raw: Buffer = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
  const read = readJson(raw);
  if ('errors' in read) return refuse(read.status, read.errors);
  const nowSeconds = Math.floor(state.now() / 1000);
  const verdict = validateMail(read.value, { nowSeconds, unicodeFromName: state.settings.unicodeFromName });
  if (!verdict.ok) return refuse(400, verdict.errors);
  const { request } = verdict;
  const stranger = senderError(request, account, state);
  if (stranger !== undefined) return refuse(403, [stranger]);
  const bad = refusedRecipients(request, (email) => state.faults.refuses(email));
  if (bad.length > 0) return refuse(400, bad);
  if (request.mail_settings?.sandbox_mode?.enable === true) {
    state.counts.sandboxMode += 1;
    return { status: 200 };
  }
  const messages = state.add(request, raw, account);
  for (const message of messages) delivery.start(message);
  return { status: 202, messageId: messages[0]?.messageId ?? '' };
}

function readJson(raw: Buffer): { value: unknown } | { status: number; errors: ApiError[] } {
  let text: string;
  try {
    text = utf8.decode(raw);
  } catch {
    return { status: 415, errors: [plainError('Invalid UTF8 in request')] };
  }
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { status: 400, errors: [BAD_REQUEST] };
  }
}

function refusedRecipients(request: MailRequest, refuses: (email: string) => boolean): ApiError[] {
  return request.personalizations.flatMap((entry, i) =>
    (['to', 'cc', 'bcc'] as const).flatMap((kind) =>
      (entry[kind] ?? []).flatMap(({ email }, j) =>
        refuses(email)
          ? [fieldError(`personalizations.${i}.${kind}.${j}.email`, 'Does not contain a valid address.')]
          : [],
      ),
    ),
  );
}

const FAULT_MESSAGES: Record<number, string> = {
  400: 'Bad Request',
  401: 'The provided authorization grant is invalid, expired, or revoked',
  403: 'access forbidden',
  429: 'too many requests',
  500: 'internal server error',
};

function misbehave(fault: SendFault, limit: RateLimit, res: Response): void {
  if (fault.kind === 'silence') return;
  if (fault.kind === 'reset') {
    const { socket } = res;
    if (socket !== null) socket.resetAndDestroy();
    return;
  }
  const status = fault.status ?? 500;
  if (status === 429) limit.exhaust(res, fault.resetSeconds ?? 1);
  const message = FAULT_MESSAGES[status];
  if (message === undefined) answerNginx(res, status);
  else answerErrors(res, status, [plainError(message)]);
}

function mountBatches(app: App, part: SendgridPart): void {
  const { batches } = part.state;
  const guarded = guardOf(part);
  app.post(
    '/sendgrid/v3/mail/batch',
    guarded(null, (_req, res) => {
      const id = randomBytes(36).toString('base64url');
      batches.add(id);
      res.status(201).json({ batch_id: id });
    }),
  );
  app.get(
    '/sendgrid/v3/mail/batch/:id',
    guarded(null, (req, res) => {
      const { id = '' } = req.params;
      if (batches.has(id)) res.json({ batch_id: id });
      else answerErrors(res, 400, [plainError('invalid batch id')]);
    }),
  );
}
