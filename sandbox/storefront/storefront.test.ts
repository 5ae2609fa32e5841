import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../main';
import { fillSampleStore } from '../sample-store/fill';
import type { ShopState } from '../shopify/state';

let sandbox: Sandbox;
let shop: ShopState;

beforeAll(async () => {
  sandbox = await startSandbox({
    appUrl: 'http://127.0.0.1:9',
    apiKey: 'key',
    apiSecret: 'secret',
    scopes: 'read_orders',
  });
  const { state, actions, clock } = sandbox.context;
  fillSampleStore({
    state,
    actions,
    shop: 'maison-lune',
    counts: { products: 63, customers: 0, openCheckouts: 0 },
    now: clock.now(),
  });
  shop = state.shop('maison-lune');
});
afterAll(() => sandbox.close());

/** A browser as far as the storefront can tell: keeps its cookie, does not follow redirects. */
function visitor(language = 'fr') {
  let cookie = '';
  const ask = async (path: string, form?: Record<string, string>, headers: Record<string, string> = {}) => {
    const response = await fetch(`${sandbox.url}/shop/maison-lune${path}`, {
      redirect: 'manual',
      headers: { 'Accept-Language': language, cookie, ...headers },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    const location = response.headers.get('location')?.replace('/shop/maison-lune', '') ?? '';
    return { status: response.status, location, text: await response.text() };
  };
  return {
    get: (path: string) => ask(path),
    post: (path: string, form: Record<string, string> = {}, headers = {}) => ask(path, form, headers),
  };
}

const variantOf = (title: string): string => {
  const product = [...shop.products.values()].find((one) => one.title === title);
  const variant = product && shop.variantsOf(product).find((one) => one.inventoryQuantity > 0);
  if (!variant) throw new Error(`${title} is not in stock`);
  return variant.id;
};

/** Puts one thing into the cart and goes to the checkout; returns its token. */
async function startCheckout(person: ReturnType<typeof visitor>, title = 'Bougie Fleur d’oranger'): Promise<string> {
  await person.post('/cart/add', { id: variantOf(title), quantity: '1' });
  const { location } = await person.post('/checkout');
  return location.replace('/checkouts/', '');
}

describe('the storefront', () => {
  it('speaks the visitor’s language and shows only what is for sale online', async () => {
    expect((await visitor('fr').get('/')).text).toContain('Les préférés');
    const english = await visitor('en-GB').get('/collections/all');
    expect(english.text).toContain('Letters from the workshop');
    expect(english.text).not.toContain('Ancien modèle');
    expect(english.text).not.toContain('bientôt');
    expect((await visitor().get('/products/vase-ancien-modele')).status).toBe(404);
  });

  it('subscribes a newcomer with consent and language, and a known customer once', async () => {
    await visitor('en').post('/newsletter', { email: 'ruby@mail.example', firstName: 'Ruby' });
    const customer = shop.customerByEmail('ruby@mail.example');
    expect(customer).toMatchObject({ firstName: 'Ruby', locale: 'en', consent: { state: 'SUBSCRIBED' } });
    const at = customer?.consent.updatedAt;
    await visitor('en').post('/newsletter', { email: 'RUBY@mail.example' });
    expect(shop.customerByEmail('ruby@mail.example')?.consent.updatedAt).toBe(at);
  });

  it('leads from the cart through the contact form to a paid order, the campaign kept', async () => {
    const person = visitor();
    await person.get('/?utm_source=relance&utm_campaign=welcome');
    const token = await startCheckout(person);
    const checkout = shop.checkoutByToken(token);
    expect(checkout).toMatchObject({ email: null, landingSite: '/?utm_source=relance&utm_campaign=welcome' });
    expect((await person.get(`/checkouts/${token}`)).text).not.toContain('id="pay"');

    const contact = {
      email: 'zoe@mail.example',
      firstName: 'Zoé',
      address1: '1 rue X',
      city: 'Lyon',
      zip: '69001',
      countryCode: 'FR',
      accepts: '1',
    };
    await person.post(`/checkouts/${token}`, contact);
    expect(checkout).toMatchObject({
      email: 'zoe@mail.example',
      buyerAcceptsMarketing: true,
      shippingAddress: { city: 'Lyon' },
    });
    expect(shop.customerByEmail('zoe@mail.example')?.consent.state).toBe('NOT_SUBSCRIBED');

    const { location } = await person.post(`/checkouts/${token}/pay`);
    expect(location).toMatch(/^\/orders\//);
    expect((await person.get(location)).text).toContain('Merci');
    expect(shop.customerByEmail('zoe@mail.example')?.consent.state).toBe('SUBSCRIBED');
    expect((await person.get('/cart')).text).toContain('Votre panier est vide');
  });

  it('refuses what is no e-mail address and keeps the checkout as it was', async () => {
    const person = visitor();
    const token = await startCheckout(person);
    const answer = await person.post(`/checkouts/${token}`, { email: 'not an address' });
    expect(answer.status).toBe(422);
    expect(shop.checkoutByToken(token)?.email).toBeNull();
  });

  it('reopens an abandoned checkout from its recovery address on another device, and only with its key', async () => {
    const token = await startCheckout(visitor());
    const key = shop.checkoutByToken(token)?.recoveryKey;
    const other = visitor();
    expect((await other.get(`/checkouts/${token}/recover?key=wrong`)).status).toBe(404);
    const { location } = await other.get(`/checkouts/${token}/recover?key=${key}&utm_source=relance`);
    expect(location).toBe(`/checkouts/${token}?utm_source=relance`);
    expect((await other.get('/cart')).text).toContain('Bougie Fleur d’oranger');
    await other.post(`/checkouts/${token}`, { email: 'back@mail.example' });
    await other.post(`/checkouts/${token}/pay`);
    expect((await other.get(`/checkouts/${token}/recover?key=${key}`)).location).toMatch(/^\/orders\//);
  });

  it('brings an open checkout up to date when the shopper goes there again, rather than starting another', async () => {
    const person = visitor();
    const token = await startCheckout(person);
    const again = await startCheckout(person, 'Bougie Rose ancienne');
    expect(again).toBe(token);
    expect(shop.checkoutByToken(token)?.lines).toHaveLength(2);
  });

  it('takes single lines out of a checkout until it is empty', async () => {
    const person = visitor();
    const token = await startCheckout(person);
    const line = shop.checkoutByToken(token)?.lines[0]?.id ?? '';
    await person.post(`/checkouts/${token}/remove`, { line });
    expect(shop.checkoutByToken(token)?.lines).toEqual([]);
    expect((await person.get(`/checkouts/${token}`)).text).toContain('Il ne reste rien');
  });

  it('starts a checkout in the currency the shopper saw', async () => {
    const person = visitor();
    await person.get('/?currency=GBP');
    const token = await startCheckout(person);
    expect(shop.checkoutByToken(token)).toMatchObject({ presentmentCurrency: 'GBP', presentmentRate: 0.86 });
    expect((await person.get(`/checkouts/${token}`)).text).toContain('£');
  });

  it('fills the cart from a cart link', async () => {
    const { location } = await visitor().get(`/cart/${variantOf('Bougie Fleur d’oranger')}:2`);
    expect(shop.checkoutByToken(location.replace('/checkouts/', ''))?.lines[0]?.quantity).toBe(2);
  });

  it('signs up with a language and a birth date, and lets consent be withdrawn', async () => {
    const person = visitor();
    const form = { email: 'jo@mail.example', firstName: 'Jo', locale: 'de', birthDate: '1990-02-28', accepts: '1' };
    await person.post('/account/sign-up', form);
    const customer = shop.customerByEmail('jo@mail.example');
    expect(customer).toMatchObject({ locale: 'de', state: 'ENABLED', consent: { state: 'SUBSCRIBED' } });
    expect(customer?.metafields[0]).toMatchObject({ namespace: 'facts', key: 'birth_date', value: '1990-02-28' });
    await person.post('/account/consent', { state: 'off' });
    expect(customer?.consent.state).toBe('UNSUBSCRIBED');
    expect((await visitor().post('/account/sign-up', form)).status).toBe(422);
  });

  it('writes names and searches as text, never as markup', async () => {
    const evil = '"><script>alert(1)</script>';
    expect((await visitor().get(`/search?q=${encodeURIComponent(evil)}`)).text).not.toContain('<script');
    const person = visitor();
    await person.post('/account/sign-up', { email: 'evil@mail.example', firstName: evil, locale: 'fr' });
    expect((await person.get('/account')).text).not.toContain('<script');
  });

  it('does nothing that another site’s form asks for', async () => {
    const answer = await visitor().post(
      '/newsletter',
      { email: 'csrf@mail.example' },
      { origin: 'https://evil.example' },
    );
    expect(answer.status).toBe(403);
    expect(shop.customerByEmail('csrf@mail.example')).toBeUndefined();
  });
});
