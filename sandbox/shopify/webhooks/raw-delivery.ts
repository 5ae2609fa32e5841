// One webhook made by hand: right, replayed or forged in any part. Used by the control API and by tests.
import { randomUUID } from 'node:crypto';
import { signBody, webhookApiVersion, webhookHeaders } from './signing';

export interface RawDelivery {
  shop: string;
  topic: string;
  /** An object, or the exact bytes as text. */
  payload: unknown;
  uri?: string | undefined;
  webhookId?: string | undefined;
  eventId?: string | undefined;
  triggeredAt?: string | undefined;
  /** Instead of the right signature. */
  signature?: string | undefined;
  /** Signs with another secret. */
  secret?: string | undefined;
  withoutHeaders?: string[] | undefined;
}

export interface RawAnswer {
  status: number;
  body: string;
}

/** The app's answer, whatever it is. */
export async function sendRaw(
  raw: RawDelivery,
  usual: { url: URL; secret: string; triggeredAt: string },
): Promise<RawAnswer> {
  const body = typeof raw.payload === 'string' ? raw.payload : JSON.stringify(raw.payload);
  const headers = webhookHeaders({
    topic: raw.topic,
    shop: raw.shop,
    webhookId: raw.webhookId ?? randomUUID(),
    eventId: raw.eventId ?? randomUUID(),
    triggeredAt: raw.triggeredAt ?? usual.triggeredAt,
    apiVersion: webhookApiVersion,
    signature: raw.signature ?? signBody(body, raw.secret ?? usual.secret),
  });
  const dropped = new Set((raw.withoutHeaders ?? []).map((name) => name.toLowerCase()));
  const kept = Object.entries(headers).filter(([name]) => !dropped.has(name.toLowerCase()));
  const response = await fetch(usual.url, {
    method: 'POST',
    headers: kept as [string, string][],
    body,
    redirect: 'manual',
  });
  return { status: response.status, body: await response.text() };
}
