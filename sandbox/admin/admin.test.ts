import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../main';
import { checkIdToken } from '../shopify/id-token';

const app = { apiKey: 'key', apiSecret: 'secret' };
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ ...app, appUrl: 'http://127.0.0.1:4999', scopes: 'read_orders,write_customers' });
  sandbox.context.actions.createShop({ handle: 'one', name: 'One <b>& only</b>' });
  sandbox.context.actions.createShop({ handle: 'two' });
});
afterAll(() => sandbox.close());

const visit = (path: string, init: RequestInit = {}) =>
  fetch(`${sandbox.url}/admin${path}`, { redirect: 'manual', ...init });
const post = (path: string, headers: Record<string, string> = {}, body?: URLSearchParams) =>
  visit(path, { method: 'POST', headers, ...(body ? { body } : {}) });

/** What the page hands to host.js. */
async function hostData(path: string): Promise<{ launchUrl: string; appOrigin: string; root: string }> {
  const page = await (await visit(path)).text();
  return JSON.parse(/id="host-data">(.*?)<\/script>/.exec(page)?.[1] ?? '');
}

describe('the admin', () => {
  it('lists the stores with their names as text', async () => {
    const page = await (await visit('')).text();
    expect(page).toContain('One &lt;b&gt;&amp; only&lt;/b&gt;');
    expect(page).toContain('two.myshopify.com');
  });

  it('gives no id token for a shop without the app, and asks for the install first', async () => {
    expect((await visit('/store/two/apps/relance')).headers.get('location')).toBe('/admin/store/two/install');
    expect((await post('/store/two/id-token')).status).toBe(409);
    expect((await post('/store/nobody/id-token')).status).toBe(404);
  });

  it('says what the app may do, then installs it with one click', async () => {
    const page = await (await visit('/store/one/install', { headers: { 'Accept-Language': 'en' } })).text();
    expect(page).toContain('View: orders');
    expect(page).toContain('View and edit: customers');
    expect((await post('/store/one/install')).headers.get('location')).toBe('/admin/store/one/apps/relance');
    expect(sandbox.context.state.shop('one').installation?.scopes).toEqual(['read_orders', 'write_customers']);
  });

  it('opens the app in a frame at the page asked for, with a token for this shop only', async () => {
    const data = await hostData('/store/one/apps/relance/scenarios/welcome?tab=texts');
    const url = new URL(data.launchUrl);
    expect([url.origin, url.pathname, url.searchParams.get('tab')]).toEqual([
      data.appOrigin,
      '/app/scenarios/welcome',
      'texts',
    ]);
    const token = url.searchParams.get('id_token') ?? '';
    expect(checkIdToken(token, { ...app, shop: 'one.myshopify.com' })).toMatchObject({
      sid: url.searchParams.get('session'),
    });
    expect(checkIdToken(token, { ...app, shop: 'two.myshopify.com' })).toBe('it is for another shop');
  });

  it('gives fresh id tokens to its own page and to no other', async () => {
    const { token } = (await (await post('/store/one/id-token', { origin: sandbox.url })).json()) as { token: string };
    expect(checkIdToken(token, { ...app, shop: 'one.myshopify.com' })).toMatchObject({
      dest: 'https://one.myshopify.com',
    });
    expect((await post('/store/one/id-token', { origin: 'http://127.0.0.1:4999' })).status).toBe(403);
    expect((await post('/store/one/uninstall', { origin: 'https://evil.example' })).status).toBe(403);
    expect((await post('/store/one/id-token', { origin: 'null' })).status).toBe(403);
  });

  it('frames the app alone, and lets nobody frame the admin', async () => {
    const policy = (await visit('/store/one/apps/relance')).headers.get('content-security-policy');
    expect(policy).toContain('frame-src http://127.0.0.1:4999;');
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it('remembers the language, for itself and for the app', async () => {
    const answer = await post('/language', {}, new URLSearchParams({ language: 'en', back: '/admin/store/one' }));
    expect(answer.headers.get('location')).toBe('/admin/store/one');
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    const page = await (await visit('/store/one/apps/relance', { headers: { cookie } })).text();
    expect(page).toContain('<html lang="en">');
    expect(page).toContain('&locale=en&');
  });

  it('leads nowhere else after the language was switched', async () => {
    for (const back of [
      'https://evil.example',
      '//evil.example',
      '/admin//evil.example',
      '/admin/\\evil',
      '/adminevil',
    ]) {
      const answer = await post('/language', {}, new URLSearchParams({ language: 'fr', back }));
      expect(new URL(answer.headers.get('location') ?? '', sandbox.url).origin, back).toBe(sandbox.url);
    }
  });

  it('gives the resource picker what is chosen already, whatever is searched for', async () => {
    sandbox.context.actions.createProduct('one', { title: 'Bol' });
    const ask = async (query: string) => {
      const answer = await visit(`/store/one/resources?type=product&${query}`);
      return ((await answer.json()) as { items: { id: string; title: string }[] }).items;
    };
    const bowl = (await ask('q=bol'))[0];
    expect((await ask('q=nothing-like-it')).map(({ title }) => title)).toEqual([]);
    expect((await ask(`q=nothing-like-it&chosen=${bowl?.id}`)).map(({ title }) => title)).toEqual(['Bol']);
  });

  it('offers products to the resource picker, accents and case aside', async () => {
    sandbox.context.actions.createProduct('one', { title: 'Thé d’été', variants: [{ price: 9 }] });
    sandbox.context.actions.createProduct('one', { title: 'Vase' });
    const { items } = (await (await visit('/store/one/resources?type=product&q=THE')).json()) as {
      items: { title: string }[];
    };
    expect(items.map((item) => item.title)).toEqual(['Thé d’été']);
  });

  it('shows the lists of a store whatever its products are called', async () => {
    sandbox.context.actions.createCustomer('one', { email: 'a@mail.example', firstName: '<script>alert(1)</script>' });
    for (const list of ['', '/orders', '/products', '/customers', '/checkouts', '/customers/12']) {
      const answer = await visit(`/store/one${list}`);
      expect(answer.status, list).toBe(200);
      expect(await answer.text()).not.toContain('<script>alert');
    }
  });

  it('uninstalls', async () => {
    await post('/store/one/uninstall', { origin: sandbox.url });
    expect(sandbox.context.state.shop('one').installation).toBeNull();
  });
});
