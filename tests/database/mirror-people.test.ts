// Who is who: guests who become customers, customers who are merged, people who ask to be forgotten.
import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guestId } from '../../app/store/guests';
import { checkouts, clicks, customers, decisions, enrollments, messages, orders } from '../../app/store/schema';
import { type Door, openDoor } from './shopify-door';

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

const AT = '2026-11-20T10:00:00Z';
const checkout = (id: number, more: object) => ({
  ...{ id, token: `token-${id}`, currency: 'EUR', total_price: '10.00', created_at: AT, updated_at: AT },
  ...{ line_items: [{ quantity: 1, title: 'Lamp', price: '10.00' }], ...more },
});
const order = (id: number, more: object) => ({
  ...{ id, currency: 'EUR', total_price: '10.00', processed_at: AT, updated_at: AT, ...more },
});

async function tellAll(shop: { shopId: number; domain: string }, told: [topic: string, payload: object][]) {
  for (const [topic, payload] of told) {
    await door.tell({ topic, shop: shop.domain, payload });
    await door.work(shop.shopId);
  }
}

/** What a scenario leaves of a person: an enrollment, its messages, a decision and a click. */
async function seedTraces(
  shopId: number,
  customerId: string,
  { scenario = 'abandoned-checkout' as const, occurrence = '1' } = {},
) {
  return door.inShop(shopId, async ({ tx }) => {
    const base = { shopId, customerId, scenario };
    const [enrollment] = await tx
      .insert(enrollments)
      .values({ ...base, occurrence, version: 1, anchor: new Date(AT), startedAt: new Date(AT) })
      .returning({ id: enrollments.id });
    const message = { ...base, enrollmentId: enrollment?.id ?? 0, email: 'first', priority: 1 };
    const times = { plannedAt: new Date(AT), expiresAt: new Date(AT) };
    const [sent] = await tx
      .insert(messages)
      .values([
        { ...message, ...times, step: 'first', status: 'sent', sentAt: new Date(AT), subject: 'For Ana' },
        { ...message, ...times, step: 'second', status: 'planned' },
      ])
      .returning({ id: messages.id });
    await tx.insert(decisions).values({ ...base, at: new Date(AT), kind: 'enrolled', reason: 'trigger-met' });
    await tx.insert(clicks).values({
      ...{ shopId, customerId, eventId: `${customerId}-${occurrence}`, messageId: sent?.id ?? '' },
      ...{ at: new Date(AT), url: 'https://shop.example/?token=secret', person: true },
    });
    return enrollment?.id ?? 0;
  });
}

const personIdsIn = (shopId: number) =>
  door.inShop(shopId, async ({ tx }) => {
    const found: Record<string, (string | null)[]> = {};
    for (const [name, table] of Object.entries({ orders, checkouts, enrollments, messages, decisions, clicks })) {
      const rows = await tx.select({ id: table.customerId }).from(table).where(eq(table.shopId, shopId));
      found[name] = [...new Set(rows.map(({ id }) => id))];
    }
    return found;
  });
const row = (shopId: number, id: string) =>
  door.inShop(shopId, async ({ tx }) => {
    const [found] = await tx
      .select()
      .from(customers)
      .where(and(eq(customers.shopId, shopId), eq(customers.id, id)));
    return found;
  });

describe('a guest', () => {
  it('is the same person in any spelling of the address, at checkouts and orders alike', async () => {
    const shop = await door.install();
    await tellAll(shop, [
      ['checkouts/create', checkout(1, { email: 'Ana@Example.com ' })],
      ['orders/create', order(2, { email: 'ANA@EXAMPLE.COM' })],
    ]);
    const guest = guestId('ana@example.com');
    expect(await personIdsIn(shop.shopId)).toMatchObject({ checkouts: [guest], orders: [guest] });
    expect(await row(shop.shopId, guest)).toMatchObject({ ordersCount: 1, consentState: 'not_subscribed' });
  });

  it('becomes the customer with that address, with everything that refers to them and every refusal', async () => {
    const shop = await door.install();
    const guest = guestId('ana@example.com');
    await tellAll(shop, [
      ['checkouts/create', checkout(1, { email: 'ana@example.com' })],
      ['orders/create', order(2, { email: 'ana@example.com' })],
    ]);
    await seedTraces(shop.shopId, guest);
    await door.inShop(shop.shopId, ({ tx }) =>
      tx
        .update(customers)
        .set({
          preferences: { refused: ['welcome'], fewer: true },
          suppressed: 'bounced',
          consentState: 'unsubscribed',
          consentUpdatedAt: new Date('2026-11-21T00:00:00Z'),
        })
        .where(and(eq(customers.shopId, shop.shopId), eq(customers.id, guest))),
    );
    door.events.length = 0;
    await tellAll(shop, [['customers/create', { id: 77, email: 'Ana@example.com', updated_at: AT }]]);
    const all = ['77'];
    expect(await personIdsIn(shop.shopId)).toEqual({
      ...{ orders: all, checkouts: all, enrollments: all, messages: all, decisions: all, clicks: all },
    });
    expect(await row(shop.shopId, '77')).toMatchObject({
      preferences: { refused: ['welcome'], fewer: true },
      suppressed: 'bounced',
      consentState: 'unsubscribed',
      consentUnpushed: true,
      ordersCount: 1,
    });
    expect(await row(shop.shopId, guest)).toMatchObject({ mergedInto: '77', email: null, deletedAt: expect.any(Date) });
    expect(door.events).toContainEqual(
      expect.objectContaining({ type: 'customer.merged', customerId: guest, into: '77' }),
    );
  });

  it('who refused stays unsubscribed unless the customer subscribed later', async () => {
    const shop = await door.install();
    const guest = guestId('bo@example.com');
    await tellAll(shop, [['checkouts/create', checkout(1, { email: 'bo@example.com' })]]);
    await door.inShop(shop.shopId, ({ tx }) =>
      tx
        .update(customers)
        .set({ consentState: 'unsubscribed', consentUpdatedAt: new Date('2026-11-20T00:00:00Z') })
        .where(and(eq(customers.shopId, shop.shopId), eq(customers.id, guest))),
    );
    await tellAll(shop, [
      [
        'customers/create',
        {
          ...{ id: 78, email: 'bo@example.com', updated_at: AT },
          email_marketing_consent: {
            state: 'subscribed',
            opt_in_level: 'single_opt_in',
            consent_updated_at: '2026-11-21T00:00:00Z',
          },
        },
      ],
    ]);
    expect((await row(shop.shopId, '78'))?.consentState).toBe('subscribed');
  });
});

describe('merged customers', () => {
  it('leave everything to the one who was kept; what both were in stays behind, to be ended', async () => {
    const shop = await door.install();
    await tellAll(shop, [
      ['customers/create', { id: 1, email: 'one@example.com', updated_at: AT }],
      ['customers/create', { id: 2, email: 'two@example.com', updated_at: AT }],
      ['orders/create', order(9, { email: 'two@example.com', customer: { id: 2, email: 'two@example.com' } })],
    ]);
    await seedTraces(shop.shopId, '1', { occurrence: 'both' });
    const both = await seedTraces(shop.shopId, '2', { occurrence: 'both' });
    await seedTraces(shop.shopId, '2', { occurrence: 'only-two' });
    door.events.length = 0;
    await tellAll(shop, [
      [
        'customers/merge',
        {
          admin_graphql_api_customer_kept_id: 'gid://shopify/Customer/1',
          admin_graphql_api_customer_deleted_id: 'gid://shopify/Customer/2',
          status: 'completed',
        },
      ],
    ]);
    const left = await door.inShop(shop.shopId, ({ tx }) =>
      tx.execute(sql`select id::int from enrollments where shop_id = ${shop.shopId} and customer_id = '2'`),
    );
    expect([...left]).toEqual([{ id: both }]);
    const planned = await door.inShop(shop.shopId, ({ tx }) =>
      tx.execute(
        sql`select status, enrollment_id::int from messages where shop_id = ${shop.shopId} and customer_id = '2'`,
      ),
    );
    expect([...planned]).toEqual([{ status: 'planned', enrollment_id: both }]);
    expect(await row(shop.shopId, '1')).toMatchObject({ ordersCount: 1 });
    expect(door.events.map(({ type }) => type)).toEqual(['customer.merged']);
    await tellAll(shop, [
      ['orders/create', order(10, { email: 'two@example.com', customer: { id: 2, email: 'two@example.com' } })],
    ]);
    expect((await personIdsIn(shop.shopId)).orders).toEqual(['1']);
  });

  it('leave their old carts to the one who was kept, though the merge is told first; a cart left since is a guest’s', async () => {
    const shop = await door.install();
    const merge = {
      admin_graphql_api_customer_kept_id: 'gid://shopify/Customer/1',
      admin_graphql_api_customer_deleted_id: 'gid://shopify/Customer/2',
      status: 'completed',
    };
    const [before, merged, since] = ['2026-11-20T10:00:00Z', '2026-11-20T11:00:00Z', '2026-11-20T12:00:00Z'];
    const told: [string, object, string][] = [
      ['customers/merge', merge, merged],
      ['checkouts/create', checkout(1, { email: 'two@example.com' }), before],
      ['checkouts/create', checkout(2, { email: 'two@example.com', updated_at: since }), since],
      ['customers/create', { id: 2, email: 'two@example.com', updated_at: AT }, before],
    ];
    for (const [topic, payload, triggeredAt] of told) {
      await door.tell({ topic, shop: shop.domain, payload, triggeredAt });
      await door.work(shop.shopId);
    }
    const carts = await door.inShop(shop.shopId, ({ tx }) =>
      tx
        .select({ id: checkouts.id, of: checkouts.customerId })
        .from(checkouts)
        .where(eq(checkouts.shopId, shop.shopId))
        .orderBy(checkouts.id),
    );
    expect(carts).toEqual([
      { id: '1', of: '1' },
      { id: '2', of: guestId('two@example.com') },
    ]);
  });
});

describe('what a deleted customer refused', () => {
  const consent = (state: string, at: string) => ({
    email_marketing_consent: { state, opt_in_level: 'single_opt_in', consent_updated_at: at },
  });
  /** Ana unsubscribed, refused the welcome, complained, and was deleted. */
  async function deleted() {
    const shop = await door.install();
    await tellAll(shop, [['customers/create', { id: 8, email: 'Ana@example.com', updated_at: AT }]]);
    await door.inShop(shop.shopId, ({ tx }) =>
      tx
        .update(customers)
        .set({
          ...{ preferences: { refused: ['welcome'], fewer: false }, suppressed: 'complained' },
          ...{ consentState: 'unsubscribed', consentUpdatedAt: new Date(AT) },
        })
        .where(and(eq(customers.shopId, shop.shopId), eq(customers.id, '8'))),
    );
    await tellAll(shop, [['customers/delete', { id: 8 }]]);
    return shop;
  }
  const refused = {
    ...{ consentState: 'unsubscribed', suppressed: 'complained' },
    preferences: { refused: ['welcome'], fewer: false },
  };
  const guest = guestId('ana@example.com');

  it('is kept without the address', async () => {
    const { shopId } = await deleted();
    expect(await row(shopId, guest)).toMatchObject({
      ...refused,
      email: null,
      emailKey: null,
      deletedAt: door.clock.now(),
    });
    const held = await door.inShop(shopId, ({ tx }) =>
      tx.execute(sql`select * from customers where shop_id = ${shopId}`),
    );
    expect(JSON.stringify([...held])).not.toMatch(/ana@/i);
  });

  it('counts for the guest who comes with the address', async () => {
    const shop = await deleted();
    await tellAll(shop, [['checkouts/create', checkout(1, { email: 'ana@example.com' })]]);
    expect(await row(shop.shopId, guest)).toMatchObject({ ...refused, email: 'ana@example.com', deletedAt: null });
  });

  it('counts for a new customer with the address, unless they subscribe anew', async () => {
    const shop = await deleted();
    const again = (id: number, more: object) => ({ id, email: 'ana@example.com', updated_at: AT, ...more });
    await tellAll(shop, [['customers/create', again(9, {})]]);
    expect(await row(shop.shopId, '9')).toMatchObject(refused);
    expect(await row(shop.shopId, guest)).toMatchObject({ mergedInto: '9' });
    await tellAll(shop, [['customers/delete', { id: 9 }]]);
    await tellAll(shop, [['customers/create', again(10, consent('subscribed', '2026-11-21T00:00:00Z'))]]);
    expect(await row(shop.shopId, '10')).toMatchObject({ ...refused, consentState: 'subscribed' });
  });

  it('goes for good when they ask to be forgotten', async () => {
    const shop = await deleted();
    const customer = { id: 8, email: 'ana@example.com' };
    await tellAll(shop, [['customers/redact', { shop_domain: shop.domain, customer, orders_to_redact: [] }]]);
    await tellAll(shop, [['customers/create', { id: 9, email: 'ana@example.com', updated_at: AT }]]);
    expect(await row(shop.shopId, guest)).toMatchObject({ consentState: 'redacted', mergedInto: null });
    expect(await row(shop.shopId, '9')).toMatchObject({ consentState: 'not_subscribed' });
  });

  it('leaves nothing behind where nothing was refused', async () => {
    const shop = await door.install();
    await tellAll(shop, [
      ['customers/create', { id: 8, email: 'ana@example.com', updated_at: AT, ...consent('subscribed', AT) }],
      ['customers/delete', { id: 8 }],
    ]);
    expect(await row(shop.shopId, guest)).toBeUndefined();
  });
});

describe('somebody who asks to be forgotten', () => {
  it('is forgotten as customer, as guest and as whoever was merged into them', async () => {
    const shop = await door.install();
    await tellAll(shop, [
      ['checkouts/create', checkout(1, { email: 'ana@example.com' })],
      ['customers/create', { id: 77, email: 'ana@example.com', first_name: 'Ana', updated_at: AT }],
      ['customers/create', { id: 78, email: 'ana.old@example.com', first_name: 'Ana', updated_at: AT }],
      [
        'customers/merge',
        {
          admin_graphql_api_customer_kept_id: 'gid://shopify/Customer/77',
          admin_graphql_api_customer_deleted_id: 'gid://shopify/Customer/78',
          status: 'completed',
        },
      ],
      ['customers/create', { id: 777, email: 'else@example.com', first_name: 'Else', updated_at: AT }],
    ]);
    await seedTraces(shop.shopId, '77');
    await tellAll(shop, [
      [
        'customers/redact',
        { shop_domain: shop.domain, customer: { id: 77, email: 'ana@example.com' }, orders_to_redact: [] },
      ],
    ]);
    const tables = ['customers', 'orders', 'checkouts', 'inbound_events', 'messages', 'decisions', 'clicks'];
    const held = await door.inShop(shop.shopId, async ({ tx }) => {
      const rows = [];
      for (const table of tables)
        rows.push(...(await tx.execute(sql`select * from ${sql.identifier(table)} where shop_id = ${shop.shopId}`)));
      return JSON.stringify(rows);
    });
    expect(held).not.toMatch(/ana[.@]|"Ana"|For Ana|token=secret/i);
    expect(held).toContain('else@example.com');
    expect(await row(shop.shopId, '77')).toMatchObject({ consentState: 'redacted', deletedAt: expect.any(Date) });
  });

  it('cannot be made to vanish from another shop: the signed body names its shop', async () => {
    const [ours, theirs] = [await door.install(), await door.install()];
    await tellAll(ours, [['customers/create', { id: 5, email: 'five@example.com', updated_at: AT }]]);
    const signedForTheirs = {
      shop_domain: theirs.domain,
      customer: { id: 5, email: 'five@example.com' },
      orders_to_redact: [],
    };
    await tellAll(ours, [
      ['customers/redact', signedForTheirs],
      ['shop/redact', { shop_domain: theirs.domain, shop_id: 1 }],
      ['app/uninstalled', { id: 1, myshopify_domain: theirs.domain }],
      ['shop/update', { id: 1, myshopify_domain: theirs.domain, name: 'Theirs' }],
      ['customers/data_request', { ...signedForTheirs, data_request: { id: 3 } }],
    ]);
    expect(await row(ours.shopId, '5')).toMatchObject({ email: 'five@example.com', deletedAt: null });
    const outcomes = (await door.outcomes(ours.shopId)).filter(({ topic }) => topic !== 'customers/create');
    expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['ignored: other-shop']));
  });

  it('and comes back at a checkout is written to no more', async () => {
    const shop = await door.install();
    await tellAll(shop, [
      ['checkouts/create', checkout(1, { email: 'ana@example.com' })],
      ['customers/redact', { shop_domain: shop.domain, customer: { id: null, email: 'ana@example.com' } }],
      ['checkouts/create', checkout(2, { email: 'ana@example.com', updated_at: '2026-11-22T10:00:00Z' })],
    ]);
    expect(await row(shop.shopId, guestId('ana@example.com'))).toMatchObject({
      deletedAt: null,
      consentState: 'redacted',
    });
  });
});
