import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../main';
import type { ShopState } from '../shopify/state';

const shopDomain = 'boutique.myshopify.com';
let sandbox: Sandbox;
let shop: ShopState;
let bowl: string;

beforeAll(async () => {
  sandbox = await startSandbox({ appUrl: 'http://127.0.0.1:9', apiKey: 'k', apiSecret: 's', scopes: 'read_orders' });
  const { state, actions } = sandbox.context;
  actions.createShop({ handle: 'boutique', otherLocales: ['en'] });
  shop = state.shop('boutique');
  const product = actions.createProduct(shopDomain, {
    title: 'Bol',
    variants: [{ price: '20', inventoryQuantity: 90 }],
  });
  bowl = product.variantIds[0] ?? '';
  const make = actions.createDiscount;
  make(shopDomain, { code: 'TEN', percentage: 0.1 });
  make(shopDomain, { code: 'SHIP', freeShipping: true });
  make(shopDomain, { code: 'PAST', percentage: 0.1, endsAt: '2020-01-01T00:00:00Z' });
  make(shopDomain, { code: 'BIG', percentage: 0.1, minimumSubtotal: 100 });
  make(shopDomain, { code: 'OTHERS', percentage: 0.1, productIds: ['1'] });
  make(shopDomain, { code: 'SINGLE', percentage: 0.1, usageLimit: 1 });
  make(shopDomain, { code: 'ONCE', percentage: 0.1, oncePerCustomer: true });
});
afterAll(() => sandbox.close());

/** A browser as far as the storefront can tell: keeps its cookie, does not follow redirects. */
function visitor(language = 'en') {
  let cookie = '';
  const ask = async (path: string, form?: Record<string, string>) => {
    const response = await fetch(`${sandbox.url}/shop/boutique${path}`, {
      redirect: 'manual',
      headers: { 'Accept-Language': language, cookie },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    const location = response.headers.get('location')?.replace('/shop/boutique', '') ?? '';
    return { status: response.status, location, text: await response.text() };
  };
  return { get: (path: string) => ask(path), post: (path: string, form = {}) => ask(path, form) };
}

type Visitor = ReturnType<typeof visitor>;
const fill = (person: Visitor, quantity = '2') => person.post('/cart/add', { id: bowl, quantity });

async function startCheckout(person: Visitor): Promise<string> {
  await fill(person);
  return (await person.post('/checkout')).location.replace('/checkouts/', '');
}

async function pay(person: Visitor, token: string, email: string) {
  await person.post(`/checkouts/${token}`, { email });
  return person.post(`/checkouts/${token}/pay`);
}

describe('the cart', () => {
  it('takes a code, shows what it saves, and hands it to the checkout and the order', async () => {
    const person = visitor();
    await fill(person);
    expect((await person.post('/cart/discount', { code: 'ten' })).status).toBe(303);
    expect((await person.get('/cart')).text).toContain('−€4.00');
    const { location } = await person.post('/checkout');
    const checkout = shop.checkoutByToken(location.replace('/checkouts/', ''));
    expect(checkout?.discountCodes).toMatchObject([{ code: 'TEN', amount: '4.00' }]);
    const paid = await pay(person, checkout?.token ?? '', 'cart@example.com');
    const [order] = [...shop.orders.values()].slice(-1);
    expect(order).toMatchObject({ discountCodes: [{ code: 'TEN', amount: '4.00' }], totalDiscounts: '4.00' });
    expect((await person.get(paid.location)).text).toContain('Discount TEN');
    expect(shop.book.findCode('TEN')?.usageCount).toBe(1);
  });

  it.each([
    ['NOPE', '“NOPE” is not a valid code.', '« NOPE » n’est pas un code valable.'],
    ['PAST', 'The code PAST has ended.', 'Le code PAST n’est plus valable.'],
    ['BIG', 'The code BIG is for €100.00 or more.', 'Le code BIG vaut à partir de 100,00\u00a0€.'],
    ['OTHERS', 'The code OTHERS is not for what is in your cart.', 'ne vaut pas pour le contenu de votre panier'],
    ['', 'Please write a code.', 'Merci d’indiquer un code.'],
  ])('refuses %s in words, in two languages', async (code, english, french) => {
    for (const [language, words] of [
      ['en', english],
      ['fr', french],
    ] as const) {
      const person = visitor(language);
      await fill(person);
      const answer = await person.post('/cart/discount', { code });
      expect(answer.status).toBe(422);
      expect(answer.text).toContain(words);
    }
  });
});

describe('the checkout', () => {
  it('takes a code, gives it back, and refuses one that does not fit', async () => {
    const person = visitor();
    const token = await startCheckout(person);
    await person.post(`/checkouts/${token}/discount`, { code: 'SHIP' });
    expect((await person.get(`/checkouts/${token}`)).text).toContain('−€4.90');
    const refused = await person.post(`/checkouts/${token}/discount`, { code: 'BIG' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('The code BIG is for €100.00 or more.');
    expect(shop.checkoutByToken(token)?.discountCodes).toMatchObject([{ code: 'SHIP' }]);
    await person.post(`/checkouts/${token}/discount/remove`, { code: 'SHIP' });
    expect(shop.checkoutByToken(token)?.discountCodes).toEqual([]);
  });

  it('tells at paying that a single-use code was used meanwhile, and then takes the full sum', async () => {
    const [first, second] = [visitor(), visitor()];
    const tokens = [await startCheckout(first), await startCheckout(second)] as const;
    await first.post(`/checkouts/${tokens[0]}/discount`, { code: 'SINGLE' });
    await second.post(`/checkouts/${tokens[1]}/discount`, { code: 'SINGLE' });
    await second.post(`/checkouts/${tokens[1]}`, { email: 'two@example.com' });
    expect((await pay(first, tokens[0], 'one@example.com')).location).toMatch(/^\/orders\//);
    const stopped = await second.post(`/checkouts/${tokens[1]}/pay`);
    expect(stopped.status).toBe(409);
    expect(stopped.text).toContain('The code SINGLE has been used already.');
    expect(stopped.text).toContain('Pay €44.90');
    expect((await second.post(`/checkouts/${tokens[1]}/pay`)).location).toMatch(/^\/orders\//);
    expect([...shop.orders.values()].at(-1)).toMatchObject({ email: 'two@example.com', discountCodes: [] });
  });

  it('takes a code out, with the reason, once the address says it was used before', async () => {
    const first = visitor();
    const token = await startCheckout(first);
    await first.post(`/checkouts/${token}/discount`, { code: 'ONCE' });
    await pay(first, token, 'loyal@example.com');
    const again = visitor();
    const next = await startCheckout(again);
    await again.post(`/checkouts/${next}/discount`, { code: 'ONCE' });
    await again.post(`/checkouts/${next}`, { email: 'loyal@example.com' });
    expect((await again.get(`/checkouts/${next}`)).text).toContain('You have used the code ONCE already.');
    expect(shop.checkoutByToken(next)?.discountCodes).toEqual([]);
  });
});

describe('a link', () => {
  it('keeps its code for the cart and leads where it says, the campaign along', async () => {
    const person = visitor();
    const { location } = await person.get('/discount/TEN?redirect=/collections/all&utm_source=relance');
    expect(location).toBe('/collections/all?utm_source=relance');
    expect((await person.get(location)).text).toContain('The code TEN will be used in your cart.');
    const token = await startCheckout(person);
    expect(shop.checkoutByToken(token)?.discountCodes).toMatchObject([{ code: 'TEN' }]);
    expect(shop.checkoutByToken(token)?.landingSite).toContain('utm_source=relance');
  });

  it('leads nowhere but into the shop, and says when its code is over', async () => {
    for (const target of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
      const { location } = await visitor().get(`/discount/TEN?redirect=${encodeURIComponent(target)}`);
      expect(location).toBe('');
    }
    const person = visitor();
    await person.get('/discount/PAST');
    expect((await person.get('')).text).toContain('The code PAST has ended.');
  });

  it('of a reminder reopens the checkout with its code in it', async () => {
    const token = await startCheckout(visitor());
    const key = shop.checkoutByToken(token)?.recoveryKey;
    const { location } = await visitor().get(`/checkouts/${token}/recover?key=${key}&discount=TEN`);
    expect(location).toBe(`/checkouts/${token}`);
    expect(shop.checkoutByToken(token)?.discountCodes).toMatchObject([{ code: 'TEN' }]);
  });

  it('to a filled cart may bring a code', async () => {
    const { location } = await visitor().get(`/cart/${bowl}:3?discount=TEN`);
    expect(shop.checkoutByToken(location.replace('/checkouts/', ''))?.totalDiscounts).toBe('6.00');
  });
});
