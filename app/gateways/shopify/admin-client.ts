/** Asks the Admin API of a shop, as the shop's offline token allows. Every question is an `AdminDocument`. */
import { z } from 'zod';
import type { Logger } from '../../log.server';
import { AdminError } from './admin-error';
import type { AdminDocument } from './documents/document';
import { parseExactJson } from './exact-json';
import type { OfflineTokens } from './offline-token';

export const API_VERSION = '2026-10';

export interface AdminClient {
  /**
   * Waits out throttling for a while, takes a new token once when the old one is refused.
   * @throws AdminError
   */
  run<T>(shopDomain: string, document: AdminDocument<T>, variables?: Record<string, unknown>): Promise<T>;
}

export interface AdminClientParts {
  tokens: OfflineTokens;
  log: Logger;
  fetch?: typeof fetch;
  /** How much of a shop's points this client leaves to the others, from 0 to 1: what can wait must not hold up what cannot. */
  leaves?: number;
}

const TIMEOUT_MS = 15_000;
/** A bucket refills within 20 s on every plan; longer, and the job had better come back. */
const MOST_WAIT_MS = 20_000;
/** Where a 429 does not say how long, or nothing sensible. */
const UNSAID_WAIT_MS = 2000;
const LEAST_WAIT_MS = 100;

export function makeAdminClient(parts: AdminClientParts): AdminClient {
  return {
    async run(shopDomain, document, variables = {}) {
      let token = await parts.tokens.get(shopDomain);
      let refusedOnce = false;
      for (let waited = 0; ; ) {
        const answer = await ask(parts, shopDomain, { token, document, variables });
        if (answer.kind === 'data') {
          if (answer.waitMs > 0) await new Promise((resolve) => setTimeout(resolve, answer.waitMs));
          return readData(document, answer.data);
        }
        if (answer.kind === 'refused-token') {
          if (refusedOnce) throw new AdminError('unauthorized', 'Shopify refuses the token');
          refusedOnce = true;
          token = await parts.tokens.get(shopDomain, { refused: token });
          continue;
        }
        if (waited + answer.waitMs > MOST_WAIT_MS)
          throw new AdminError('throttled', 'The points of the shop are spent');
        parts.log.info({ event: 'shopify.throttled', operation: document.name, waitMs: answer.waitMs });
        await new Promise((resolve) => setTimeout(resolve, answer.waitMs));
        waited += answer.waitMs;
      }
    },
  };
}

type Answer =
  | { kind: 'data'; data: unknown; waitMs: number }
  | { kind: 'refused-token' }
  | { kind: 'throttled'; waitMs: number };

interface Question {
  token: string;
  document: AdminDocument<unknown>;
  variables: Record<string, unknown>;
}

async function ask(parts: AdminClientParts, shopDomain: string, question: Question): Promise<Answer> {
  const { token, document, variables } = question;
  const { status, headers, text } = await post(parts.fetch ?? fetch, shopDomain, {
    token,
    body: JSON.stringify({ query: document.text, variables, operationName: document.name }),
  });
  if (status === 401) return { kind: 'refused-token' };
  if (status === 429) return { kind: 'throttled', waitMs: retryAfter(headers) };
  if (status >= 500) throw new AdminError('unavailable', `Shopify answered ${document.name} with ${status}`);
  // 402: the shop is frozen, 403: not ours to ask, 404: no such shop, 423: locked.
  if (status !== 200) throw new AdminError('refused', `Shopify answered ${document.name} with ${status}`);
  return readAnswer(document, text, parts.leaves ?? 0);
}

async function post(call: typeof fetch, shopDomain: string, { token, body }: { token: string; body: string }) {
  try {
    const response = await call(`https://${shopDomain}/admin/api/${API_VERSION}/graphql.json`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-Shopify-Access-Token': token },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    const why = error instanceof Error && error.name === 'TimeoutError' ? 'gave no answer in time' : 'was not reached';
    throw new AdminError('unavailable', `Shopify ${why}`);
  }
}

const envelope = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string().optional() }).optional() }))
    .optional(),
  extensions: z
    .object({
      cost: z
        .object({
          requestedQueryCost: z.number(),
          throttleStatus: z.object({
            maximumAvailable: z.number().default(0),
            currentlyAvailable: z.number(),
            restoreRate: z.number(),
          }),
        })
        .optional(),
    })
    .optional(),
});

function readAnswer(document: AdminDocument<unknown>, text: string, leaves: number): Answer {
  let answer: z.output<typeof envelope>;
  try {
    answer = envelope.parse(parseExactJson(text));
  } catch {
    throw new AdminError('unavailable', `Shopify answered ${document.name} with something else`);
  }
  const codes = answer.errors?.map((error) => error.extensions?.code);
  const cost = answer.extensions?.cost;
  if (codes?.includes('THROTTLED')) return { kind: 'throttled', waitMs: waitFor(cost, leaves) };
  if (codes?.includes('INTERNAL_SERVER_ERROR'))
    throw new AdminError('unavailable', `Shopify failed at ${document.name}`);
  if (answer.errors?.[0])
    throw new AdminError('refused', `${document.name}: ${answer.errors[0].message.slice(0, 300)}`);
  const waitMs = cost ? Math.min(untilAvailable(cost, leftTo(cost, leaves)), MOST_WAIT_MS) : 0;
  return { kind: 'data', data: answer.data, waitMs };
}

/** Seconds, or the date to come back at; a proxy before Shopify may say either. Anything else is a guess. */
function retryAfter(headers: Headers): number {
  const said = headers.get('retry-after')?.trim() ?? '';
  const wait = /^\d+(\.\d+)?$/.test(said) ? Number(said) * 1000 : Date.parse(said) - Date.now();
  return wait >= LEAST_WAIT_MS ? wait : UNSAID_WAIT_MS;
}

type Cost = NonNullable<NonNullable<z.output<typeof envelope>['extensions']>['cost']>;

const leftTo = ({ throttleStatus }: Cost, leaves: number) => throttleStatus.maximumAvailable * leaves;

/** Until the bucket holds what the question costs, and what is left to others. */
function waitFor(cost: Cost | undefined, leaves: number): number {
  if (!cost) return 1000;
  return Math.max(LEAST_WAIT_MS, untilAvailable(cost, cost.requestedQueryCost + leftTo(cost, leaves)));
}

function untilAvailable({ throttleStatus }: Cost, points: number): number {
  const missing = Math.min(points, throttleStatus.maximumAvailable || points) - throttleStatus.currentlyAvailable;
  return Math.max(0, Math.ceil((missing / Math.max(1, throttleStatus.restoreRate)) * 1000));
}

function readData<T>(document: AdminDocument<T>, data: unknown): T {
  try {
    return document.read(data);
  } catch (error) {
    const where = error instanceof z.ZodError ? error.issues[0]?.path.join('.') : 'unreadable';
    throw new AdminError('refused', `Shopify's answer to ${document.name} is not what was asked for: ${where}`);
  }
}
