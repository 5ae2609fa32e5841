/** One question to SendGrid's API, and in our words why there is no answer. Used by the gateways of this folder that set something up. */
import { z } from 'zod';

/** Why SendGrid did not do it. `invalid`: it refuses what was asked, and says why. */
export type Refusal = 'key-refused' | 'not-allowed' | 'not-found' | 'invalid' | 'unreachable';

export type Asked<T> = { answer: T } | { failed: Refusal; messages: string[] };

export interface Question {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** With `/v3`. */
  path: string;
  body?: object;
  /** The subuser it is asked for; null: the account itself. */
  as?: string | null;
}

export interface Provider {
  apiKey: string;
  /** `https://api.sendgrid.com`, or `https://api.eu.sendgrid.com` for EU subusers. */
  baseUrl: string;
}

const TIMEOUT_MS = 10_000;
const errorsShape = z.object({ errors: z.array(z.object({ message: z.string() })) });

/**
 * Asks once; whoever calls decides whether to ask again.
 * Source: https://www.twilio.com/docs/sendgrid/api-reference/how-to-use-the-sendgrid-v3-api/on-behalf-of
 */
export async function askSendgrid<T extends z.ZodType>(
  { apiKey, baseUrl }: Provider,
  { method = 'GET', path, body, as = null }: Question,
  shape: T,
): Promise<Asked<z.infer<T>>> {
  try {
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(as === null ? {} : { 'on-behalf-of': as }),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    const json: unknown = text === '' ? null : parse(text);
    if (!response.ok) return { failed: refusalOf(response.status), messages: messagesOf(json) };
    const parsed = shape.safeParse(json);
    return parsed.success ? { answer: parsed.data } : { failed: 'unreachable', messages: [] };
  } catch {
    return { failed: 'unreachable', messages: [] };
  }
}

function refusalOf(status: number): Refusal {
  if (status === 401) return 'key-refused';
  if (status === 403) return 'not-allowed';
  if (status === 404) return 'not-found';
  // 429 passes, and so does what is SendGrid's own trouble.
  return status >= 400 && status < 500 && status !== 429 ? 'invalid' : 'unreachable';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function messagesOf(json: unknown): string[] {
  const parsed = errorsShape.safeParse(json);
  return parsed.success ? parsed.data.errors.map((error) => error.message) : [];
}
