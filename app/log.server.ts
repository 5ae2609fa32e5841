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

const SECRET_KEYS = [
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
];

/** @param level pino's: `debug`, `info`, `warn`, `error` or `silent` */
export function makeLogger(level: string): Logger {
  const log = pino({ level, base: null, redact: { paths: SECRET_KEYS, remove: true } });
  return {
    info: (line) => log.info(clean(line)),
    warn: (line) => log.warn(clean(line)),
    error: (line) => log.error(clean(line)),
  };
}

/** What Shopify, SendGrid or Postgres say of a failure may quote an address. */
function clean(line: LogLine): LogLine {
  const entries = Object.entries(line).map(([key, value]) => [
    key,
    typeof value === 'string' ? maskAddresses(value) : value,
  ]);
  return Object.fromEntries(entries);
}
