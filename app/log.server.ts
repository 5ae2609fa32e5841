/** One structured log line per outcome. Bodies, tokens and e-mail addresses never reach it. */
import { pino } from 'pino';
import { maskAddresses } from './lib/mask-addresses';

export interface Logger {
  info(line: LogLine): void;
  warn(line: LogLine): void;
  error(line: LogLine): void;
}

export interface LogLine {
  /** `noun.past`, e.g. `message.sent`. */
  event: string;
  [key: string]: string | number | boolean | null | undefined;
}

const SECRET_KEYS: ReadonlySet<string> = new Set([
  'email',
  'to',
  'body',
  'payload',
  'token',
  'accessToken',
  'refreshToken',
  'authorization',
  'firstName',
  'lastName',
]);

/** Lines are written together once they are this much, or after this long. */
const MOST_WAITING_BYTES = 8 * 1024;
const MOST_WAITING_MS = 500;

/**
 * Writes to standard output. Lines wait a moment for each other, at a tenth of the cost; what went wrong is written at once, with
 * everything before it, and so is all that waits when the process ends, be it by an error nobody caught. A kill loses half a second.
 * @param level pino's: `debug`, `info`, `warn`, `error` or `silent`
 */
export function makeLogger(level: string): Logger {
  const output = pino.destination({
    dest: 1,
    sync: false,
    minLength: MOST_WAITING_BYTES,
    periodicFlush: MOST_WAITING_MS,
  });
  const log = pino({ level, base: null }, output);
  return {
    info: (line) => log.info(clean(line)),
    warn: (line) => log.warn(clean(line)),
    error: (line) => {
      log.error(clean(line));
      output.flushSync();
    },
  };
}

/** What Shopify, SendGrid or Postgres say of a failure may quote an address. */
function clean(line: LogLine): Record<string, LogLine[string]> {
  const cleaned: Record<string, LogLine[string]> = {};
  for (const key in line) {
    const value = line[key];
    if (!SECRET_KEYS.has(key)) cleaned[key] = typeof value === 'string' ? maskAddresses(value) : value;
  }
  return cleaned;
}
