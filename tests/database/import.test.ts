// From install to a mirror in step, against the sandbox's Shopify: import, resume, the orders mark, reconciliation, uninstall.
import { and, asc, eq, isNull, like, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAdminError } from '../../app/gateways/shopify/admin-error';
import { makeAskTheme } from '../../app/gateways/shopify/theme-questions';
import { makeConfirmOrders } from '../../app/pipeline/confirm-orders';
import { makeLookForBrand } from '../../app/pipeline/look-for-brand';
import { withdrawConsent } from '../../app/store/engagement';
import { claimNextLook, listImports, readImportProgress, updateImport } from '../../app/store/imports';
import { putOffMessages } from '../../app/store/messages';
import {
  checkouts,
  customers,
  messages,
  orderLines,
  orders,
  products,
  sessions,
  shops,
  variants,
} from '../../app/store/schema';
import { MAISON_LUNE_THEME } from '../../sandbox/sample-store/theme';
import { startTestSandbox, type TestSandbox } from '../../sandbox/shopify/test-sandbox';
import { seedCustomer, seedMessage } from './seed';
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
const webhooks = () => test.sandbox.context.webhooks;
const now = () => test.sandbox.context.clock.now();
const advance = (ms: number) => test.sandbox.context.clock.advance(ms);

let count = 0;
/** A store with customers, products, orders and open checkouts, before the app is installed. */
function fillStore() {
  count += 1;
  const handle = `import-${count}`;
  const domain = `${handle}.myshopify.com`;
  actions().createShop({ handle, name: `Store ${count}` });
  const product = actions().createProduct(domain, {
    title: 'Lamp',
    variants: [
      { title: 'Small', price: '10', inventoryQuantity: 300 },
      { title: 'Large', price: '20', inventoryQuantity: 0, tracked: false },
      { title: 'Gone', price: '30', inventoryQuantity: 0 },
    ],
  });
  const people = Array.from({ length: 12 }, (_, n) =>
    actions().createCustomer(domain, {
      email: `Person${n}@Example.com`,
      firstName: `P${n}`,
      locale: n % 2 ? 'fr' : 'en',
      tags: n === 3 ? ['vip'] : [],
      ...(n < 6 ? { consent: { state: 'SUBSCRIBED' as const } } : {}),
    }),
  );
  const lines = [{ variantId: product.variantIds[0] ?? '', quantity: 2 }];
  const placed = people.slice(0, 4).map((person) => actions().createOrder(domain, { customerId: person.id, lines }));
  const open = people.slice(4, 7).map((person) => actions().startCheckout(domain, { customerId: person.id, lines }));
  return { domain, handle, product, people, placed, open, lines };
}

/** What Shopify's library does after a login: the token is stored, then `onInstalled` runs, twice at the same time. */
async function install(domain: string) {
  actions().installApp(domain);
  const { session } = await test.shopify.auth.tokenExchange({
    shop: domain,
    sessionToken: test.idToken(domain),
    requestedTokenType: 'urn:shopify:params:oauth:token-type:offline-access-token' as never,
    expiring: true,
  });
  await door.sessionStorage.storeSession(session);
  const shop = { shopDomain: domain, scopes: session.scope ?? '' };
  await Promise.all([door.onInstalled(shop), door.onInstalled(shop)]);
  const [row] = await door.db.execute<{ shop_id: number }>(
    sql`select shop_id from shop_domains where domain = ${domain}`,
  );
  return row?.shop_id ?? 0;
}

/** Looks until nothing is open, as the queue would. */
async function importAll(shopId: number) {
  for (let looks = 0; looks < 200; looks += 1) {
    await door.importShop({ shopId });
    const rows = await door.inShop(shopId, listImports);
    if (rows.every(({ status }) => status === 'done' || status === 'failed')) return rows;
    await webhooks().idle();
  }
  throw new Error('The import does not end');
}

/** Delivers and applies what Shopify told. */
async function catchUp(shopId: number) {
  await webhooks().idle();
  await door.work(shopId);
}

const read = <T>(shopId: number, work: Parameters<typeof door.inShop<T>>[1]) => door.inShop(shopId, work);
const shopRow = (shopId: number) =>
  read(shopId, async ({ tx }) => (await tx.select().from(shops).where(eq(shops.shopId, shopId)))[0]);

describe('the import', () => {
  it('brings customers, products, orders and open checkouts, and starts nothing', async () => {
    const store = fillStore();
    const shopId = await install(store.domain);
    door.events.length = 0;
    const rows = await importAll(shopId);
    expect(rows.map(({ kind, status }) => `${kind} ${status}`)).toEqual([
      'customers done',
      'products done',
      'orders done',
      'checkouts done',
    ]);
    expect(door.events).toEqual([]);
    const held = await read(shopId, async ({ tx }) => ({
      people: await tx.select().from(customers).where(eq(customers.shopId, shopId)).orderBy(asc(customers.id)),
      goods: await tx.select().from(products).where(eq(products.shopId, shopId)),
      kinds: await tx.select().from(variants).where(eq(variants.shopId, shopId)).orderBy(asc(variants.position)),
      sales: await tx.select().from(orders).where(eq(orders.shopId, shopId)),
      lines: await tx.select().from(orderLines).where(eq(orderLines.shopId, shopId)),
      carts: await tx.select().from(checkouts).where(eq(checkouts.shopId, shopId)),
    }));
    expect(held.people).toHaveLength(12);
    expect(held.people.filter(({ consentState }) => consentState === 'subscribed')).toHaveLength(6);
    expect(held.people.map(({ locale }) => locale).toSorted()).toEqual(
      [...'eeeeeeffffff'].map((l) => (l === 'e' ? 'en' : 'fr')),
    );
    expect(held.people.find(({ tags }) => tags.includes('vip'))?.firstName).toBe('P3');
    expect(held.people.filter(({ ordersCount }) => ordersCount > 0)).toHaveLength(4);
    expect(held.goods.map(({ title, status }) => [title, status])).toEqual([['Lamp', 'active']]);
    expect(held.kinds.map(({ title, available }) => [title, available])).toEqual([
      ['Small', true],
      ['Large', true],
      ['Gone', false],
    ]);
    expect(held.sales.map(({ id }) => id).toSorted()).toEqual(store.placed.map(({ id }) => id).toSorted());
    expect(held.lines).toHaveLength(4);
    expect(held.carts.map(({ id }) => id).toSorted()).toEqual(store.open.map(({ id }) => id).toSorted());
    expect(held.carts.every(({ customerId, lines }) => customerId !== null && lines.length === 1)).toBe(true);
  });

  it('knows the shop itself, and up to when orders are known', async () => {
    const { domain } = fillStore();
    const shopId = await install(domain);
    expect(await shopRow(shopId)).toMatchObject({ ordersKnownUntil: null, installedAt: expect.any(Date) });
    await importAll(shopId);
    const row = await shopRow(shopId);
    const record = test.sandbox.context.state.shop(domain).record;
    expect(row).toMatchObject({
      name: record.name,
      currency: record.currency,
      timeZone: record.timezone,
      locale: record.locale,
      shopifyId: record.id,
      country: record.address.countryCode,
      ordersKnownUntil: expect.any(Date),
      reconcileDueAt: expect.any(Date),
    });
    expect(row?.url).toContain('/shop/');
  });

  it('shows how far it is, and reads on behind the last kept line after a crash', async () => {
    const { domain } = fillStore();
    const shopId = await install(domain);
    await importAll(shopId);
    const before = await read(shopId, readImportProgress);
    expect(before.map(({ objectCount, rowsRead }) => objectCount - rowsRead)).toEqual([0, 0, 0, 0]);
    // As a crash leaves it: half of the file kept, the lease of a dead worker run out.
    const operation = [...test.sandbox.context.state.shop(domain).bulkOperations.values()][0];
    const id = `gid://shopify/BulkOperation/${operation?.id}`;
    await read(shopId, async (shop) => {
      await shop.tx.delete(customers).where(eq(customers.shopId, shopId));
      await updateImport(shop, 'customers', { status: 'running', operationId: id, rowsRead: 0 });
    });
    await door.importShop({ shopId });
    const all = await read(shopId, ({ tx }) => tx.select().from(customers).where(eq(customers.shopId, shopId)));
    expect(all).toHaveLength(12);
    await read(shopId, async (shop) => {
      await shop.tx.delete(customers).where(eq(customers.shopId, shopId));
      await updateImport(shop, 'customers', { status: 'running', operationId: id, rowsRead: 5 });
    });
    await door.importShop({ shopId });
    const rest = await read(shopId, ({ tx }) => tx.select().from(customers).where(eq(customers.shopId, shopId)));
    expect(rest.filter(({ email }) => email?.startsWith('Person'))).toHaveLength(7);
  });

  it('begins a kind again when Shopify ends its operation, and says so after three times', async () => {
    const { domain } = fillStore();
    const shopId = await install(domain);
    for (const attempt of [1, 2, 3]) {
      await read(shopId, (shop) =>
        updateImport(shop, 'orders', { status: 'running', operationId: 'gid://shopify/BulkOperation/1' }),
      );
      await door.importShop({ shopId });
      const row = (await read(shopId, listImports)).find(({ kind }) => kind === 'orders');
      expect(row).toMatchObject({ attempts: attempt, status: attempt < 3 ? 'waiting' : 'failed' });
    }
  });

  it('lets one of several workers at once do the work', async () => {
    const { domain } = fillStore();
    const shopId = await install(domain);
    await Promise.all(Array.from({ length: 4 }, () => door.importShop({ shopId })));
    expect(test.sandbox.context.state.shop(domain).bulkOperations.size).toBe(4);
    await importAll(shopId);
  });

  it('is not held up by a look that is claimed for much later', async () => {
    const { domain } = fillStore();
    const shopId = await install(domain);
    await importAll(shopId);
    await door.inShop(shopId, (shop) =>
      shop.tx.update(shops).set({ importPollAt: null }).where(eq(shops.shopId, shopId)),
    );
    const claim = (seconds: number) => door.inShop(shopId, (shop) => claimNextLook(shop, seconds));
    expect(await claim(91)).toBe(true);
    expect(await claim(3)).toBe(true);
    expect(await claim(3)).toBe(false);
    expect(await claim(91)).toBe(false);
  });

  it('waits while Shopify is down, and goes on when it is back', async () => {
    const { domain } = fillStore();
    const shopId = await install(domain);
    test.sandbox.context.faults.down = true;
    await door.importShop({ shopId }).finally(() => {
      test.sandbox.context.faults.down = false;
    });
    expect((await read(shopId, listImports)).every(({ status }) => status === 'waiting')).toBe(true);
    expect((await importAll(shopId)).every(({ status }) => status === 'done')).toBe(true);
  });
});

describe('after the import', () => {
  it('webhooks bring what changes, whole: language, tags and consent are asked for', async () => {
    const { domain } = fillStore();
    const shopId = await install(domain);
    await importAll(shopId);
    door.events.length = 0;
    const ana = actions().createCustomer(domain, {
      email: 'ana@example.com',
      locale: 'fr',
      tags: ['press'],
      consent: { state: 'SUBSCRIBED', optInLevel: 'CONFIRMED_OPT_IN' },
      metafields: [{ namespace: 'facts', key: 'birth_date', value: '1990-02-28', type: 'date' }],
    });
    await catchUp(shopId);
    const [row] = await read(shopId, ({ tx }) =>
      tx
        .select()
        .from(customers)
        .where(and(eq(customers.shopId, shopId), eq(customers.id, ana.id))),
    );
    expect(row).toMatchObject({ locale: 'fr', tags: ['press'], consentState: 'subscribed', birthDate: '1990-02-28' });
    expect(door.events.filter(({ type }) => type === 'consent.given')).toHaveLength(1);
  });

  it('a shopper without an account is a guest, until the address becomes a customer', async () => {
    const { domain, lines } = fillStore();
    const shopId = await install(domain);
    await importAll(shopId);
    await door.tell({
      topic: 'checkouts/create',
      shop: domain,
      payload: {
        id: 990011,
        token: 'guest-token',
        email: 'Guest@Example.com',
        currency: 'EUR',
        total_price: '20.00',
        created_at: new Date(now()).toISOString(),
        updated_at: new Date(now()).toISOString(),
        line_items: [{ quantity: 1, title: 'Lamp', price: '20.00' }],
      },
    });
    await door.work(shopId);
    const guests = () =>
      read(shopId, ({ tx }) =>
        tx
          .select()
          .from(customers)
          .where(and(eq(customers.shopId, shopId), like(customers.id, 'guest:%'), isNull(customers.deletedAt))),
      );
    const [guest] = await guests();
    expect(guest).toMatchObject({ emailKey: 'guest@example.com' });
    const made = actions().createCustomer(domain, { email: 'guest@example.com' });
    actions().createOrder(domain, { customerId: made.id, lines });
    await catchUp(shopId);
    expect(await guests()).toEqual([]);
    const [cart] = await read(shopId, ({ tx }) =>
      tx
        .select()
        .from(checkouts)
        .where(and(eq(checkouts.shopId, shopId), eq(checkouts.id, '990011'))),
    );
    expect(cart?.customerId).toBe(made.id);
  });

  it('the orders mark is moved by one question, and finds an order no webhook told of', async () => {
    const { domain, people, open } = fillStore();
    const shopId = await install(domain);
    await importAll(shopId);
    const needed = new Date(now() + 1000);
    webhooks().setFaults({ hold: true });
    const paid = actions().payCheckout(domain, open[0]?.id ?? '');
    advance(5000);
    door.events.length = 0;
    expect(await door.confirmOrders(shopId, needed)).toBe(true);
    expect(door.events).toContainEqual(expect.objectContaining({ type: 'order.placed', customerId: people[4]?.id }));
    expect(door.events).toContainEqual(
      expect.objectContaining({ type: 'checkout.completed', checkoutId: open[0]?.id }),
    );
    expect(await door.confirmOrders(shopId, needed)).toBe(true);
    expect((await shopRow(shopId))?.ordersKnownUntil?.getTime()).toBeGreaterThanOrEqual(needed.getTime());
    webhooks().setFaults({ hold: false });
    door.events.length = 0;
    await catchUp(shopId);
    expect(door.events.filter(({ type }) => type === 'order.placed')).toEqual([]);
    expect(paid).toBeDefined();
  });

  it('the orders mark stays where it is while Shopify is out of reach', async () => {
    const { domain } = fillStore();
    const shopId = await install(domain);
    expect(await door.confirmOrders(shopId, new Date(0))).toBe(false);
    await importAll(shopId);
    const before = (await shopRow(shopId))?.ordersKnownUntil;
    test.sandbox.context.faults.down = true;
    const later = new Date((before?.getTime() ?? 0) + 60_000);
    expect(await door.confirmOrders(shopId, later).finally(() => (test.sandbox.context.faults.down = false))).toBe(
      false,
    );
    expect((await shopRow(shopId))?.ordersKnownUntil).toEqual(before);
  });

  it('the orders mark goes as far as Shopify told before it fell silent, and the next question goes on from there', async () => {
    const { domain, people, lines } = fillStore();
    const shopId = await install(domain);
    await importAll(shopId);
    // Far enough from what was imported for the overlap to hold nothing of it.
    advance(3_600_000);
    const orders = Array.from({ length: 25 }, (_, index) => {
      advance(60_000);
      return actions().createOrder(domain, { customerId: people[index % 8]?.id, lines }, { quiet: true });
    });
    advance(5000);
    const placed: string[][] = [];
    const { faults } = test.sandbox.context;
    const confirm = makeConfirmOrders({
      ...door,
      react: async (_shop, events) => {
        placed.push(events.flatMap((event) => (event.type === 'order.placed' ? event.orderId : [])));
        faults.down = placed.length === 1;
      },
    });
    const needed = door.clock.now();
    expect(await confirm(shopId, needed)).toBe(false);
    const mark = (await shopRow(shopId))?.ordersKnownUntil;
    expect(mark?.getTime()).toBe(Math.floor(Date.parse(orders[9]?.updatedAt ?? '') / 1000) * 1000);
    faults.down = false;
    expect(await confirm(shopId, needed)).toBe(true);
    expect(placed.map((some) => some.length)).toEqual([10, 10, 5]);
    expect(placed.flat()).toEqual(orders.map(({ id }) => id));
  });

  it('whoever waited for Shopify is looked at as soon as it answers', async () => {
    const { domain } = fillStore();
    const shopId = await install(domain);
    await importAll(shopId);
    const at = door.clock.now();
    const hourLater = new Date(at.getTime() + 3_600_000);
    const waiting = async (reason: 'orders-not-confirmed' | 'too-soon') => {
      const customerId = await seedCustomer(door.db, shopId);
      const id = await seedMessage(door.db, shopId, { customerId, now: at });
      await read(shopId, (shop) => putOffMessages(shop, [{ id, until: hourLater, reason, facts: {} }]));
      return id;
    };
    const ids = [await waiting('orders-not-confirmed'), await waiting('too-soon')];
    advance(120_000);
    expect(await door.confirmOrders(shopId, door.clock.now())).toBe(true);
    const rows = await read(shopId, ({ tx }) => tx.select().from(messages).where(eq(messages.shopId, shopId)));
    const [woken, other] = ids.map((id) => rows.find((row) => row.id === id)?.dueAt);
    expect(woken?.getTime()).toBeLessThanOrEqual(door.clock.now().getTime());
    expect(other).toEqual(hourLater);
  });

  it('a reconciliation picks up what never arrived', async () => {
    const { domain, people, product, lines } = fillStore();
    const shopId = await install(domain);
    await importAll(shopId);
    await catchUp(shopId);
    const silent = { quiet: true };
    const before = now();
    actions().setConsent(domain, people[7]?.id ?? '', { state: 'SUBSCRIBED' }, silent);
    actions().updateProduct(domain, product.id, { title: 'Lantern' }, silent);
    const order = actions().createOrder(domain, { customerId: people[8]?.id, lines }, silent);
    const cart = actions().startCheckout(domain, { customerId: people[9]?.id, lines }, silent);
    advance(10_000);
    door.events.length = 0;
    await door.reconcile({ shopId });
    expect(door.events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['consent.given', 'order.placed', 'checkout.left']),
    );
    expect(door.events).toContainEqual(expect.objectContaining({ type: 'order.placed', orderId: order.id }));
    expect(door.events).toContainEqual(expect.objectContaining({ type: 'checkout.left', checkoutId: cart.id }));
    const [row] = await read(shopId, ({ tx }) => tx.select().from(products).where(eq(products.shopId, shopId)));
    expect(row?.title).toBe('Lantern');
    expect((await shopRow(shopId))?.reconcileDueAt?.getTime()).toBeGreaterThan(before);
    door.events.length = 0;
    await door.reconcile({ shopId });
    expect(door.events).toEqual([]);
  });

  it('a consent withdrawn here is carried to Shopify', async () => {
    const { domain, people } = fillStore();
    const shopId = await install(domain);
    await importAll(shopId);
    const customerId = people[0]?.id ?? '';
    await read(shopId, (shop) => withdrawConsent(shop, customerId, door.clock.now()));
    test.sandbox.context.faults.down = true;
    const failed = await door.pushConsent({ shopId, customerId }).catch((error: unknown) => error);
    test.sandbox.context.faults.down = false;
    expect(isAdminError(failed, 'unavailable')).toBe(true);
    const flag = async () => {
      const [row] = await read(shopId, ({ tx }) =>
        tx
          .select()
          .from(customers)
          .where(and(eq(customers.shopId, shopId), eq(customers.id, customerId))),
      );
      return row?.consentUnpushed;
    };
    expect(await flag()).toBe(true);
    await door.pushConsent({ shopId, customerId });
    expect(await flag()).toBe(false);
    expect(test.sandbox.context.state.shop(domain).customer(customerId).consent.state).toBe('UNSUBSCRIBED');
    await catchUp(shopId);
    const [row] = await read(shopId, ({ tx }) =>
      tx
        .select()
        .from(customers)
        .where(and(eq(customers.shopId, shopId), eq(customers.id, customerId))),
    );
    expect(row?.consentState).toBe('unsubscribed');
  });
});

describe('uninstalling', () => {
  it('stops at once and deletes the tokens; a reinstall finds everything, and a late uninstall is ignored', async () => {
    const { domain } = fillStore();
    const shopId = await install(domain);
    await importAll(shopId);
    await catchUp(shopId);
    advance(1000);
    actions().uninstallApp(domain);
    await webhooks().idle();
    await door.work(shopId);
    expect((await shopRow(shopId))?.uninstalledAt).toBeInstanceOf(Date);
    expect(await door.db.select().from(sessions).where(eq(sessions.shop, domain))).toEqual([]);
    const uninstalled = new Date(now());
    advance(60_000);
    await install(domain);
    expect((await shopRow(shopId))?.uninstalledAt).toBeNull();
    const all = await read(shopId, ({ tx }) => tx.select().from(customers).where(eq(customers.shopId, shopId)));
    expect(all).toHaveLength(12);
    await door.tell({
      topic: 'app/uninstalled',
      shop: domain,
      triggeredAt: uninstalled.toISOString(),
      payload: { id: Number(test.sandbox.context.state.shop(domain).record.id), myshopify_domain: domain },
    });
    await door.work(shopId);
    expect((await shopRow(shopId))?.uninstalledAt).toBeNull();
    expect(await door.outcomes(shopId)).toContainEqual({
      topic: 'app/uninstalled',
      outcome: 'ignored: former-install',
    });
  });

  it('is not believed from a body sent again while the token still works', async () => {
    const { domain } = fillStore();
    const shopId = await install(domain);
    const id = Number(test.sandbox.context.state.shop(domain).record.id);
    const later = new Date(now() + 120_000).toISOString();
    await door.tell({
      topic: 'app/uninstalled',
      shop: domain,
      triggeredAt: later,
      payload: { id, myshopify_domain: domain },
    });
    await door.tell({
      topic: 'shop/redact',
      shop: domain,
      triggeredAt: later,
      payload: { shop_id: id, shop_domain: domain },
    });
    await door.work(shopId);
    expect((await shopRow(shopId))?.uninstalledAt).toBeNull();
    const outcomes = (await door.outcomes(shopId)).filter(
      ({ topic }) => topic.includes('uninst') || topic.includes('redact'),
    );
    expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['ignored: still-installed']));
  });
});

describe('the look of a store', () => {
  const foundIn = async (shopId: number) => (await shopRow(shopId))?.foundBrand;

  it('is read from its published theme, pictures and all, as far as Shopify lets us', async () => {
    const { domain } = fillStore();
    const shopId = await install(domain);
    const { now } = makeLookForBrand({ ...door, askTheme: makeAskTheme(door.admin) });
    expect([await foundIn(shopId), await now(shopId), (await foundIn(shopId))?.state]).toEqual([
      null,
      true,
      'no-theme',
    ]);
    actions().publishTheme(domain, MAISON_LUNE_THEME);
    await now(shopId);
    expect(await foundIn(shopId)).toMatchObject({
      state: 'found',
      theme: 'Lune',
      brand: {
        logo: { url: expect.stringMatching(/\/pictures\/logo\.png\?width=640$/), width: 200 },
        logoProblem: null,
        buttonColor: '#7a5230',
        background: '#fbf8f3',
        headingFont: { name: 'Cormorant Garamond', font: 'book' },
        socialLinks: [expect.stringContaining('facebook'), expect.any(String), expect.stringContaining('pinterest')],
      },
    });
    actions().publishTheme(domain, { ...MAISON_LUNE_THEME, pictures: [] });
    await now(shopId);
    expect(await foundIn(shopId)).toMatchObject({ brand: { logo: null, logoProblem: 'gone' } });
    actions().changeScopes(domain, ['read_products']);
    await now(shopId);
    expect(await foundIn(shopId)).toMatchObject({ state: 'not-allowed' });
  });

  it('stays as it was found when Shopify cannot be asked', async () => {
    const { domain } = fillStore();
    actions().publishTheme(domain, MAISON_LUNE_THEME);
    const shopId = await install(domain);
    const { now } = makeLookForBrand({ ...door, askTheme: makeAskTheme(door.admin) });
    await now(shopId);
    actions().uninstallApp(domain, { quiet: true });
    expect(await now(shopId)).toBe(false);
    expect(await foundIn(shopId)).toMatchObject({ state: 'found' });
  });
});
