// What the SendGrid half needs from the sandbox around it, and its settings. The full sandbox context fits this shape.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SendgridHost {
  /** The sandbox's own address; known once it listens, so read at request time. */
  readonly url: string;
  readonly options: {
    readonly appUrl: string;
    readonly dataDir?: string | undefined;
    readonly sendgrid?: Record<string, unknown> | undefined;
  };
  readonly clock: { now(): number };
}

/** `options.sendgrid`: every entry may be left out. */
export interface SendgridSettings {
  /** The one API key this account knows. */
  apiKey: string;
  /** Addresses mail may come from; null lets every address through. */
  verifiedSenders: string[] | null;
  /** Domains mail may come from, as after domain authentication. */
  authenticatedDomains: string[];
  /** Where events are posted. */
  eventsUrl: string;
  /** Real milliseconds between two posts of events (SendGrid: 30 s). */
  eventIntervalMs: number;
  /** PEM of a P-256 private key; absent: made once and kept in the data folder. */
  eventPrivateKey: string | undefined;
  /** What the account does when a request leaves tracking settings out. SendGrid's own default is on for both. */
  accountClickTracking: boolean;
  accountOpenTracking: boolean;
  /** mail/send requests allowed per real second before 429. */
  requestsPerSecond: number;
  /** SendGrid's limitations page allows no Unicode in `from`; true lets it through in `from.name`. */
  unicodeFromName: boolean;
  /** The account's own addresses it sends from. */
  ips: string[];
  /** What the account's key may not do, of what the routes ask for; empty: everything. */
  lacksScopes: string[];
}

const text = (value: unknown, otherwise: string): string =>
  typeof value === 'string' && value !== '' ? value : otherwise;
const flag = (value: unknown, otherwise: boolean): boolean => (typeof value === 'boolean' ? value : otherwise);
const count = (value: unknown, otherwise: number): number =>
  typeof value === 'number' && value > 0 ? value : otherwise;
const texts = (value: unknown): string[] | undefined =>
  Array.isArray(value)
    ? value.filter((entry): entry is string => typeof entry === 'string').map((entry) => entry.toLowerCase())
    : undefined;

/** Reads `options.sendgrid`, filling in what is left out. */
export function readSettings(host: SendgridHost): SendgridSettings {
  const raw = host.options.sendgrid ?? {};
  const verified = texts(raw.verifiedSenders) ?? null;
  const domains = texts(raw.authenticatedDomains) ?? [];
  return {
    apiKey: text(raw.apiKey, 'SG.sandbox'),
    verifiedSenders: verified ?? (domains.length > 0 ? [] : null),
    authenticatedDomains: domains,
    eventsUrl: text(raw.eventsUrl, new URL('/webhooks/sendgrid', host.options.appUrl).href),
    eventIntervalMs: count(raw.eventIntervalMs, 200),
    eventPrivateKey: typeof raw.eventPrivateKey === 'string' ? raw.eventPrivateKey : undefined,
    accountClickTracking: flag(raw.accountClickTracking, true),
    accountOpenTracking: flag(raw.accountOpenTracking, true),
    requestsPerSecond: count(raw.requestsPerSecond, 10_000),
    unicodeFromName: flag(raw.unicodeFromName, false),
    ips: texts(raw.ips) ?? ['198.51.100.7'],
    lacksScopes: texts(raw.lacksScopes) ?? [],
  };
}

/** The folder for mail and events: under the sandbox's data folder, or a temporary one that `remove` deletes. */
export function openDataFolder(host: SendgridHost): { path: string; remove: () => void } {
  if (host.options.dataDir !== undefined) {
    const path = join(host.options.dataDir, 'sendgrid');
    mkdirSync(path, { recursive: true });
    return { path, remove: () => undefined };
  }
  const path = mkdtempSync(join(tmpdir(), 'sandbox-sendgrid-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
