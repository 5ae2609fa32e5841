import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Account, EventWebhook } from '../gateways/sendgrid/account';
import { type DatabaseFacts, judgeDatabase } from './database';
import { type Finding, isHealthy, tell } from './finding';
import { judgeSendgrid } from './sendgrid';
import { judgeSettings } from './settings';
import { judgeShopify, readAppToml } from './shopify';

const SETTINGS = {
  NODE_ENV: 'production' as const,
  DATABASE_URL: 'postgres://relance_app:secret@db/relance',
  WORKER_DATABASE_URL: 'postgres://relance_worker:secret@db/relance',
  SHOPIFY_API_KEY: 'client-id',
  SHOPIFY_API_SECRET: 'shpss_secret',
  SHOPIFY_APP_URL: 'https://relance.example.com',
  ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
  LINK_SECRET: 'l'.repeat(40),
  METRICS_TOKEN: 'm'.repeat(24),
  METRICS_PORT: '9400',
};

const mends = (findings: readonly Finding[]) =>
  findings.filter(({ verdict }) => verdict === 'mend').map(({ what }) => what);

describe('the settings', () => {
  it('are in order when complete, well-formed and https', () => {
    expect(judgeSettings(SETTINGS).map(({ verdict }) => verdict)).toEqual(['ok', 'ok']);
  });

  it.each([
    ['a missing secret', { SHOPIFY_API_SECRET: '' }, 'SHOPIFY_API_SECRET'],
    ['a plain http address', { SHOPIFY_APP_URL: 'http://relance.example.com' }, 'not https'],
    ['an address with a path', { SHOPIFY_APP_URL: 'https://relance.example.com/app' }, 'a path'],
    ['no role for the worker', { WORKER_DATABASE_URL: '' }, 'WORKER_DATABASE_URL'],
    ['one role for both', { WORKER_DATABASE_URL: SETTINGS.DATABASE_URL }, 'the same'],
    ['a short metrics token', { METRICS_TOKEN: 'short' }, 'METRICS_TOKEN'],
  ])('are to be mended with %s, without a value being told', (_what, change, said) => {
    const found = judgeSettings({ ...SETTINGS, ...change });
    expect(mends(found).join()).toContain(said);
    expect(tell(found)).not.toMatch(/secret@|shpss_|llll|mmmm/);
  });

  it('of a local run are a note, not a fault', () => {
    const found = judgeSettings({ ...SETTINGS, SHOPIFY_APP_URL: 'http://127.0.0.1:4401' });
    expect([isHealthy(found), found.some(({ verdict }) => verdict === 'note')]).toEqual([true, true]);
  });
});

const APP: DatabaseFacts = {
  user: 'relance_app',
  superuser: false,
  bypassesRls: false,
  version: 180_004,
  clockAheadMs: 20,
  unguarded: [],
  seesAllShops: false,
  isOwner: false,
  missingMigrations: [],
  missingQueues: [],
};
const WORKER: DatabaseFacts = { ...APP, user: 'relance_worker', seesAllShops: true };

describe('the database', () => {
  it('is in order for each role with what it needs and no more', () => {
    for (const found of [judgeDatabase('app', APP), judgeDatabase('worker', WORKER)])
      expect(found).toMatchObject([{ verdict: 'ok' }]);
    expect(isHealthy(judgeDatabase('owner', { ...APP, user: 'relance_owner', isOwner: true }))).toBe(true);
  });

  it.each<[string, Parameters<typeof judgeDatabase>, string]>([
    ['is away', ['app', { unreachable: 'connect ECONNREFUSED' }], 'cannot be reached: connect ECONNREFUSED'],
    ['is used by a superuser', ['app', { ...APP, superuser: true }], 'is a superuser'],
    [
      'is used by a role past row-level security',
      ['app', { ...APP, bypassesRls: true }],
      'passes row-level security by',
    ],
    ['is used by the web process as the worker', ['app', WORKER], 'more than the web process needs'],
    ['is used by the web process as the owner', ['app', { ...APP, isOwner: true }], 'more than the web process needs'],
    ['is used by the worker as the app', ['worker', APP], 'nothing would ever be sent'],
    ['is too old', ['app', { ...APP, version: 170_002 }], 'Postgres 17 is too old'],
    ['was never migrated', ['app', { ...APP, missingMigrations: null }], 'never made'],
    ['lacks a migration', ['app', { ...APP, missingMigrations: ['0009_birthdays'] }], '0009_birthdays'],
    ['has no queue', ['worker', { ...WORKER, missingQueues: null }], 'the queue is not there'],
    ['lacks a queue', ['worker', { ...WORKER, missingQueues: ['codes.tidy'] }], 'codes.tidy'],
    ['lets shops see each other', ['app', { ...APP, unguarded: ['messages'] }], 'not forced on messages'],
  ])('is to be mended when it %s', (_what, [role, facts], said) => {
    const found = judgeDatabase(role, facts);
    expect(mends(found).join()).toContain(said);
    expect(found.every(({ verdict, todo }) => verdict !== 'mend' || todo)).toBe(true);
    expect(found.some(({ verdict }) => verdict === 'ok')).toBe(false);
  });
});

const KEY = 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE';
const WEBHOOK: EventWebhook = {
  enabled: true,
  url: 'https://relance.example.com/webhooks/sendgrid',
  publicKey: KEY,
  events: ['processed', 'delivered', 'bounce', 'dropped', 'click', 'spam_report', 'unsubscribe', 'deferred'],
};
const DOMAIN_SCOPES = ['whitelabel.create', 'whitelabel.read', 'whitelabel.update', 'whitelabel.delete'];
const ACCOUNT: Account = {
  scopes: { answer: ['mail.send', 'recipients.erasejob.create', ...DOMAIN_SCOPES] },
  webhooks: { answer: [{ ...WEBHOOK, url: 'https://elsewhere.example/hook' }, WEBHOOK] },
  senders: { answer: [] },
  domains: { answer: ['mail.example.com'] },
};
const WANTED = { appUrl: 'https://relance.example.com/', publicKey: KEY, senderEmail: 'Hello@mail.example.com' };

describe('SendGrid', () => {
  it('is in order with a key that may send, a signed webhook and an authenticated domain', () => {
    expect(judgeSendgrid(ACCOUNT, WANTED).map(({ verdict }) => verdict)).toEqual(['ok', 'ok', 'ok']);
    const pem = `-----BEGIN PUBLIC KEY-----\n${KEY}\n-----END PUBLIC KEY-----`;
    expect(isHealthy(judgeSendgrid(ACCOUNT, { ...WANTED, publicKey: pem }))).toBe(true);
  });

  it('without a key is a note: the app runs, and everything waits', () => {
    expect(judgeSendgrid(null, WANTED)).toMatchObject([{ verdict: 'note' }]);
  });

  const webhooks = (change: Partial<EventWebhook>) => ({ webhooks: { answer: [{ ...WEBHOOK, ...change }] } });
  it.each<[string, Partial<Account>, Partial<typeof WANTED>, string]>([
    ['the key is refused', { scopes: { failed: 'key-refused', messages: [] } }, {}, 'refuses it'],
    ['SendGrid is away', { scopes: { failed: 'unreachable', messages: [] } }, {}, 'cannot be asked'],
    ['the key may not send', { scopes: { answer: ['recipients.erasejob.create'] } }, {}, 'Mail Send'],
    ['the key may not erase', { scopes: { answer: ['mail.send'] } }, {}, 'Erasure'],
    ['no webhook comes here', { webhooks: { answer: [] } }, {}, 'none goes to https://relance.example.com/webhooks'],
    ['the webhook is off', webhooks({ enabled: false }), {}, 'switched off'],
    ['bounces are not told', webhooks({ events: ['processed', 'delivered'] }), {}, 'bounce, dropped'],
    ['the webhook is not signed', webhooks({ publicKey: null }), {}, 'not signed'],
    ['another key is set', {}, { publicKey: 'MFkwOther' }, 'is not its key'],
    ['no key is set', {}, { publicKey: '' }, 'is not set: all events are refused'],
    ['the sender is not verified', { domains: { answer: [] } }, {}, 'not verified SENDER_EMAIL'],
    ['the sender is at a mail provider', {}, { senderEmail: 'a@gmail.com' }, 'gmail.com'],
  ])('is to be mended when %s', (_what, account, wanted, said) => {
    expect(mends(judgeSendgrid({ ...ACCOUNT, ...account }, { ...WANTED, ...wanted })).join()).toContain(said);
  });

  it('notes a key with which shops cannot connect their domain', () => {
    const scopes = { answer: ['mail.send', 'recipients.erasejob.create', 'whitelabel.read'] };
    const [first, second] = judgeSendgrid({ ...ACCOUNT, scopes }, WANTED);
    expect([first?.verdict, second?.verdict]).toEqual(['ok', 'note']);
    expect(second?.what).toContain('whitelabel.create, whitelabel.update, whitelabel.delete');
  });

  it('asks for what subusers need, where they are switched on', () => {
    const more = [
      ...['subusers.create', 'subusers.read', 'subusers.update', 'ips.read', 'api_keys.create'],
      ...['user.webhooks.event.settings.read', 'user.webhooks.event.settings.update'],
    ];
    const scopes = { answer: ['mail.send', 'recipients.erasejob.create', ...DOMAIN_SCOPES, ...more] };
    const on = { ...WANTED, subusers: true };
    const full: Account = { ...ACCOUNT, scopes, ips: { answer: ['198.51.100.7'] } };
    expect(judgeSendgrid(full, on).at(-1)).toMatchObject({ about: 'SendGrid subusers', verdict: 'ok' });
    const found = mends(judgeSendgrid({ ...ACCOUNT, ips: { answer: [] }, domains: { answer: [] } }, on)).join();
    for (const said of ['lacks subusers.create', 'no IP address', 'never a single verified address'])
      expect(found).toContain(said);
  });

  it('notes a verified address at a domain that is not authenticated, and what a key may not tell', () => {
    const single: Account = { ...ACCOUNT, domains: { answer: [] }, senders: { answer: ['hello@mail.example.com'] } };
    expect(judgeSendgrid(single, WANTED).at(-1)).toMatchObject({ verdict: 'note' });
    const shy = { failed: 'not-allowed' as const, messages: [] };
    const found = judgeSendgrid({ scopes: ACCOUNT.scopes, webhooks: shy, senders: shy, domains: shy }, WANTED);
    expect(found.map(({ verdict }) => verdict)).toEqual(['ok', 'note', 'note']);
  });
});

describe('the Shopify app', () => {
  const own = readAppToml(readFileSync('shopify.app.toml', 'utf8'));
  const linked = { ...own, clientId: 'client-id' };
  const settings = { apiKey: 'client-id', appUrl: 'https://relance.example.com', scopes: own.scopes };

  it('is read from the file the Shopify CLI writes', () => {
    expect(own).toEqual({
      clientId: '',
      applicationUrl: 'https://relance.example.com/app',
      scopes: expect.stringContaining('read_orders'),
      apiVersion: expect.stringMatching(/^\d{4}-\d{2}$/),
    });
  });

  it('is in order when linked and the same as the settings, in whatever order the scopes stand', () => {
    const scopes = own.scopes.split(',').toReversed().join(' ');
    expect(judgeShopify(linked, { ...settings, scopes })).toMatchObject([{ verdict: 'ok' }]);
    expect(judgeShopify(own, settings)).toMatchObject([{ verdict: 'note' }]);
    expect(judgeShopify(null, settings)).toMatchObject([{ verdict: 'note' }]);
  });

  it.each([
    ['another app', { clientId: 'another' }, {}, 'SHOPIFY_API_KEY'],
    ['another address', { applicationUrl: 'https://old.example.com/app' }, {}, 'different places'],
    ['another version', { apiVersion: '2025-01' }, {}, '2025-01'],
    ['fewer scopes set', {}, { scopes: own.scopes.replace('write_discounts', '') }, 'differ by write_discounts'],
    ['more scopes set', {}, { scopes: `${own.scopes},read_reports` }, 'differ by read_reports'],
  ])('is to be mended with %s', (_what, toml, change, said) => {
    expect(mends(judgeShopify({ ...linked, ...toml }, { ...settings, ...change })).join()).toContain(said);
  });
});
