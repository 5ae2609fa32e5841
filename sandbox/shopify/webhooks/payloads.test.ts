import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { schemaForWebhook } from 'shopify-webhook-schemas';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestSandbox, type TestSandbox, usualScopes } from '../test-sandbox';

const newest = '2026-07';
const topics = [
  'app/uninstalled',
  'app/scopes_update',
  'orders/create',
  'orders/paid',
  'orders/updated',
  'orders/cancelled',
  'orders/fulfilled',
  'refunds/create',
  'fulfillments/create',
  'fulfillments/update',
  'checkouts/create',
  'checkouts/update',
  'checkouts/delete',
  'customers/create',
  'customers/update',
  'customers/delete',
  'customers/merge',
  'customers_email_marketing_consent/update',
  'products/create',
  'products/update',
  'products/delete',
  'bulk_operations/finish',
  'shop/update',
  'discounts/create',
  'discounts/update',
  'discounts/delete',
  'discounts/redeemcode_added',
  'discounts/redeemcode_removed',
  'customers/data_request',
  'customers/redact',
  'shop/redact',
];

const shop = 'payload-shop.myshopify.com';
const address = {
  firstName: 'Zoé',
  lastName: 'Lefèvre',
  company: 'Atelier',
  address1: '3 rue Haute',
  address2: 'Bât. B',
  city: 'Lyon',
  province: 'Rhône',
  provinceCode: '69',
  countryCode: 'FR',
  zip: '69001',
  phone: '+33 4 00 00 00 00',
};

let test: TestSandbox;

beforeAll(async () => {
  test = await startTestSandbox({
    scopes: `${usualScopes},read_discounts`,
    subscriptions: topics.map((topic) => ({ topic, uri: '/webhooks/shopify' })),
  });
  await liveADay(test);
  await test.sandbox.context.webhooks.idle();
});
afterAll(() => test.close());

/** Every verb once, on records with every field filled in. */
async function liveADay(test: TestSandbox): Promise<void> {
  const { sandbox, offlineToken, graphql } = test;
  const { actions, state } = sandbox.context;
  actions.createShop({ handle: 'payload-shop', address: { ...address, company: 'Payload' } });
  actions.installApp(shop);
  const token = await offlineToken(shop);
  const product = actions.createProduct(shop, {
    title: 'Lampe “Été”',
    descriptionHtml: '<p>Une lampe</p>',
    tags: ['lampe', 'été'],
    options: ['Couleur'],
    images: [{ url: '/pictures/lamp.png', alt: 'Lampe' }],
    variants: [
      {
        title: 'Bleu',
        price: '49.9',
        compareAtPrice: '60',
        sku: 'L-B',
        barcode: '4006381333931',
        inventoryQuantity: 9,
        imageIndex: 0,
      },
      { title: 'Rouge', price: '49.9', sku: 'L-R', barcode: '4006381333932', inventoryQuantity: 9, imageIndex: 0 },
    ],
  });
  actions.updateProduct(shop, product.id, { title: 'Lampe' });
  const [variantId = ''] = product.variantIds;
  const about = {
    email: 'zoe@example.com',
    phone: '+33600000000',
    firstName: 'Zoé',
    lastName: 'Lefèvre',
    note: 'Aime le bleu',
    address,
  };
  const customer = actions.createCustomer(shop, { ...about, consent: { state: 'SUBSCRIBED' } });
  actions.updateCustomer(shop, customer.id, { note: 'Aime le vert' });
  const checkout = actions.startCheckout(shop, {
    lines: [{ variantId, quantity: 2 }],
    email: 'zoe@example.com',
    shippingAddress: address,
    discountCodes: [{ code: 'ETE', amount: '5' }],
  });
  liveWithCodes(test, variantId);
  actions.updateCheckout(shop, checkout.id, { lines: [{ variantId, quantity: 1 }], shippingPrice: '4.9' });
  const order = actions.payCheckout(shop, checkout.id);
  actions.fulfillOrder(shop, order.id, {
    trackingCompany: 'UPS',
    trackingNumber: '1Z',
    trackingUrl: 'https://example.com/1Z',
  });
  actions.deliverOrder(shop, order.id);
  actions.refundOrder(shop, order.id, { note: 'Cassée' });
  const bare = actions.createOrder(shop, { lines: [{ variantId }], customerId: customer.id, shippingAddress: address });
  actions.cancelOrder(shop, bare.id);
  const left = actions.startCheckout(shop, {
    lines: [{ variantId }],
    email: 'zoe@example.com',
    shippingAddress: address,
  });
  actions.deleteCheckout(shop, left.id);
  const twin = actions.createCustomer(shop, { ...about, email: 'twin@example.com', phone: '+33600000001' });
  actions.mergeCustomers(shop, customer.id, twin.id);
  const passing = actions.createCustomer(shop, { ...about, email: 'passing@example.com', phone: '+33600000002' });
  actions.deleteCustomer(shop, passing.id);
  actions.deleteProduct(shop, product.id);
  actions.updateShop(shop, { name: 'Payload & Fils' });
  await graphql(
    shop,
    token,
    'mutation { bulkOperationRunQuery(query: "{ customers { edges { node { id } } } }") { bulkOperation { id } } }',
  );
  while ([...state.shop(shop).bulkOperations.values()].some((one) => one.completedAt === null)) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  actions.requestRedaction(shop, 'data_request', customer.id);
  actions.requestRedaction(shop, 'customer_redact', customer.id);
  actions.changeScopes(shop, ['read_customers']);
  actions.uninstallApp(shop);
  actions.requestRedaction(shop, 'shop_redact');
}

/** Codes of the shop's own: on lines, on the shipping, and every change of a discount. */
function liveWithCodes({ sandbox }: TestSandbox, variantId: string): void {
  const { actions } = sandbox.context;
  const discount = actions.createDiscount(shop, { code: 'DIX', percentage: 0.1 });
  const free = actions.createDiscount(shop, { code: 'PORT', freeShipping: true });
  for (const code of ['DIX', 'PORT']) {
    const about = { lines: [{ variantId }], email: 'zoe@example.com', shippingPrice: '4.9', shippingAddress: address };
    const checkout = actions.startCheckout(shop, about);
    actions.applyDiscountCode(shop, checkout.id, code);
    actions.payCheckout(shop, checkout.id);
  }
  const [added] = actions.addRedeemCodes(shop, discount.id, ['DIX-2']);
  actions.deleteRedeemCodes(shop, discount.id, [added?.codeId ?? '']);
  actions.deactivateDiscount(shop, discount.id);
  actions.deleteDiscount(shop, free.id);
}

/** The published schemas were inferred from samples: a list that is empty in every sample forbids entries. Lift that alone. */
function widened(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(widened);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).filter(([name, value]) => !(name === 'items' && value === false));
  return Object.fromEntries(entries.map(([name, value]) => [name, widened(value)]));
}

const validator = new Ajv2020({ strict: false, allErrors: true });
addFormats(validator);

describe('every payload the sandbox sends', () => {
  it.each(topics)('of %s has the shape Shopify publishes', (topic) => {
    const bodies = test.received.filter(({ headers }) => headers['x-shopify-topic'] === topic).map(({ body }) => body);
    expect(bodies.length).toBeGreaterThan(0);
    const validate = validator.compile(widened(schemaForWebhook(newest, topic)) as object);
    for (const body of bodies) {
      validate(JSON.parse(body));
      expect(validate.errors ?? []).toEqual([]);
    }
  });

  it('writes ids beyond 2^53 with all their digits', () => {
    const created = test.received.find(({ headers }) => headers['x-shopify-topic'] === 'customers/create')?.body ?? '';
    const gid = /gid:\/\/shopify\/Customer\/(\d+)/.exec(created)?.[1] ?? '';
    expect(BigInt(gid)).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER));
    expect(created).toContain(`{"id":${gid},`);
  });

  it('writes times with the offset of the shop', () => {
    const created = test.received.find(({ headers }) => headers['x-shopify-topic'] === 'customers/create')?.body ?? '';
    expect(JSON.parse(created).created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[12]:00$/);
  });
});
