/** The checks before a scenario is switched on: at once from what was last seen, and a job that looks anew when asked. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import type { AddressSeen } from '../../app/domain/seen';
import { DEFAULT_SHOP_SETTINGS, type ShopSettings } from '../../app/domain/shop';
import { MINUTE } from '../../app/lib/duration';
import { makeLogger } from '../../app/log.server';
import { makeChecks } from '../../app/pipeline/checks/checks';
import { makeCompiledEmails } from '../../app/pipeline/compiled-emails';
import { addDomain } from '../../app/store/authenticated-domains';
import { saveOverlay } from '../../app/store/scenarios';
import { inShop } from '../../app/store/scope';
import { saveShopSettings } from '../../app/store/shop-settings';
import { saveSubuser } from '../../app/store/subusers';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedShop } from './seed';

const START = new Date('2026-03-03T14:40:20Z');
let database: TestDatabase;
let connection: Connection;
let now: Date;
let shopId: number;
/** What the web, Shopify and SendGrid would say, and what they were asked. */
let web: Record<string, AddressSeen>;
let code: object | null;
let asked: string[];
let jobs: unknown[];
let hasProviderKey: boolean;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect({ url: database.appUrl });
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});
beforeEach(async () => {
  now = START;
  shopId = await seedShop(connection.db, { now });
  [web, code, asked, jobs, hasProviderKey] = [{}, null, [], [], true];
});

const THERE: AddressSeen = { state: 'there', bytes: 1000, type: 'text/html' };
const checks = () =>
  makeChecks({
    db: connection.db,
    clock: { now: () => now },
    log: makeLogger('silent'),
    queue: { enqueue: async (_shop, _name, payloads) => void jobs.push(...payloads) },
    compiled: makeCompiledEmails(),
    settings: { hasProviderKey, sharedSender: 'post@relance.example' },
    admin: { run: async () => code as never },
    senders: {
      check: async (email, as) => {
        asked.push(`as ${as}`);
        return email.startsWith('known') ? 'verified' : 'not-verified';
      },
    },
    lookAtAddress: async (address) => {
      asked.push(address);
      return web[address] ?? THERE;
    },
  });
const words = (text: string) => ({ fr: text, en: text });
const save = (change: { offer?: object; blocks?: object[]; subject?: string } = {}) =>
  inShop(connection.db, shopId, (shop) =>
    saveOverlay(shop, {
      scenario: 'welcome',
      structure: null,
      revision: 7,
      at: now,
      overlay: {
        offer: change.offer ?? null,
        emails: {
          'welcome-2': {
            key: 'welcome-2',
            subject: words(change.subject ?? 'Bonjour'),
            previewText: words('Quelques idées'),
            blocks: [...(change.blocks ?? []), { id: 'end', type: 'footer' }],
          },
        },
      },
    }),
  );
const settle = (change: Partial<ShopSettings>) =>
  inShop(connection.db, shopId, (shop) => saveShopSettings(shop, { ...DEFAULT_SHOP_SETTINGS, ...change }));
const look = () => checks().look({ shopId, scenario: 'welcome' });
async function lookOnce(): Promise<void> {
  await checks().ask(shopId, 'welcome');
  await look();
}
const read = () => checks().read(shopId, 'welcome');
const found = async () => (await read()).findings.map(({ code: one }) => one);

const button = (url: string) => ({ id: 'go', type: 'button', label: words('Voir'), link: { to: 'url', url } });

describe('the checks', () => {
  it('find nothing in a scenario as Relance comes, but that it was never looked around', async () => {
    expect(await read()).toEqual({ findings: [], lookedAt: null, looking: false, unseen: expect.any(String) });
    await lookOnce();
    expect(await read()).toEqual({ findings: [], lookedAt: START, looking: false, unseen: null });
    expect(asked).toEqual(['https://lune.example']);
  });

  it('keep what was seen, tell which e-mail and which block, and forget it with the address', async () => {
    await save({ blocks: [button('https://gone.example/')] });
    web['https://gone.example/'] = { state: 'gone', status: 404 };
    await lookOnce();
    expect((await read()).findings).toEqual([
      {
        code: 'link-gone',
        level: 'mend',
        place: { in: 'email', email: 'welcome-2', number: 2, path: 'blocks.0.link', block: 'go', language: null },
        facts: { address: 'https://gone.example/', status: 404 },
      },
    ]);
    expect(await checks().inTheWay(shopId, 'welcome')).toHaveLength(1);
    await save({ blocks: [button('https://other.example/')] });
    expect(await read()).toMatchObject({ findings: [], unseen: 'https://other.example/' });
    expect(await checks().inTheWay(shopId, 'welcome')).toEqual([]);
  });

  it('tell pictures that are heavy or none, and addresses that answer badly or lead inside', async () => {
    const image = (id: string, url: string) => ({ id, type: 'image', url, alt: words('Photo') });
    const blocks = ['heavy', 'page', 'inside', 'unwell', 'closed'].map((id) => image(id, `https://${id}.example/`));
    await save({ blocks });
    web = {
      'https://heavy.example/': { state: 'there', bytes: 1_234_567, type: 'image/jpeg' },
      'https://page.example/': THERE,
      'https://inside.example/': { state: 'not-public' },
      'https://unwell.example/': { state: 'unclear', status: 503 },
      'https://closed.example/': { state: 'unclear', status: 403 },
    };
    await lookOnce();
    expect(await found()).toEqual(['picture-no-picture', 'picture-not-public', 'picture-heavy', 'picture-unwell']);
  });

  it('ask for the code of one’s own, and for a sender of one’s own', async () => {
    const offer = { kind: 'fixed-code', code: 'LUNE10', description: words('10 %'), endsOn: '2026-05-01' };
    await save({ offer });
    await settle({ senderEmail: 'unknown@lune.example' });
    expect((await read()).unseen).toContain('LUNE10');
    await lookOnce();
    expect(await found()).toEqual(['sender-not-verified', 'code-gone']);
    code = { id: 'gid://shopify/DiscountCodeNode/1', title: 'Lune', status: 'expired' };
    await settle({ senderEmail: 'known@lune.example' });
    await lookOnce();
    expect(await found()).toEqual(['code-ended']);
  });

  it('know a sender at the domain the shop proved itself, and ask for any other as whom it sends', async () => {
    await inShop(connection.db, shopId, async (shop) => {
      const domain = { domain: 'lune.example', senderEmail: 'unknown@lune.example', providerId: '7', adopted: false };
      await addDomain(shop, { ...domain, records: [], status: 'valid', statusSince: now, lookDueAt: now });
      await saveSubuser(shop, { username: 'relance-7' });
    });
    await settle({ senderEmail: 'unknown@lune.example' });
    await lookOnce();
    expect(await found()).toEqual([]);
    await settle({ senderEmail: 'unknown@sol.example' });
    await look();
    expect([await found(), asked]).toMatchObject([['sender-not-verified'], expect.arrayContaining(['as relance-7'])]);
  });

  it('tell an address that is missing, and nothing an owner cannot mend', async () => {
    const address = { company: '', line1: ' ', line2: '', postalCode: '', city: '', region: '', country: '' };
    await settle({ address });
    expect(await found()).toEqual(['address-missing']);
    hasProviderKey = false;
    expect((await read()).findings).toMatchObject([{ code: 'service-missing', level: 'warning' }]);
  });

  it('tell words of the languages the shop writes in alone, with their place', async () => {
    await save({ subject: 'Act now, cliquez ici' });
    await settle({ languages: { use: ['fr'], fallback: null } });
    expect((await read()).findings).toMatchObject([
      {
        code: 'trigger-phrase',
        level: 'hint',
        place: { path: 'subject', language: 'fr' },
        facts: { found: 'cliquez ici' },
      },
    ]);
  });

  it('tell a logo and a profile that are gone, with the page they are chosen on', async () => {
    const [logoUrl, profile] = ['https://gone.example/logo.png', 'https://gone.example/lune'];
    await settle({ brand: { ...DEFAULT_SHOP_SETTINGS.brand, logoUrl, socialLinks: [profile] } });
    web = { [logoUrl]: { state: 'gone', status: 404 }, [profile]: { state: 'gone', status: 410 } };
    await lookOnce();
    expect((await read()).findings.map(({ code: one, place }) => [one, place])).toEqual([
      ['picture-gone', { in: 'brand' }],
      ['link-gone', { in: 'brand' }],
    ]);
  });
});

describe('a look', () => {
  it('is put on the queue once while it is waited for, and again when it is lost', async () => {
    await checks().ask(shopId, 'welcome');
    await checks().ask(shopId, 'welcome');
    expect(jobs).toEqual([{ shopId, scenario: 'welcome' }]);
    expect(await read()).toMatchObject({ looking: true });
    now = new Date(START.getTime() + 3 * MINUTE);
    expect(await read()).toMatchObject({ looking: false });
    await checks().ask(shopId, 'welcome');
    expect(jobs).toHaveLength(2);
    await look();
    expect(await read()).toMatchObject({ looking: false, lookedAt: now });
    await checks().ask(shopId, 'welcome');
    expect(jobs).toHaveLength(3);
  });

  it('is of one shop, and of none that left', async () => {
    const other = await seedShop(connection.db, { now });
    await lookOnce();
    expect((await checks().read(other, 'welcome')).lookedAt).toBeNull();
    await checks().look({ shopId: 999_999, scenario: 'welcome' });
    await checks().look({ shopId, scenario: 'no-such-thing' });
    expect(asked).toHaveLength(1);
  });
});
