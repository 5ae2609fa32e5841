/**
 * Asks a web address that somebody typed whether it is there, without letting them ask anything inside: http and https to public
 * addresses alone, looked at where the connection is made, so that a name cannot point elsewhere in between; redirects a step at a
 * time, each looked at anew. Called by the look before a scenario is switched on.
 */
import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, type Dispatcher, request } from 'undici';
import type { AddressSeen } from '../../domain/seen';
import { isPublicAddress } from './public-address';

/** What of the way outside a local run does otherwise. */
export interface WebReach {
  /** Addresses of this machine's own making, such as a local run's store: asked through the process' own dispatcher. */
  isNearby(url: URL): boolean;
  /** How names become addresses. */
  lookup: LookupFunction;
}

/** `size`: whether its weight must be known; then it is read as far as needed. */
export type LookAtAddress = (address: string, options: { size: boolean }) => Promise<AddressSeen>;

/** With one question, and with an address: redirects, each answered just in time, would otherwise keep everybody else waiting. */
const PATIENCE = { question: 6000, address: 8000 };
const MOST_REDIRECTS = 5;
/** Nobody waits for more of a picture than it takes to say that it is too heavy. */
const MOST_READ_BYTES = 4_000_000;
const REDIRECTS = [301, 302, 303, 307, 308];
const GONE = [404, 410];

class NotPublicError extends Error {
  readonly code = 'NOT_PUBLIC';
}

/** Names whose addresses are not all public do not exist for us. */
function publicOnly(lookup: LookupFunction): LookupFunction {
  return (hostname, options, done) =>
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const addresses = typeof found === 'string' ? [{ address: found, family: isIP(found) }] : found;
      if (error) return done(error, []);
      if (addresses.length === 0 || !addresses.every(({ address }) => isPublicAddress(address)))
        return done(new NotPublicError(`${hostname} leads inside`), []);
      if (options.all) return done(null, addresses);
      done(null, addresses[0]?.address ?? '', addresses[0]?.family);
    });
}

const ANYWHERE: WebReach = { isNearby: () => false, lookup: systemLookup as LookupFunction };

/** @param patience in milliseconds */
export function makeLookAtAddress(
  { isNearby, lookup }: WebReach = ANYWHERE,
  patience: typeof PATIENCE = PATIENCE,
): LookAtAddress {
  const outside = new Agent({ connect: { lookup: publicOnly(lookup), timeout: patience.question } });
  const askUntil =
    (end: AbortSignal): Ask =>
    async (url, method, readsBody) => {
      const answer = await request(url, {
        method,
        headers: { 'user-agent': 'Relance (looks whether links work)', accept: '*/*' },
        signal: AbortSignal.any([end, AbortSignal.timeout(patience.question)]),
        ...(isNearby(url) ? {} : { dispatcher: outside }),
      });
      return readAnswer(answer, readsBody);
    };
  return async (address, { size }) => {
    const url = URL.parse(address);
    if (!url) return { state: 'no-such-host' };
    try {
      return await follow({ url, ask: askUntil(AbortSignal.timeout(patience.address)), isNearby, size });
    } catch (error) {
      return stateOf(error);
    }
  };
}

type Ask = (url: URL, method: 'HEAD' | 'GET', readsBody: boolean) => Promise<Answer>;

interface Answer {
  status: number;
  location: string | null;
  bytes: number | null;
  type: string | null;
}

async function readAnswer(answer: Dispatcher.ResponseData, readsBody: boolean): Promise<Answer> {
  const header = (name: string) => [answer.headers[name] ?? []].flat()[0] ?? null;
  const told = header('content-length');
  const read = readsBody ? await weigh(answer.body) : null;
  // An answer that is not wanted is cut off.
  answer.body.on('error', () => {}).destroy();
  return {
    status: answer.statusCode,
    location: header('location'),
    bytes: read ?? (told === null ? null : Number(told)),
    type: header('content-type')?.split(';')[0]?.trim().toLowerCase() ?? null,
  };
}

async function weigh(body: AsyncIterable<Uint8Array>): Promise<number> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes >= MOST_READ_BYTES) break;
  }
  return bytes;
}

interface Follow {
  url: URL;
  ask: Ask;
  isNearby(url: URL): boolean;
  size: boolean;
}

async function follow({ url: first, ask, isNearby, size }: Follow): Promise<AddressSeen> {
  let url = first;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const refused = isNearby(url) ? null : refuse(url);
    if (refused) return redirects > 0 ? { state: 'redirects-away' } : refused;
    const head = await ask(url, 'HEAD', false);
    // Some servers answer nothing but a whole GET rightly.
    const isUseless = head.status >= 400 || (size && head.status < 300 && head.bytes === null);
    const answer = isUseless ? await ask(url, 'GET', size) : head;
    const next = REDIRECTS.includes(answer.status) ? URL.parse(answer.location ?? '', url.href) : null;
    if (!next) return judge(answer);
    url = next;
  }
  return { state: 'redirects-away' };
}

/** What is told by the address alone. */
function refuse({ protocol, hostname, port, username, password }: URL): AddressSeen | null {
  if (protocol !== 'https:' && protocol !== 'http:') return { state: 'not-public' };
  if (username !== '' || password !== '') return { state: 'not-public' };
  const literal = hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) && !isPublicAddress(literal)) return { state: 'not-public' };
  // Shops do not lie behind other ports; whoever wants them knocked at shall do it themselves.
  return port === '' || port === '80' || port === '443' ? null : { state: 'unclear', status: 0 };
}

function judge({ status, bytes, type }: Answer): AddressSeen {
  if (status < 300) return { state: 'there', bytes, type };
  return GONE.includes(status) ? { state: 'gone', status } : { state: 'unclear', status };
}

/** undici wraps what went wrong beneath it. */
function stateOf(error: unknown): AddressSeen {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code: unknown = Reflect.get(at, 'code');
    if (code === 'NOT_PUBLIC') return { state: 'not-public' };
    if (code === 'ENOTFOUND') return { state: 'no-such-host' };
  }
  return { state: 'no-answer' };
}
