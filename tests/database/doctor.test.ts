/** The doctor on a real database and the local SendGrid: what is in order, and what a fault looks like. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { examine } from '../../app/doctor';
import { readAppToml } from '../../app/doctor/shopify';
import '../setup/shared';
import { API_KEY, startTestSandbox, type TestSandbox } from '../../sandbox/sendgrid/testing';
import { createTestDatabase, type TestDatabase } from '../setup/database';

let database: TestDatabase;
let sandbox: TestSandbox;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  database = await createTestDatabase();
  sandbox = await startTestSandbox({ sendgrid: { authenticatedDomains: ['shop.example'] } });
  env = {
    NODE_ENV: 'production',
    DATABASE_URL: database.appUrl,
    WORKER_DATABASE_URL: database.workerUrl,
    OWNER_DATABASE_URL: database.ownerUrl,
    SHOPIFY_API_KEY: 'client-id',
    SHOPIFY_API_SECRET: 'client-secret',
    SHOPIFY_APP_URL: sandbox.app.url,
    SCOPES: readAppToml(readFileSync('shopify.app.toml', 'utf8')).scopes,
    SENDGRID_API_KEY: API_KEY,
    SENDGRID_BASE_URL: `${sandbox.url}/sendgrid`,
    SENDGRID_WEBHOOK_PUBLIC_KEY: sandbox.part.state.key.publicKey,
    SENDER_EMAIL: 'hello@shop.example',
    ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    LINK_SECRET: randomBytes(32).toString('base64'),
  };
});
afterAll(async () => {
  await sandbox.close();
  await database.drop();
});

const mendsOf = async (change: Record<string, string> = {}) =>
  (await examine({ env: { ...env, ...change } })).filter(({ verdict }) => verdict === 'mend');

describe('the doctor', () => {
  it('finds nothing to mend where all is in order, and names each part', async () => {
    const findings = await examine({ env });
    expect(findings.filter(({ verdict }) => verdict === 'mend')).toEqual([]);
    const inOrder = findings.filter(({ verdict }) => verdict === 'ok').map(({ about }) => about);
    expect(inOrder).toEqual([
      'Settings',
      'Database, DATABASE_URL',
      'Database, WORKER_DATABASE_URL',
      'Database, OWNER_DATABASE_URL',
      'SendGrid key',
      'SendGrid event webhook',
      'Sender',
    ]);
  });

  it('finds a superuser, a role for the wrong process, and a database that is away', async () => {
    const superuser = inject('testServer').superuserUrl.replace(/\/[^/]*$/, new URL(database.appUrl).pathname);
    expect(await mendsOf({ DATABASE_URL: superuser })).toMatchObject([{ what: 'postgres is a superuser.' }]);
    expect(await mendsOf({ DATABASE_URL: database.workerUrl, WORKER_DATABASE_URL: database.appUrl })).toHaveLength(2);
    const away = 'postgres://relance_app:hidden@127.0.0.1:1/none';
    const found = await mendsOf({ DATABASE_URL: away });
    expect(found).toMatchObject([{ what: expect.stringContaining('ECONNREFUSED') }]);
    expect(JSON.stringify(found)).not.toContain('hidden');
  });

  it('finds a table that lets shops see each other, and one migration that is missing', async () => {
    const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
    await owner.unsafe('alter table codes no force row level security');
    const [last] = await owner.unsafe<{ created_at: string; hash: string }[]>(
      `delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations) returning *`,
    );
    const whats = new Set((await mendsOf()).map(({ what }) => what.replace(/ \(.*\)/, '')));
    expect(whats).toEqual(new Set(['row-level security is not forced on codes.', 'not migrated for this version.']));
    await owner`insert into drizzle.__drizzle_migrations (hash, created_at) values (${last?.hash ?? ''}, ${last?.created_at ?? ''})`;
    await owner.unsafe('alter table codes force row level security');
    await owner.end();
    expect(await mendsOf()).toEqual([]);
  });

  it('finds a key SendGrid refuses, and one for other events', async () => {
    expect(await mendsOf({ SENDGRID_API_KEY: 'SG.other' })).toMatchObject([{ about: 'SendGrid key' }]);
    expect(await mendsOf({ SENDGRID_WEBHOOK_PUBLIC_KEY: 'MFkwOther' })).toMatchObject([
      { about: 'SendGrid event webhook', what: expect.stringContaining('is not its key') },
    ]);
    expect(await mendsOf({ SENDER_EMAIL: 'hello@unknown.example' })).toMatchObject([{ about: 'Sender' }]);
  });
});
