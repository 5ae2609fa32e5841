/** Who may ask what: no token, an old one, a forged one, another store’s ids, and bodies nobody should send. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_SHOP_SETTINGS } from '../../app/domain/shop';
import { DAY } from '../../app/lib/duration';
import { signToken } from '../../app/lib/signed-token';
import type { Shopper } from '../harness/shopper';
import { type Store, switchOn } from '../harness/store';
import { runningStack } from '../setup/stack';
import { enterWorld } from './enter-world';

const world = await enterWorld();
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
let mine: Store;
let theirs: Store;
let lea: Shopper;

beforeAll(async () => {
  mine = await world.openStore({ handle: 'mine' });
  theirs = await world.openStore({ handle: 'theirs' });
  lea = await theirs.shopper({
    email: 'lea-of-theirs@example.com',
    firstName: 'Léa',
    subscribedAt: new Date(world.now().getTime() - 30 * DAY).toISOString(),
  });
  for (const store of [mine, theirs]) await store.install();
  await world.settle();
}, 60_000);

/** An id token for a store, as good or bad as wished. */
async function idToken(store: Store, wish: { lifetimeSeconds?: number; secret?: string } = {}): Promise<string> {
  return (await world.sandbox.post<{ idToken: string }>(`/control/api/shops/${store.domain}/id-token`, wish)).idToken;
}

const ask = (path: string, token: string | null, init: RequestInit = {}) =>
  fetch(`${world.stack.appUrl}${path}`, {
    redirect: 'manual',
    ...init,
    headers: {
      'user-agent': BROWSER,
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(init.body ? { 'content-type': 'application/json' } : {}),
    },
  });

const PAGES = ['/app.data', '/app/audiences', '/app/scenarios.data', '/app/customers.data', '/app/settings.data'];
const SWITCH = { method: 'POST', body: JSON.stringify({ intent: 'switch', key: 'welcome', on: true }) };

const isOn = async (store: Store) =>
  (await store.ask<{ enabled: boolean }>("select enabled from scenario_settings where scenario = 'welcome'"))[0]
    ?.enabled ?? false;

describe('an id token', () => {
  it.each<[string, () => Promise<string | null>]>([
    ['that is missing', async () => null],
    ['that is no token', async () => 'abc.def.ghi'],
    ['that has expired', () => idToken(mine, { lifetimeSeconds: -120 })],
    ['that somebody else signed', () => idToken(mine, { secret: 'not-the-secret' })],
  ])('%s shows nothing and changes nothing', async (_what, make) => {
    const token = await make();
    for (const path of PAGES) {
      const answer = await ask(path, token);
      const body = await answer.text();
      expect([path, answer.status < 500]).toEqual([path, true]);
      expect(body).not.toMatch(/"scenarios"|"customers"|"settings"|"figures"|"mayBeEmailed"/);
    }
    await ask('/app/scenarios.data', token, SWITCH);
    expect(await isOn(mine)).toBe(false);
  });

  it('that is good opens its own store', async () => {
    for (const path of PAGES) expect([path, (await ask(path, await idToken(mine))).status]).toEqual([path, 200]);
  });
});

describe('another store', () => {
  it('sees none of our customers, by list, search or id', async () => {
    const token = await idToken(mine);
    const search = '/app/customers/search?q=lea';
    for (const path of [
      '/app/customers.data',
      '/app/customers.data?q=lea',
      search,
      `/app/customers/${lea.id()}.data`,
    ]) {
      const body = await (await ask(path, token)).text();
      expect(body).not.toMatch(/lea-of-theirs|Léa/);
    }
    expect((await ask(`/app/customers/${lea.id()}.data`, token)).status).toBe(404);
    for (const path of ['/app/customers.data', search])
      expect(await (await ask(path, await idToken(theirs))).text()).toContain('lea-of-theirs');
  });

  it('previews no e-mail as one of our customers', async () => {
    const body = JSON.stringify({ email: 'welcome-1', customerId: lea.id(), language: null, draft: {} });
    const request = { method: 'POST', body };
    const answer = await ask('/app/scenarios/welcome/preview.data', await idToken(mine), request);
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toMatch(/lea-of-theirs|Léa/);
  });

  it('sends no test e-mail as one of our customers', async () => {
    const to = 'owner-of-mine@example.com';
    const body = JSON.stringify({ email: 'welcome-1', to, customerId: lea.id(), language: 'fr', draft: {} });
    const answer = await ask('/app/scenarios/welcome/test.data', await idToken(mine), { method: 'POST', body });
    expect(await answer.text()).toContain('unknown-customer');
    expect(await world.mailbox.list({ to, all: true })).toEqual([]);
  });

  it('saves no scenario and no settings of ours', async () => {
    await mine.admin.saveDelays('welcome', { 'two-days': '3d' });
    await mine.admin.saveSettings({ senderName: 'Mine alone' });
    const overlays = await theirs.ask("select overlay from scenario_settings where overlay <> '{}'");
    const settings = await theirs.ask('select settings from shops');
    expect([overlays, settings]).toEqual([[], [{ settings: {} }]]);
  });

  it('opens no preferences of ours, nor anybody with a token of their own making', async () => {
    const link = (payload: string, secret: string) => signToken(secret, 'preferences', payload);
    const { settings, logDir } = runningStack();
    const good = link(`${theirs.shopId()}:${lea.id()}`, settings.linkSecret);
    const [payload = '', signature = ''] = good.split('.');
    const elsewhere = Buffer.from(`${mine.shopId()}:${lea.id()}`).toString('base64url');
    const forged = [
      link(`${theirs.shopId()}:${lea.id()}`, 'not-the-secret'),
      `${elsewhere}.${signature}`,
      // At its beginning: of what ends a signature, some bits mean nothing, and one in 256 ends like the forged one anyway.
      `${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
      payload,
      '%00',
      '%E0%A4%A',
    ];
    for (const token of forged) {
      expect([token, (await ask(`/preferences/${token}`, null)).status < 500]).toEqual([token, true]);
      await ask(`/unsubscribe/${token}`, null, { method: 'POST' });
    }
    const consent = 'select consent_state from customers where id = $1';
    expect(await theirs.ask(consent, [lea.id()])).toEqual([{ consentState: 'subscribed' }]);
    // What is refused above is refused for its token alone.
    expect((await ask(`/preferences/${good}`, null)).status).toBe(200);
    const log = () => readFileSync(`${logDir}/web.log`, 'utf8');
    await expect.poll(log).toMatch(/"method":"GET","path":"\/preferences\/…","status":200/);
    expect(log()).not.toContain(payload);
  });

  it('switches nothing of ours', async () => {
    await switchOn(mine, 'welcome');
    expect(await isOn(mine)).toBe(true);
    expect(await isOn(theirs)).toBe(false);
  });
});

describe('a body nobody should send', () => {
  it.each([
    ['no JSON', '{"intent":'],
    ['another shape', '{"intent":"switch","key":"no-such","on":"yes"}'],
    ['a list', '[]'],
    ['nothing', ' '],
    ['far too much', JSON.stringify({ intent: 'switch', key: 'welcome', on: true, more: 'x'.repeat(3_000_000) })],
    ['a prototype', '{"__proto__":{"on":true},"intent":"switch"}'],
  ])('(%s) gets a plain refusal', async (_what, body) => {
    for (const path of ['/app/scenarios.data', '/app/settings.data', '/app/scenarios/welcome/preview.data']) {
      const answer = await ask(path, await idToken(theirs), { method: 'POST', body });
      // The settings' form answers refused fields as data.
      const refused = answer.status >= 400 || (await answer.text()).includes('"errors"');
      expect([path, refused, answer.status < 500]).toEqual([path, true, true]);
    }
    expect(await isOn(theirs)).toBe(false);
  });

  it('without a length is refused once it is far too much', async () => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        if (sent > 40) controller.close();
        else controller.enqueue(new Uint8Array(1_000_000).fill(0x20));
      },
    });
    const request = { method: 'POST', body, duplex: 'half' } as const;
    const answer = await ask('/app/settings.data', await idToken(theirs), request);
    expect(answer.status).toBe(413);
  });

  it('may hold characters that the database refuses: nothing breaks', async () => {
    const token = await idToken(theirs);
    const settings = { ...DEFAULT_SHOP_SETTINGS, senderName: 'L\0u\ud800ne', leftOutTags: ['\0'] };
    const asked: [string, object | null][] = [
      ['/app/customers.data?q=%00', null],
      ['/app/customers.data?q=%ED%A0%80', null],
      ['/app/customers/%00.data', null],
      ['/app/scenarios/welcome/preview.data', { email: 'welcome-1', customerId: '\0', language: null, draft: {} }],
      ['/app/scenarios/welcome/test.data', { email: '\0', to: 'a@b.example', customerId: '\0', language: 'fr' }],
      [
        '/app/scenarios/welcome.data',
        { intent: 'save', overlay: { delays: { '\0': '1h' }, emails: { '\ud800': {} } } },
      ],
      ['/app/settings.data', { settings }],
    ];
    for (const [path, json] of asked) {
      const request = json === null ? {} : { method: 'POST', body: JSON.stringify(json) };
      expect([path, (await ask(path, token, request)).status < 500]).toEqual([path, true]);
    }
    const rows = await theirs.ask<{ settings: object }>('select settings from shops');
    expect(rows).toMatchObject([{ settings: { senderName: 'L\uFFFDu\uFFFDne', leftOutTags: ['\uFFFD'] } }]);
  });

  it('an unknown scenario or page is not found', async () => {
    const token = await idToken(mine);
    for (const path of ['/app/scenarios/no-such.data', '/app/customers/0.data', '/app/nowhere.data', '/nowhere'])
      expect([path, (await ask(path, token)).status]).toEqual([path, 404]);
  });
});
