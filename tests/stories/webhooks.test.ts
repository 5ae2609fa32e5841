/** What Shopify tells may come twice, in any order, late, or not from Shopify at all. */
import { beforeAll, describe, expect, it } from 'vitest';
import { DAY } from '../../app/lib/duration';
import type { Shopper } from '../harness/shopper';
import { type Product, type Store, switchOn } from '../harness/store';
import { BOUGHT, courseOf } from './course';
import { enterWorld } from './enter-world';

const world = await enterWorld();
let store: Store;
let candle: Product;
let lamp: Product;

interface Delivery {
  topic: string;
  webhookId: string;
  triggeredAt: string;
  body: string;
}

interface Raw {
  topic: string;
  payload: unknown;
  shop?: string;
  webhookId?: string;
  triggeredAt?: string;
  signature?: string;
  secret?: string;
  withoutHeaders?: string[];
}

/** Hands a webhook of our own making to the app; answers how it was taken. */
const hand = (raw: Raw) =>
  world.sandbox.post<{ status: number; body: string }>('/control/api/webhooks/raw', { shop: store.domain, ...raw });

/** What Shopify sent of a topic, newest first. */
async function told(topic: string): Promise<Delivery[]> {
  const query = new URLSearchParams({ shop: store.domain, topic });
  return (await world.sandbox.get<{ deliveries: Delivery[] }>(`/control/api/webhooks?${query}`)).deliveries;
}

const subscriber = (name: string, rest: object = {}) =>
  store.shopper({
    email: `${name}@example.com`,
    locale: 'fr',
    subscribedAt: new Date(world.now().getTime() - 30 * DAY).toISOString(),
    ...rest,
  });

beforeAll(async () => {
  await world.advanceToTime('10:00');
  store = await world.openStore({ handle: 'webhooks', locale: 'fr' });
  candle = await store.stock({ title: 'Bougie Tilleul', price: '29.00' });
  lamp = await store.stock({ title: 'Lampe Aube', price: '119.00' });
  await store.install();
  await world.settle();
  await switchOn(store, 'welcome', 'abandoned-checkout');
}, 60_000);

describe('every webhook twice and in any order', () => {
  let people: Record<'camille' | 'left' | 'paid' | 'changed' | 'emptied' | 'withdrew', Shopper>;

  beforeAll(async () => {
    await world.advanceToTime('10:00');
    await world.trouble({ webhooks: { duplicate: 1, shuffle: 0.7 } });
    const plain = (name: string) => store.stranger({ email: `${name}@example.com`, locale: 'fr' });
    people = {
      camille: plain('camille'),
      left: await subscriber('left'),
      paid: await subscriber('paid'),
      changed: await subscriber('changed'),
      emptied: await subscriber('emptied'),
      withdrew: plain('withdrew'),
    };
    await people.camille.subscribe();
    await people.withdrew.subscribe();
    await people.withdrew.withdraw();
    await people.left.abandon([candle]);
    await (await people.paid.abandon([candle])).pay();
    await (await people.changed.abandon([candle])).change(lamp);
    await (await people.emptied.abandon([candle])).empty();
    await world.advance('50h');
    await world.trouble({ webhooks: { duplicate: 0, shuffle: 0 } });
  }, 60_000);

  it('greets once', async () => {
    expect(await courseOf(people.camille)).toEqual(['hello sent', 'choosing sent']);
  });

  it('reminds once of each step', async () => {
    expect(await courseOf(people.left)).toEqual(['first-reminder sent', 'second-reminder sent', 'last-reminder sent']);
  });

  it('reminds nobody who paid', async () => {
    for (const line of await courseOf(people.paid)) expect(line).toEqual(BOUGHT);
    expect(await people.paid.mails()).toEqual([]);
  });

  it('shows the cart as it became', async () => {
    const [first] = await people.changed.mails();
    expect(first?.text).toContain('Lampe Aube');
    expect(first?.text).not.toContain('Bougie Tilleul');
  });

  it('reminds of no emptied cart', async () => {
    expect(await people.emptied.mails()).toEqual([]);
  });

  it('writes no more than once to who subscribed and withdrew in one breath', async () => {
    const later = (await courseOf(people.withdrew)).filter((line) => /choosing|last-call/.test(line));
    expect(later).toEqual([]);
  });

  it('keeps one row of each thing', async () => {
    const counts = await store.ask<{ orders: number; checkouts: number }>(
      'select (select count(*)::int from orders) as orders, (select count(*)::int from checkouts) as checkouts',
    );
    expect(counts).toEqual([{ orders: 1, checkouts: 4 }]);
  });
});

describe('a webhook told again', () => {
  it('with its own id is taken and changes nothing', async () => {
    const [latest] = await told('checkouts/create');
    const before = await store.decisions();
    for (let i = 0; i < 3; i += 1) {
      const { topic, webhookId, triggeredAt, body } = latest ?? { topic: '', webhookId: '', triggeredAt: '', body: '' };
      expect(await hand({ topic, webhookId, triggeredAt, payload: body })).toMatchObject({ status: 200 });
    }
    await world.settle();
    expect(await store.decisions()).toEqual(before);
  });

  it('under a new id, from before the cart was emptied, does not bring the cart back', async () => {
    const late = await subscriber('late');
    const cart = await late.abandon([candle]);
    await world.settle();
    const [created] = await told('checkouts/create');
    await cart.empty();
    await world.settle();
    await hand({ topic: 'checkouts/create', triggeredAt: created?.triggeredAt ?? '', payload: created?.body });
    await world.advance('2h');
    expect(await courseOf(late)).toEqual(['ended: checkout-emptied']);
  });

  it('about consent, from before it was withdrawn, gives it to nobody', async () => {
    const fickle = store.stranger({ email: 'fickle@example.com', locale: 'fr' });
    await fickle.subscribe();
    await world.settle();
    const [given] = await told('customers_email_marketing_consent/update');
    await world.advance('1min');
    await fickle.withdraw();
    await world.settle();
    await hand({ topic: given?.topic ?? '', triggeredAt: given?.triggeredAt ?? '', payload: given?.body });
    await world.settle();
    const rows = await store.ask<{ consentState: string }>('select consent_state from customers where id = $1', [
      fickle.id(),
    ]);
    expect(rows).toEqual([{ consentState: 'unsubscribed' }]);
  });
});

describe('a checkout of an address without a customer', () => {
  it('is reminded of once its shopper has subscribed, as one person', async () => {
    await world.advanceToTime('10:00');
    const model = await subscriber('model');
    await (await model.abandon([candle])).empty();
    await world.settle();
    const [created] = await told('checkouts/create');
    const { customer: _, ...rest } = JSON.parse(created?.body ?? '{}');
    const at = `${world.now().toISOString().slice(0, 19)}Z`;
    const payload = { ...rest, id: 77_001, token: 'guest-token', cart_token: 'guest-cart', email: 'Guest@Example.com' };
    await hand({ topic: 'checkouts/create', payload: { ...payload, created_at: at, updated_at: at } });
    await world.settle();
    const guests = await store.ask<{ id: string }>("select id from customers where email_key = 'guest@example.com'");
    expect(guests).toEqual([{ id: expect.stringMatching(/^guest:/) }]);
    const guest = store.stranger({ email: 'guest@example.com', firstName: 'Gaston', locale: 'fr' });
    await guest.subscribe();
    await world.advance('62min');
    expect((await guest.mails()).map((mail) => mail.subject)).toEqual([
      expect.stringContaining('Bienvenue'),
      'Votre panier vous attend, Gaston',
    ]);
    const people = await store.ask<{ id: string }>(
      "select id from customers where email_key = 'guest@example.com' and deleted_at is null",
    );
    expect(people).toEqual([{ id: guest.id() }]);
  });
});

describe('what does not come from Shopify', () => {
  const payload = { id: 1, email: 'forged@example.com', admin_graphql_api_id: 'gid://shopify/Customer/1' };

  it.each<[string, Partial<Raw>, number]>([
    ['a wrong signature', { signature: Buffer.alloc(32).toString('base64') }, 401],
    ['a signature with another secret', { secret: 'not-the-secret' }, 401],
    ['no signature', { withoutHeaders: ['X-Shopify-Hmac-SHA256'] }, 401],
    ['no topic', { withoutHeaders: ['X-Shopify-Topic'] }, 400],
    ['no shop', { withoutHeaders: ['X-Shopify-Shop-Domain'] }, 400],
    ['no id', { withoutHeaders: ['X-Shopify-Webhook-Id'] }, 400],
  ])('with %s is refused and kept nowhere', async (_what, change, status) => {
    expect(await hand({ topic: 'customers/create', payload, ...change })).toMatchObject({ status });
    await world.settle();
    expect(await store.ask("select id from customers where email = 'forged@example.com'")).toEqual([]);
  });

  it('is refused when it is far too large', async () => {
    const { status } = await hand({ topic: 'customers/create', payload: { ...payload, note: 'x'.repeat(6_000_000) } });
    expect(status).toBe(413);
  });
});

describe('a signed body that is', () => {
  it.each([
    ['no JSON', 'customers/create', '{"id": 1,'],
    ['empty', 'customers/create', ''],
    ['a list', 'orders/create', '[]'],
    ['null', 'checkouts/update', 'null'],
    ['of the wrong shape', 'orders/create', '{"id":"seven","line_items":7}'],
    ['about nothing we asked for', 'themes/publish', '{"id":1}'],
    ['full of nulls and lone surrogates', 'customers/update', '{"id":7,"first_name":"\\u0000\\ud800"}'],
  ])('%s is taken once, named, and stops nothing', async (_what, topic, body) => {
    expect(await hand({ topic, payload: body })).toMatchObject({ status: 200 });
    await world.settle();
  });

  it('meant for another store does nothing there', async () => {
    const other = await world.openStore({ handle: 'webhooks-other' });
    await other.install();
    await world.settle();
    await other.uninstall();
    await world.settle();
    const query = new URLSearchParams({ shop: other.domain, topic: 'app/uninstalled' });
    const { deliveries } = await world.sandbox.get<{ deliveries: Delivery[] }>(`/control/api/webhooks?${query}`);
    await hand({ topic: 'app/uninstalled', payload: deliveries[0]?.body });
    await world.settle();
    const rows = await store.ask<{ uninstalledAt: Date | null }>('select uninstalled_at from shops');
    expect(rows).toEqual([{ uninstalledAt: null }]);
  });
});

it('names and titles in every script arrive as they are', async () => {
  const names = ['Zoë 😀', 'اَلْعَرَبِيَّة', '山田 太郎', '<b>Bobby</b>', '{{first_name}}', "O'Neil & Søn", '%recipient%'];
  const title = 'Tasse « été » <script>alert(1)</script> 10% &amp; "plus"';
  const cup = await store.stock({ title, price: '12.00' });
  const people = await Promise.all(names.map((firstName, i) => subscriber(`script-${i}`, { firstName })));
  await world.advanceToTime('10:00');
  for (const person of people) await person.abandon([cup]);
  await world.advance('62min');
  for (const [i, person] of people.entries()) {
    const [mail] = await person.mails();
    expect(mail?.subject).toBe(`Votre panier vous attend, ${names[i]}`);
    expect(mail?.text).toContain(names[i]);
    expect(mail?.text).toContain(title);
    expect(mail?.untrackedHtml).not.toContain('<script>');
    expect(mail?.untrackedHtml).not.toContain('<b>Bobby</b>');
  }
});
