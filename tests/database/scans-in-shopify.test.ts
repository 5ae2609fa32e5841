// What the scans read from Shopify and tell it, against the sandbox: birth dates wherever the owner keeps them, the VIP tag.
import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BirthDateSource } from '../../app/domain/birth-date-source';
import { DEFAULT_SHOP_SETTINGS } from '../../app/domain/shop';
import { makeCommands } from '../../app/pipeline/commands';
import { makeCompiledEmails } from '../../app/pipeline/compiled-emails';
import { makeVipTagPush } from '../../app/pipeline/vip-tag-push';
import { listImports } from '../../app/store/imports';
import { customers } from '../../app/store/schema';
import { startTestSandbox, type TestSandbox } from '../../sandbox/shopify/test-sandbox';
import { type Door, openDoor } from './shopify-door';

let door: Door;
let test: TestSandbox;
beforeAll(async () => {
  door = await openDoor({ clock: { now: () => new Date(test.sandbox.context.clock.now()) } });
  test = await startTestSandbox({ appUrl: new URL(door.url).origin, appToml: 'shopify.app.toml', scopes: undefined });
});
afterAll(async () => {
  await test.close();
  await door.close();
});

const actions = () => test.sandbox.context.actions;
let count = 0;

/** A French store with these customers, installed and imported. */
async function openStore(people: readonly { tags?: string[]; fields?: Record<string, string> }[]) {
  count += 1;
  const domain = `scan-${count}.myshopify.com`;
  actions().createShop({ handle: `scan-${count}`, name: `Store ${count}` });
  const ids = people.map(({ tags = [], fields = {} }, place) => {
    const { id } = actions().createCustomer(domain, { email: `scan${place}@example.com`, tags });
    for (const [name, value] of Object.entries(fields)) setField(domain, id, name, value);
    return id;
  });
  const shopId = await install(domain);
  await importAll(shopId);
  return { domain, shopId, ids };
}

function setField(domain: string, id: string, name: string, value: string): void {
  const [namespace = '', key = ''] = name.split('.');
  const type = /^\d{4}-/.test(value) ? 'date' : 'single_line_text_field';
  actions().setMetafield(domain, `gid://shopify/Customer/${id}`, { namespace, key, value, type });
}

async function install(domain: string): Promise<number> {
  actions().installApp(domain);
  const { session } = await test.shopify.auth.tokenExchange({
    shop: domain,
    sessionToken: test.idToken(domain),
    requestedTokenType: 'urn:shopify:params:oauth:token-type:offline-access-token' as never,
    expiring: true,
  });
  await door.sessionStorage.storeSession(session);
  await door.onInstalled({ shopDomain: domain, scopes: session.scope ?? '' });
  const [row] = await door.db.execute<{ shop_id: number }>(
    sql`select shop_id from shop_domains where domain = ${domain}`,
  );
  return row?.shop_id ?? 0;
}

async function importAll(shopId: number): Promise<void> {
  for (let looks = 0; looks < 200; looks += 1) {
    await door.importShop({ shopId });
    const rows = await door.inShop(shopId, listImports);
    if (rows.every(({ status }) => status === 'done')) return;
    await test.sandbox.context.webhooks.idle();
  }
  throw new Error('The import does not end');
}

const birthDates = (shopId: number, ids: readonly string[]) =>
  door.inShop(shopId, async ({ tx }) => {
    const rows = await tx.select().from(customers).where(eq(customers.shopId, shopId));
    return ids.map((id) => rows.find((row) => row.id === id)?.birthDate ?? null);
  });

const commands = () =>
  makeCommands({
    ...door,
    ...{ mailer: null, senders: null, compiled: makeCompiledEmails() },
    links: { appUrl: 'https://relance.example', linkSecret: 'l'.repeat(32) },
    settings: { hasProviderKey: false, sharedSender: null },
  });
const keepIn = (shopId: number, birthDateFrom: BirthDateSource) =>
  commands().saveSettings(shopId, { ...DEFAULT_SHOP_SETTINGS, birthDateFrom });
const importJobs = async (shopId: number) => (await door.boss.findJobs('shop.import', { data: { shopId } })).length;

describe('birth dates', () => {
  const PEOPLE = [
    { fields: { 'facts.birth_date': '1990-03-04' }, tags: ['birthday:01/02/1980'] },
    { fields: { 'custom.birthday': '1991-04-05' } },
    { fields: { 'custom.birthday': 'soon' }, tags: ['birthday:06/05/1992'] },
    { tags: ['birthday:never', 'VIP'] },
    {},
  ];

  it('are read from Shopify’s own metafield, then wherever the owner says, by reading the customers anew', async () => {
    const { shopId, ids } = await openStore(PEOPLE);
    expect(await birthDates(shopId, ids)).toEqual(['1990-03-04', null, null, null, null]);
    const before = await importJobs(shopId);
    expect(await keepIn(shopId, { from: 'metafield', key: 'custom.birthday' })).toEqual({ ok: true });
    expect(await importJobs(shopId)).toBe(before + 1);
    await importAll(shopId);
    expect(await birthDates(shopId, ids)).toEqual(['1990-03-04', '1991-04-05', null, null, null]);
    await keepIn(shopId, { from: 'tag', prefix: 'Birthday:' });
    await importAll(shopId);
    expect(await birthDates(shopId, ids)).toEqual(['1990-03-04', null, '1992-05-06', null, null]);
    const jobs = await importJobs(shopId);
    await keepIn(shopId, { from: 'tag', prefix: 'Birthday:' });
    expect(await importJobs(shopId)).toBe(jobs);
  });

  it('that change later are read when Shopify tells of the customer, and by the nightly look', async () => {
    const { domain, shopId, ids } = await openStore([{}, {}]);
    await keepIn(shopId, { from: 'tag', prefix: 'born ' });
    await importAll(shopId);
    actions().setTags(domain, `gid://shopify/Customer/${ids[0]}`, () => ['born 1990-03-04']);
    await test.sandbox.context.webhooks.idle();
    await door.work(shopId);
    expect(await birthDates(shopId, ids)).toEqual(['1990-03-04', null]);
    await keepIn(shopId, { from: 'metafield', key: 'custom.birthday' });
    await importAll(shopId);
    setField(domain, ids[1] ?? '', 'custom.birthday', '1985-06-07');
    actions().setTags(domain, `gid://shopify/Customer/${ids[1]}`, () => ['touched']);
    await test.sandbox.context.webhooks.idle();
    await door.reconcile({ shopId });
    expect(await birthDates(shopId, ids)).toEqual([null, '1985-06-07']);
  });

  it('are looked for only where a metafield or a tag can be', async () => {
    const { shopId } = await openStore([]);
    const wrong = [
      [{ from: 'metafield', key: 'custom' }, 'birthDateFrom.key', 'not-a-metafield'],
      [{ from: 'metafield', key: 'custom.x") { value } } #' }, 'birthDateFrom.key', 'not-a-metafield'],
      [{ from: 'tag', prefix: ' ' }, 'birthDateFrom.prefix', 'required'],
      [{ from: 'moon', prefix: 'x' }, 'birthDateFrom.from', 'malformed'],
    ] as const;
    for (const [source, path, code] of wrong) {
      const saved = await keepIn(shopId, source as never);
      expect(saved).toMatchObject({ ok: false, errors: [{ path, code }] });
    }
  });
});

describe('the VIP tag', () => {
  const tagsOf = (domain: string, id: string) => test.sandbox.context.state.shop(domain).customers.get(id)?.tags;
  const push = (shopId: number, customerId: string) => makeVipTagPush(door)({ shopId, customerId });
  const become = (shopId: number, id: string, vipSince: Date | null) =>
    door.inShop(shopId, ({ tx }) =>
      tx
        .update(customers)
        .set({ vipSince })
        .where(and(eq(customers.shopId, shopId), eq(customers.id, id))),
    );

  it('is set on whoever is one, however often it is pushed, and taken away when they leave', async () => {
    const { domain, shopId, ids } = await openStore([{ tags: ['friend'] }]);
    const [id = ''] = ids;
    await become(shopId, id, new Date());
    for (let turn = 0; turn < 2; turn += 1) await push(shopId, id);
    expect(tagsOf(domain, id)).toEqual(['friend', 'VIP']);
    await become(shopId, id, null);
    for (let turn = 0; turn < 2; turn += 1) await push(shopId, id);
    expect(tagsOf(domain, id)).toEqual(['friend']);
  });

  it('that the owner set stays', async () => {
    const { domain, shopId, ids } = await openStore([{ tags: ['vip'] }]);
    const [id = ''] = ids;
    await become(shopId, id, new Date());
    await push(shopId, id);
    await become(shopId, id, null);
    await push(shopId, id);
    expect(tagsOf(domain, id)).toEqual(['vip']);
  });

  it('of somebody whom Shopify no longer has is nobody’s', async () => {
    const { shopId, ids } = await openStore([{}]);
    await door.inShop(shopId, ({ tx }) =>
      tx.insert(customers).values([
        { shopId, id: '404', vipSince: new Date() },
        { shopId, id: 'guest:a@b.example', vipSince: new Date() },
      ]),
    );
    for (const id of ['404', 'guest:a@b.example', 'nobody', ...ids]) await push(shopId, id);
  });
});
