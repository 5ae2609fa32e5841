// SendGrid's JSON error body and the handful of refusals that are the same everywhere. Used by validation and all routes.
import type { Response } from 'express';

export interface ApiError {
  message: string;
  field: string | null;
  help: string | null;
}

const HELP = 'http://sendgrid.com/docs/API_Reference/Web_API_v3/Mail/errors.html#message.';

/** One refusal of a field such as `personalizations.3.to.0.email`; the help link points at the field without its indexes. */
export function fieldError(field: string, message: string): ApiError {
  const documented = field
    .replace(/\.\d+/g, '')
    .replace(/^(personalizations\.(?:to|cc|bcc)|from|reply_to)\.\w+$/, '$1');
  return { message, field, help: HELP + documented };
}

export const BAD_REQUEST: ApiError = { message: 'Bad Request', field: null, help: null };

export function plainError(message: string, field: string | null = null): ApiError {
  return { message, field, help: null };
}

/** Answers with SendGrid's error JSON. */
export function answerErrors(res: Response, status: number, errors: ApiError[]): void {
  res.status(status).type('application/json').send(JSON.stringify({ errors }));
}

/** As those endpoints answer that name no field: messages alone. */
export function answerMessages(res: Response, status: number, messages: readonly string[]): void {
  res.status(status).json({ errors: messages.map((message) => ({ message })) });
}

const NGINX_TITLES: Record<number, string> = {
  413: '413 Request Entity Too Large',
  502: '502 Bad Gateway',
  503: '503 Service Temporarily Unavailable',
  504: '504 Gateway Time-out',
};

/** Answers as the proxy in front of the API does, with HTML instead of JSON. */
export function answerNginx(res: Response, status: number): void {
  const title = NGINX_TITLES[status] ?? String(status);
  res
    .status(status)
    .type('text/html')
    .send(
      `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`,
    );
}
