/**
 * Hands batches to SendGrid and says, in our words, what became of them. No retry here: whether a batch may be tried
 * again is the pipeline's decision, and it rests on which of these outcomes it was.
 */

import { MailService } from '@sendgrid/mail';
import { connectedAgents, neverConnected } from './connected-agents';

export interface Recipient {
  messageId: string;
  to: string;
  /** Literal tags and their values; keys are used as they are, without wrappers. */
  substitutions: Record<string, string>;
  unsubscribeUrl: string;
}

export interface Batch {
  shopId: number;
  from: { email: string; name: string };
  replyTo: string | null;
  subject: string;
  html: string;
  text: string;
  openTracking: boolean;
  /** At most 1,000, no address twice. */
  recipients: readonly Recipient[];
}

export type Outcome =
  | { kind: 'accepted'; providerMessageId: string | null }
  /** The connection was never made, or SendGrid said to come back: nothing was taken. */
  | { kind: 'not-taken'; retryAfterMs: number; detail: string }
  /** SendGrid refuses the request as it is; with several recipients nobody knows whose fault it is. */
  | { kind: 'refused'; detail: string }
  /** The key all send with is refused, or (403, or a key of its own) this sender alone: nothing of it will go out until somebody mends it. */
  | { kind: 'unauthorized'; whose: 'account' | 'sender'; detail: string }
  /** The bytes left and no answer told what became of them. Never to be sent again blindly. */
  | { kind: 'unsettled'; detail: string };

export interface Mailer {
  send(batch: Batch): Promise<Outcome>;
}

/** What we use of the library's HTTP client; its types know only documented request options. */
interface SendgridClient {
  setDefaultRequest(options: object): unknown;
  request(options: {
    method: 'POST';
    url: string;
    body: object;
    headers?: object;
  }): Promise<[{ headers: object }, unknown]>;
}

/** No default in the library: without one, silence after hand-over would hold a worker for ever. */
const TIMEOUT_MS = 15_000;
const RETRY_MS = 30_000;
/** Shorter, so that it is told apart from silence after hand-over; long enough for a lost packet or three. */
const CONNECT_MS = 8000;
/** Shorter than any server on the way keeps an unused connection. */
const IDLE_MS = 3000;

export interface MailerOptions {
  apiKey: string;
  /** `https://api.sendgrid.com`, or `https://api.eu.sendgrid.com` for EU subusers. */
  baseUrl: string;
  /** How long a connection may take, TLS included. */
  connectMs?: number;
  /** How long an unused connection is kept. */
  idleMs?: number;
  /**
   * The key of the subuser a shop sends as, null while there is none; absent: all send with `apiKey`. SendGrid takes no
   * on-behalf-of in mail/send.
   * Source: https://www.twilio.com/docs/sendgrid/api-reference/how-to-use-the-sendgrid-v3-api/on-behalf-of
   */
  keyOf?: (shopId: number) => Promise<string | null>;
}

export function makeMailer(options: MailerOptions): Mailer {
  const { apiKey, baseUrl, connectMs = CONNECT_MS, idleMs = IDLE_MS, keyOf } = options;
  const service = new MailService();
  service.setApiKey(apiKey);
  service.setTimeout(TIMEOUT_MS);
  const client: SendgridClient = Reflect.get(service, 'client');
  client.setDefaultRequest({ baseUrl, ...connectedAgents({ connectMs, idleMs }), maxRedirects: 0 });
  return {
    async send(batch) {
      // One that cannot be looked up is not there yet either: nothing has left.
      const key = keyOf ? await keyOf(batch.shopId).catch(() => null) : apiKey;
      if (key === null) return { kind: 'not-taken', retryAfterMs: RETRY_MS, detail: 'subuser not ready' };
      const headers = keyOf ? { headers: { Authorization: `Bearer ${key}` } } : {};
      try {
        // Past the library's mail class, which copies and renames every field of a thousand recipients several times over.
        const body = toRequest(batch);
        const [response] = await client.request({ method: 'POST', url: '/v3/mail/send', body, ...headers });
        const id: unknown = Reflect.get(response.headers, 'x-message-id');
        return { kind: 'accepted', providerMessageId: typeof id === 'string' ? id : null };
      } catch (error) {
        return toOutcome(error, { hasOwnKey: keyOf !== undefined });
      }
    },
  };
}

/** As `POST /v3/mail/send` names its fields. */
function toRequest(batch: Batch) {
  return {
    from: fromOf(batch.from),
    ...(batch.replyTo ? { reply_to: { email: batch.replyTo } } : {}),
    subject: batch.subject,
    content: [
      { type: 'text/plain', value: batch.text },
      { type: 'text/html', value: batch.html },
    ],
    personalizations: batch.recipients.map((one) => ({
      to: [{ email: one.to }],
      substitutions: one.substitutions,
      headers: {
        'List-Unsubscribe': `<${one.unsubscribeUrl}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      },
      // Opaque ids only: SendGrid keeps these as "not PII" and cannot erase them.
      custom_args: { shop: String(batch.shopId), message: one.messageId },
    })),
    tracking_settings: {
      click_tracking: { enable: true, enable_text: false },
      open_tracking: { enable: batch.openTracking },
      subscription_tracking: { enable: false },
    },
  };
}

function fromOf({ email, name }: Batch['from']): { email: string; name?: string } {
  const plain = plainName(name);
  return plain === '' ? { email } : { email, name: plain };
}

/**
 * SendGrid takes no Unicode in `from` and no `;` or `,` in names, and a line break would be a header of its own.
 * Accents are dropped (Épicerie Léa → Epicerie Lea); a name with no Latin letter at all gives way to the address.
 * Source: https://docs.sendgrid.com/api-reference/mail-send/limitations
 */
export function plainName(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/[;,\p{Cc}]+/gu, ' ')
    .replaceAll(/[^\x20-\x7e]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

interface ProviderError {
  code?: unknown;
  message?: string;
  response?: { headers?: Record<string, string>; body?: unknown };
}

interface Sending {
  /** Each shop sends with a key of its own: a refused one says nothing of the others'. */
  hasOwnKey: boolean;
}

function toOutcome(error: unknown, sending: Sending): Outcome {
  const failure = (error ?? {}) as ProviderError;
  const { code } = failure;
  if (typeof code === 'number') return fromStatus(code, failure, sending);
  const detail = typeof code === 'string' ? code : 'no answer';
  if (neverConnected(error)) return { kind: 'not-taken', retryAfterMs: RETRY_MS, detail };
  return { kind: 'unsettled', detail };
}

function fromStatus(status: number, failure: ProviderError, { hasOwnKey }: Sending): Outcome {
  const detail = `${status} ${firstError(failure.response?.body)}`.trim();
  if (status === 403) return { kind: 'unauthorized', whose: 'sender', detail };
  if (status === 401) return { kind: 'unauthorized', whose: hasOwnKey ? 'sender' : 'account', detail };
  if (status === 429 || status === 503) return { kind: 'not-taken', retryAfterMs: retryAfter(failure), detail };
  if (status >= 500) return { kind: 'unsettled', detail };
  if (status === 400 || status === 413) return { kind: 'refused', detail };
  // Anything else (a redirect, a wrong address) speaks of the set-up, not of the recipient: keep everything.
  return { kind: 'unauthorized', whose: 'account', detail };
}

function retryAfter({ response }: ProviderError): number {
  const reset = Number(response?.headers?.['x-ratelimit-reset']);
  const wait = reset * 1000 - Date.now();
  return Number.isFinite(wait) && wait > 0 ? Math.min(wait, 10 * 60_000) : RETRY_MS;
}

/** The field SendGrid names, never its value: messages may quote an address. 413 answers in HTML and has none. */
function firstError(body: unknown): string {
  const errors: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'errors') : null;
  const first: unknown = Array.isArray(errors) ? errors[0] : null;
  const field: unknown = typeof first === 'object' && first !== null ? Reflect.get(first, 'field') : null;
  return typeof field === 'string' ? field : '';
}
