/** The app's settings in a local run, as variables; the same names a real deployment sets. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './paths';
import type { RoleUrls } from './postgres/roles';
import type { LocalSettings } from './settings';

/** The access scopes in shopify.app.toml, which names them for the local run as for the real one. */
function scopes(): string {
  const toml = readFileSync(join(projectRoot, 'shopify.app.toml'), 'utf8');
  const found = /^scopes\s*=\s*"([^"]*)"/m.exec(toml)?.[1];
  if (!found) throw new Error('shopify.app.toml names no scopes.');
  return found;
}

/** What the operator has set of SendGrid so far: a new deployment begins without. */
export type SendgridState = 'without-key' | 'without-sender' | 'connected';

export interface AppEnvOptions {
  settings: LocalSettings;
  urls: RoleUrls;
  sandboxUrl: string;
  port: number;
  sendgrid: SendgridState;
}

export function appEnv({ settings, urls, sandboxUrl, port, sendgrid }: AppEnvOptions) {
  return {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    LOG_LEVEL: 'info',
    DATABASE_URL: urls.app,
    WORKER_DATABASE_URL: urls.worker,
    SHOPIFY_API_KEY: settings.shopify.apiKey,
    SHOPIFY_API_SECRET: settings.shopify.apiSecret,
    SHOPIFY_APP_URL: `http://127.0.0.1:${port}`,
    SCOPES: scopes(),
    APP_BRIDGE_URL: `${sandboxUrl}/admin/app-bridge.js`,
    SENDGRID_API_KEY: sendgrid === 'without-key' ? '' : settings.sendgrid.apiKey,
    SENDGRID_BASE_URL: `${sandboxUrl}/sendgrid`,
    SENDGRID_WEBHOOK_PUBLIC_KEY: settings.sendgrid.eventKeys.publicKey,
    SENDER_EMAIL: sendgrid === 'connected' ? settings.sendgrid.senderEmail : '',
    ENCRYPTION_KEYS: settings.encryptionKeys,
    LINK_SECRET: settings.linkSecret,
  };
}
