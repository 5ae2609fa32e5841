/**
 * Checks an installation and tells in plain words what has to be mended. Run as `npm run doctor`, and in an image as
 * `node build/doctor/index.js`. Reads only; sends nothing; prints no secret.
 */
import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { judgeDatabase, type Role, readDatabase } from './doctor/database';
import { type Finding, isHealthy, tell } from './doctor/finding';
import { judgeSendgrid } from './doctor/sendgrid';
import { judgeSettings } from './doctor/settings';
import { askAddress, judgeShopify, readAppToml } from './doctor/shopify';
import { readAccount } from './gateways/sendgrid/account';

export interface DoctorOptions {
  /** Usually `process.env`. */
  env: NodeJS.ProcessEnv;
  /** Where `shopify.app.toml` stands. */
  toml?: string;
}

/** All findings. Goes on past what is broken, so that one run tells everything. */
export async function examine({ env, toml = 'shopify.app.toml' }: DoctorOptions): Promise<Finding[]> {
  const appUrl = env.SHOPIFY_APP_URL ?? '';
  const settings = { apiKey: env.SHOPIFY_API_KEY ?? '', appUrl, scopes: env.SCOPES ?? '' };
  const file = existsSync(toml) ? readAppToml(readFileSync(toml, 'utf8')) : null;
  return [
    ...judgeSettings(env),
    ...(await examineDatabase(env)),
    ...(await examineSendgrid(env, appUrl)),
    ...judgeShopify(file, settings),
    ...(URL.canParse(appUrl) ? await askAddress(appUrl) : []),
  ];
}

async function examineDatabase(env: NodeJS.ProcessEnv): Promise<Finding[]> {
  const urls: Record<Role, string | undefined> = {
    app: env.DATABASE_URL,
    worker: env.WORKER_DATABASE_URL,
    owner: env.OWNER_DATABASE_URL,
  };
  const found: Finding[] = [];
  for (const role of ['app', 'worker', 'owner'] as const) {
    const url = urls[role];
    // What is not set was told with the settings; the owner's is needed for migrations alone.
    if (url && URL.canParse(url)) found.push(...judgeDatabase(role, await readDatabase(url)));
  }
  return found;
}

async function examineSendgrid(env: NodeJS.ProcessEnv, appUrl: string): Promise<Finding[]> {
  const apiKey = env.SENDGRID_API_KEY;
  const baseUrl = env.SENDGRID_BASE_URL || 'https://api.sendgrid.com';
  const subusers = env.SENDGRID_SUBUSERS === 'on';
  return judgeSendgrid(apiKey ? await readAccount({ apiKey, baseUrl, subusers }) : null, {
    ...{ appUrl, subusers },
    publicKey: env.SENDGRID_WEBHOOK_PUBLIC_KEY ?? '',
    senderEmail: env.SENDER_EMAIL ?? '',
  });
}

/** Prints the findings and sets the exit code: 1 when something has to be mended. */
export async function runDoctor(options: DoctorOptions): Promise<void> {
  const findings = await examine(options);
  process.stdout.write(tell(findings));
  process.exitCode = isHealthy(findings) ? 0 : 1;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await runDoctor({ env: process.env });
