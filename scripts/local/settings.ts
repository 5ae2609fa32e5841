/**
 * The secrets and ports of one set of local data, made at the first start and kept: with other keys the data of the
 * first start could not be read any more.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeProfileDir } from './paths';
import type { Passwords } from './postgres/roles';

export interface Ports {
  sandbox: number;
  web: number;
  postgres: number;
  /** Where the worker tells how it is. Absent from data of an older version. */
  metrics?: number;
}

export interface LocalSettings {
  shopify: { apiKey: string; apiSecret: string };
  /** `id:base64` of 32 bytes, as `ENCRYPTION_KEYS` wants it. */
  encryptionKeys: string;
  linkSecret: string;
  sendgrid: {
    apiKey: string;
    /** The operator's shared sender, verified at the local SendGrid. */
    senderEmail: string;
    /** ECDSA P-256: the public one base64 of DER, as SendGrid's settings page shows it; the private one PEM. */
    eventKeys: { publicKey: string; privateKey: string };
  };
  passwords: Passwords;
  ports: Ports;
}

const hex = (bytes: number) => randomBytes(bytes).toString('hex');

function makeEventKeys(): { publicKey: string; privateKey: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function makeSettings(ports: Ports): LocalSettings {
  return {
    shopify: { apiKey: hex(16), apiSecret: `shpss_${hex(16)}` },
    encryptionKeys: `local:${randomBytes(32).toString('base64')}`,
    linkSecret: randomBytes(32).toString('base64url'),
    sendgrid: {
      apiKey: `SG.${randomBytes(16).toString('base64url')}.${randomBytes(32).toString('base64url')}`,
      senderEmail: 'hello@relance.example',
      eventKeys: makeEventKeys(),
    },
    passwords: { superuser: hex(16), owner: hex(16), app: hex(16), worker: hex(16) },
    ports,
  };
}

function fileOf(profile: string): string {
  return join(makeProfileDir(profile), 'settings.json');
}

/** The settings of a profile; `ports` are the wishes of a first start. */
export function readSettings(profile: string, ports: Ports): LocalSettings {
  const file = fileOf(profile);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as LocalSettings;
  const settings = makeSettings(ports);
  saveSettings(profile, settings);
  return settings;
}

export function saveSettings(profile: string, settings: LocalSettings): void {
  writeFileSync(fileOf(profile), `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
}
