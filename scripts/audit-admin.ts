/**
 * `npm run audit:admin`: visits every page and state of the admin in Chromium, at a desk and on a phone, in both languages,
 * in a store with 100,000 customers and 1,000,000 messages, and prints a line of JSON for each. Exits with 1 and what
 * fell short of `audit-admin/limits.ts`. `-- --page home` (or `scenario*`), `--width 390`, `--language fr` look at some,
 * `--size N` seeds N customers, `--keep` keeps the stores for the next run, which then starts with them, `--explain` tells
 * of every page what fell short alone makes it tell: what painted last, what moved, what was slow.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import postgres from 'postgres';
import { seedYearOf } from '../bench/admin/seed';
import { settle } from '../bench/database';
import { makeStores, type Stores } from './admin-pages/stores';
import { audit } from './audit-admin/audit';
import { type AuditLine, shortcomings } from './audit-admin/limits';
import type { Visit } from './audit-admin/visit';
import { launchBrowser } from './local/chromium';
import { lockProfile } from './local/lock';
import { profileDir } from './local/paths';
import { superuserUrl } from './local/postgres/roles';
import { showProgress } from './local/progress';
import { resetProfile } from './local/reset';
import { fillSampleStore } from './local/sample-store';
import { ANY_PORTS, type Stack, startStack } from './local/stack';
import { runCommand, whenDied } from './local/until-asked';

const { values } = parseArgs({
  options: {
    page: { type: 'string', multiple: true, default: [] },
    width: { type: 'string' },
    language: { type: 'string' },
    size: { type: 'string', default: '100000' },
    keep: { type: 'boolean', default: false },
    explain: { type: 'boolean', default: false },
  },
});

const PROFILE = 'audit';
const customers = Number(values.size);
const progress = showProgress(process.stderr);

/** What the stores of an earlier run were, as long as they are kept. */
const keptFile = join(profileDir(PROFILE), 'stores.json');

interface Kept {
  customers: number;
  stores: Stores;
}

function findKept(): Stores | null {
  if (!values.keep || !existsSync(keptFile)) return null;
  const kept = JSON.parse(readFileSync(keptFile, 'utf8')) as Kept;
  return kept.customers === customers ? kept.stores : null;
}

async function fill(stack: Stack): Promise<Stores> {
  await fillSampleStore(stack.addresses, progress);
  const stores = await makeStores(stack, progress);
  await progress(`Seeding a year of ${customers.toLocaleString('en')} customers`, () => seed(stack, stores));
  writeFileSync(keptFile, JSON.stringify({ customers, stores } satisfies Kept));
  return stores;
}

async function seed({ addresses }: Stack, { handles }: Stores): Promise<void> {
  const { settings } = addresses;
  const url = new URL(superuserUrl({ port: settings.ports.postgres, passwords: settings.passwords }));
  url.pathname = new URL(addresses.databases.owner).pathname;
  const sql = postgres(url.href, { max: 1, onnotice: () => {} });
  const [shop] = await sql<{ shop_id: number }[]>`
    select shop_id from shop_domains where domain = ${`${handles.lively}.myshopify.com`}`;
  if (!shop) throw new Error('The store to be filled is not there.');
  await seedYearOf(sql, { shopId: Number(shop.shop_id), customers });
  await settle(sql);
  await sql.end();
}

let fell = false;

function tell(line: AuditLine, visits: readonly Visit[]): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
  const short = shortcomings(line);
  fell ||= short.length > 0;
  if (short.length === 0 && !values.explain) return;
  const found = new Set(visits.flatMap(({ barriers, complaints, notes }) => [...barriers, ...complaints, ...notes]));
  process.stderr.write(`${line.page}, ${line.width} px, ${line.language}: ${short.join('; ') || 'fine'}\n`);
  for (const one of found) process.stderr.write(`    ${one.replaceAll(/\s+/g, ' ').slice(0, 400)}\n`);
}

async function visitAll({ addresses: { sandboxUrl } }: Stack, stores: Stores): Promise<void> {
  const browser = await launchBrowser();
  try {
    const width = values.width === undefined ? undefined : Number(values.width);
    const { page: pages, language } = values;
    await audit({ browser, sandboxUrl, stores, pages, width, language, onLine: tell });
  } finally {
    await browser.close();
  }
}

await runCommand(async (ended) => {
  lockProfile(PROFILE);
  const kept = findKept();
  if (!kept) await resetProfile(PROFILE);
  const options = { profile: PROFILE, progress, ports: ANY_PORTS, webScript: 'scripts/audit-admin/web.ts' };
  const stack = await Promise.race([startStack(options), ended]);
  if (!stack) return;
  try {
    if (kept) await stack.rest('worker');
    const stores = kept ?? (await fill(stack));
    await Promise.race([visitAll(stack, stores), whenDied(stack.died), ended]);
  } finally {
    await stack.stop();
    if (!values.keep) await resetProfile(PROFILE);
  }
  process.exitCode = fell ? 1 : 0;
});
