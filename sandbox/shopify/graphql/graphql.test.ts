import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestSandbox, type TestSandbox } from '../test-sandbox';

const shop = 'graph-shop.myshopify.com';
let test: TestSandbox;
let token: string;
let ids: { product: string; variant: string; customer: string; order: string; oldOrder: string; checkout: string };

beforeAll(async () => {
  test = await startTestSandbox();
  ids = fill(test);
  token = await test.offlineToken(shop);
});
afterAll(() => test.close());

const day = 24 * 3_600_000;

function fill({ sandbox }: TestSandbox): typeof ids {
  const { actions, clock } = sandbox.context;
  actions.createShop({ handle: 'graph-shop', name: 'Graph & Co', presentmentCurrencies: ['EUR', 'JPY'] });
  actions.installApp(shop);
  const product = actions.createProduct(shop, {
    title: 'Bougie',
    images: [{ url: '/pictures/candle.png', alt: 'Bougie' }],
    variants: [{ price: '20', compareAtPrice: '25', inventoryQuantity: 4, imageIndex: 0, sku: 'B-1' }],
  });
  const [variant = ''] = product.variantIds;
  const customer = actions.createCustomer(shop, {
    email: 'ada@example.com',
    firstName: 'Ada',
    lastName: 'Lovelace',
    locale: 'en',
    consent: { state: 'SUBSCRIBED' },
    address: { countryCode: 'US', provinceCode: 'NY', city: 'New York' },
    metafields: [{ namespace: 'facts', key: 'birth_date', type: 'date', value: '1990-12-10' }],
  });
  for (let n = 1; n <= 9; n += 1) actions.createCustomer(shop, { email: `c${n}@example.com`, firstName: `C${n}` });
  const lines = [{ variantId: variant, quantity: 2 }];
  const past = new Date(clock.now() - 90 * day);
  const oldOrder = actions.createOrder(shop, { lines, customerId: customer.id, takeStock: false }, { at: past });
  const checkout = actions.startCheckout(shop, {
    lines,
    email: 'ada@example.com',
    presentmentCurrency: 'JPY',
    presentmentRate: 160,
  });
  const order = actions.payCheckout(shop, checkout.id);
  actions.refundOrder(shop, order.id, { lines: [{ lineItemId: order.lines[0]?.id ?? '', quantity: 1 }] });
  return {
    product: product.id,
    variant,
    customer: customer.id,
    order: order.id,
    oldOrder: oldOrder.id,
    checkout: checkout.id,
  };
}

const ask = (query: string, variables?: object, withToken = token) => test.graphql(shop, withToken, query, variables);

async function tokenWith(scopes: string[]): Promise<string> {
  const installation = test.sandbox.context.state.shop(shop).installation;
  if (!installation) throw new Error('The app is not installed.');
  const former = installation.scopes;
  installation.scopes = scopes;
  const narrow = await test.offlineToken(shop);
  installation.scopes = former;
  return narrow;
}

describe('a document', () => {
  it('with a field Shopify does not have is refused in errors, with status 200', async () => {
    const { status, data, errors } = await ask('query { customers(first: 1) { nodes { shoeSize } } }');
    expect(status).toBe(200);
    expect(data).toBeUndefined();
    expect(errors?.[0]).toMatchObject({
      message: "Field 'shoeSize' doesn't exist on type 'Customer'",
      extensions: { code: 'undefinedField', typeName: 'Customer', fieldName: 'shoeSize' },
    });
  });

  it('that is no GraphQL at all is refused the same way', async () => {
    const { status, errors } = await ask('query { shop {');
    expect([status, errors?.length]).toEqual([200, 1]);
  });

  it('with a wrong variable is refused', async () => {
    const { data, errors } = await ask('query ($n: Int!) { customers(first: $n) { nodes { id } } }', { n: 'many' });
    expect(data).toBeUndefined();
    expect(errors?.[0]?.message).toContain('$n');
  });

  it('for another API version finds nothing', async () => {
    const response = await fetch(`https://${shop}/admin/api/2019-04/graphql.json`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Shopify-Access-Token': token },
      body: JSON.stringify({ query: '{ shop { id } }' }),
    });
    expect(response.status).toBe(404);
  });

  it('that asks for a valid field the sandbox lacks fails loudly', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { errors } = await ask('{ shop { resourceLimits { maxProductVariants } } }');
    expect(errors?.[0]?.message).toBe('The sandbox does not implement Shop.resourceLimits.');
    expect(said).toHaveBeenCalledWith(expect.stringContaining('Shop.resourceLimits'));
    said.mockRestore();
  });

  it('without `first` is refused, and more than 250 too', async () => {
    expect((await ask('{ customers { nodes { id } } }')).errors?.[0]?.message).toBe(
      'you must provide one of first or last',
    );
    expect((await ask('{ customers(first: 251) { nodes { id } } }')).errors?.[0]?.message).toBe(
      'first cannot exceed 250',
    );
  });
});

describe('the real client library', () => {
  it('reads the shop', async () => {
    const session = test.shopify.session.customAppSession(shop);
    session.accessToken = token;
    const client = new test.shopify.clients.Graphql({ session });
    const { data } = await client.request(
      '{ shop { name currencyCode ianaTimezone myshopifyDomain primaryDomain { url } shopAddress { countryCodeV2 } plan { publicDisplayName } } shopLocales { locale primary } }',
    );
    expect(data).toEqual({
      shop: {
        name: 'Graph & Co',
        currencyCode: 'EUR',
        ianaTimezone: 'Europe/Paris',
        myshopifyDomain: shop,
        primaryDomain: { url: `${test.sandbox.url}/shop/graph-shop` },
        shopAddress: { countryCodeV2: 'FR' },
        plan: { publicDisplayName: 'Basic' },
      },
      shopLocales: [{ locale: 'fr', primary: true }],
    });
  });
});

describe('what a resolver answers', () => {
  it('for a customer: consent, money spent, metafield, time zone', async () => {
    const { data, errors } = await ask(
      `query ($id: ID!) { customer(id: $id) {
        id displayName locale numberOfOrders amountSpent { amount currencyCode }
        defaultEmailAddress { emailAddress marketingState marketingOptInLevel openTrackingLevel }
        defaultAddress { countryCodeV2 timeZone }
        birth: metafield(namespace: "facts", key: "birth_date") { value type } } }`,
      { id: `gid://shopify/Customer/${ids.customer}` },
    );
    expect(errors).toBeUndefined();
    expect(data?.customer).toEqual({
      id: `gid://shopify/Customer/${ids.customer}`,
      displayName: 'Ada Lovelace',
      locale: 'en',
      numberOfOrders: '2',
      amountSpent: { amount: '60.0', currencyCode: 'EUR' },
      defaultEmailAddress: {
        emailAddress: 'ada@example.com',
        marketingState: 'SUBSCRIBED',
        marketingOptInLevel: 'SINGLE_OPT_IN',
        openTrackingLevel: 'UNKNOWN',
      },
      defaultAddress: { countryCodeV2: 'US', timeZone: 'America/New_York' },
      birth: { value: '1990-12-10', type: 'date' },
    });
  });

  it('for an order: both currencies, refunds, its checkout', async () => {
    const { data, errors } = await ask(
      `query ($id: ID!) { order(id: $id) {
        displayFinancialStatus checkoutToken customer { id }
        totalPriceSet { shopMoney { amount } presentmentMoney { amount currencyCode } }
        totalRefundedSet { shopMoney { amount } } currentTotalPriceSet { shopMoney { amount } }
        lineItems(first: 5) { nodes { title quantity currentQuantity variant { id } product { id } } }
        refunds { totalRefundedSet { shopMoney { amount } } } } }`,
      { id: `gid://shopify/Order/${ids.order}` },
    );
    expect(errors).toBeUndefined();
    expect(data?.order).toMatchObject({
      displayFinancialStatus: 'PARTIALLY_REFUNDED',
      customer: { id: `gid://shopify/Customer/${ids.customer}` },
      totalPriceSet: { shopMoney: { amount: '40.0' }, presentmentMoney: { amount: '6400.0', currencyCode: 'JPY' } },
      totalRefundedSet: { shopMoney: { amount: '20.0' } },
      currentTotalPriceSet: { shopMoney: { amount: '20.0' } },
      lineItems: {
        nodes: [
          {
            title: 'Bougie',
            quantity: 2,
            currentQuantity: 1,
            variant: { id: `gid://shopify/ProductVariant/${ids.variant}` },
          },
        ],
      },
      refunds: [{ totalRefundedSet: { shopMoney: { amount: '20.0' } } }],
    });
  });

  it('for an order that came by a link: the page and the campaign', async () => {
    const { actions } = test.sandbox.context;
    const landingSite = '/products/bougie?utm_source=relance&utm_campaign=welcome';
    const { id } = actions.createOrder(shop, { lines: [{ title: 'Thing', price: '1' }], landingSite });
    const { data, errors } = await ask(
      'query ($id: ID!) { order(id: $id) { customerJourneySummary { lastVisit { landingPage utmParameters { source campaign medium } } } } }',
      { id: `gid://shopify/Order/${id}` },
    );
    expect(errors).toBeUndefined();
    expect(data?.order).toEqual({
      customerJourneySummary: {
        lastVisit: {
          landingPage: `${test.sandbox.url}/shop/graph-shop${landingSite}`,
          utmParameters: { source: 'relance', campaign: 'welcome', medium: null },
        },
      },
    });
    test.sandbox.context.state.shop(shop).orders.delete(id);
  });

  it('for a product: stock after the sale, prices, picture', async () => {
    const { data, errors } = await ask(
      `query ($id: ID!) { product(id: $id) {
        title onlineStoreUrl totalInventory
        featuredMedia { ... on MediaImage { image { url altText } } }
        variants(first: 1) { nodes { price compareAtPrice inventoryQuantity availableForSale sku selectedOptions { name value } } } } }`,
      { id: `gid://shopify/Product/${ids.product}` },
    );
    expect(errors).toBeUndefined();
    expect(data?.product).toEqual({
      title: 'Bougie',
      onlineStoreUrl: `${test.sandbox.url}/shop/graph-shop/products/bougie`,
      totalInventory: 2,
      featuredMedia: { image: { url: `${test.sandbox.url}/pictures/candle.png`, altText: 'Bougie' } },
      variants: {
        nodes: [
          {
            price: '20.00',
            compareAtPrice: '25.00',
            inventoryQuantity: 2,
            availableForSale: true,
            sku: 'B-1',
            selectedOptions: [{ name: 'Title', value: 'Default Title' }],
          },
        ],
      },
    });
  });

  it('for checkouts: the recovery address and the price the shopper saw', async () => {
    const { data, errors } = await ask(
      '{ abandonedCheckouts(first: 5) { nodes { id abandonedCheckoutUrl completedAt totalPriceSet { presentmentMoney { amount currencyCode } } lineItems(first: 3) { nodes { title quantity image { url } variant { id } } } } } }',
    );
    expect(errors).toBeUndefined();
    const { token: checkoutToken, recoveryKey } = test.sandbox.context.state.shop(shop).checkout(ids.checkout);
    expect(data?.abandonedCheckouts).toMatchObject({
      nodes: [
        {
          id: `gid://shopify/AbandonedCheckout/${ids.checkout}`,
          abandonedCheckoutUrl: `${test.sandbox.url}/shop/graph-shop/checkouts/${checkoutToken}/recover?key=${recoveryKey}`,
          totalPriceSet: { presentmentMoney: { amount: '6400.0', currencyCode: 'JPY' } },
        },
      ],
    });
  });

  it('for node: any record by its id, null for a wrong one', async () => {
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }';
    const wanted = [
      `gid://shopify/Customer/${ids.customer}`,
      'gid://shopify/Product/1',
      `gid://shopify/ProductVariant/${ids.variant}`,
    ];
    const { data } = await ask(query, { ids: wanted });
    expect(data?.nodes).toEqual([
      { __typename: 'Customer', id: wanted[0] },
      null,
      { __typename: 'ProductVariant', id: wanted[2] },
    ]);
  });
});

describe('a connection', () => {
  const page =
    'query ($after: String, $reverse: Boolean) { customers(first: 4, after: $after, reverse: $reverse) { nodes { email: displayName id } pageInfo { hasNextPage endCursor } } }';
  type Page = { customers: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } };

  it.each([false, true])(
    'shows every record exactly once (reverse: %s), also when one is deleted between pages',
    async (reverse) => {
      const { actions } = test.sandbox.context;
      const extra = actions.createCustomer(shop, { email: `extra-${reverse}@example.com` });
      const seen: string[] = [];
      let after: string | null = null;
      for (let more = true; more; ) {
        const { data }: { data: unknown } = await ask(page, { after, reverse });
        const { customers } = data as Page;
        seen.push(...customers.nodes.map(({ id }) => id));
        if (seen.length === 4) {
          const lastShown = seen[3]?.split('/').at(-1) ?? '';
          actions.deleteCustomer(shop, lastShown === extra.id ? extra.id : lastShown);
        }
        more = customers.pageInfo.hasNextPage;
        after = customers.pageInfo.endCursor;
      }
      const left = [...test.sandbox.context.state.shop(shop).customers.keys()].map(
        (id) => `gid://shopify/Customer/${id}`,
      );
      expect(new Set(seen).size).toBe(seen.length);
      expect(left.every((id) => seen.includes(id))).toBe(true);
    },
  );

  it('filters by updated_at and sorts by it', async () => {
    const { actions, clock } = test.sandbox.context;
    const since = new Date(clock.now() + day).toISOString();
    actions.updateCustomer(shop, ids.customer, { note: 'later' }, { at: new Date(clock.now() + 2 * day) });
    const { data, errors } = await ask(
      'query ($q: String) { customers(first: 10, query: $q, sortKey: UPDATED_AT) { nodes { id } } }',
      {
        q: `updated_at:>='${since}'`,
      },
    );
    expect(errors).toBeUndefined();
    expect(data?.customers).toEqual({ nodes: [{ id: `gid://shopify/Customer/${ids.customer}` }] });
  });

  it('filters by e-mail, by id range and with OR and NOT', async () => {
    const find = async (q: string) => {
      const { data, errors } = await ask(
        'query ($q: String) { customers(first: 50, query: $q) { nodes { displayName } } }',
        { q },
      );
      expect(errors).toBeUndefined();
      return (data as { customers: { nodes: { displayName: string }[] } }).customers.nodes.map(
        ({ displayName }) => displayName,
      );
    };
    expect(await find('email:ada@example.com')).toEqual(['Ada Lovelace']);
    expect(await find('email:c5@example.com OR (first_name:C9 AND NOT tag:vip)')).toEqual(['C5', 'C9']);
    const all = await find('');
    expect(await find(`id:>${ids.customer}`)).toEqual(all.filter((name) => name !== 'Ada Lovelace'));
    const unknown = await ask('{ customers(first: 1, query: "shoe_size:44") { nodes { id } } }');
    expect(unknown.errors?.[0]?.message).toContain('shoe_size');
  });
});

describe('access', () => {
  it('to a type without its scope is denied as Shopify words it', async () => {
    const narrow = await tokenWith(['read_products']);
    const { status, data, errors } = await ask('{ customers(first: 1) { nodes { id } } }', {}, narrow);
    expect([status, data]).toEqual([200, null]);
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining(
        'Access denied for customers field. Required access: `read_customers` access scope.',
      ),
      path: ['customers'],
      extensions: { code: 'ACCESS_DENIED' },
    });
  });

  it('to what hangs on an allowed type is denied on its own', async () => {
    const narrow = await tokenWith(['read_orders']);
    const { data, errors } = await ask('{ orders(first: 1) { nodes { name customer { id } } } }', {}, narrow);
    expect(data?.orders).toMatchObject({ nodes: [{ customer: null }] });
    expect(errors?.[0]?.extensions?.code).toBe('ACCESS_DENIED');
  });

  it('by a write scope includes reading', async () => {
    const narrow = await tokenWith(['write_customers']);
    expect((await ask('{ customers(first: 1) { nodes { id } } }', {}, narrow)).errors).toBeUndefined();
  });

  it('to locales, and to the gaps of Shopify’s own table, is asked for too', async () => {
    const narrow = await tokenWith(['read_customers']);
    expect((await ask('{ shopLocales { locale } }', {}, narrow)).errors?.[0]?.extensions?.code).toBe('ACCESS_DENIED');
    const tagging = `mutation { tagsAdd(id: "gid://shopify/Customer/${ids.customer}", tags: ["x"]) { userErrors { message } } }`;
    expect((await ask(tagging, {}, narrow)).errors?.[0]?.extensions?.code).toBe('ACCESS_DENIED');
  });

  it('to orders older than 60 days needs read_all_orders', async () => {
    const query = `{ orders(first: 10) { nodes { id } } order(id: "gid://shopify/Order/${ids.oldOrder}") { id } ordersCount { count } }`;
    const old = { id: `gid://shopify/Order/${ids.oldOrder}` };
    const recent = { id: `gid://shopify/Order/${ids.order}` };
    expect((await ask(query)).data).toEqual({ orders: { nodes: [recent] }, order: null, ordersCount: { count: 1 } });
    const wide = await tokenWith(['read_orders', 'read_all_orders']);
    expect((await ask(query, {}, wide)).data).toEqual({
      orders: { nodes: [old, recent] },
      order: old,
      ordersCount: { count: 2 },
    });
  });
});

describe('mutations', () => {
  const consent = `mutation ($input: CustomerEmailMarketingConsentUpdateInput!) {
    customerEmailMarketingConsentUpdate(input: $input) { customer { defaultEmailAddress { marketingState } } userErrors { field message } } }`;
  const input = (marketingState: string) => ({
    input: { customerId: `gid://shopify/Customer/${ids.customer}`, emailMarketingConsent: { marketingState } },
  });

  it('set consent only to SUBSCRIBED, UNSUBSCRIBED and PENDING', async () => {
    const done = await ask(consent, input('UNSUBSCRIBED'));
    expect(done.data?.customerEmailMarketingConsentUpdate).toEqual({
      customer: { defaultEmailAddress: { marketingState: 'UNSUBSCRIBED' } },
      userErrors: [],
    });
    const refused = await ask(consent, input('NOT_SUBSCRIBED'));
    expect(refused.data?.customerEmailMarketingConsentUpdate).toEqual({
      customer: null,
      userErrors: [
        {
          field: ['input', 'emailMarketingConsent', 'marketingState'],
          message: 'Cannot specify NOT_SUBSCRIBED as a marketing state input',
        },
      ],
    });
  });

  it('add and remove tags', async () => {
    const id = `gid://shopify/Customer/${ids.customer}`;
    await ask('mutation ($id: ID!) { tagsAdd(id: $id, tags: ["VIP", "a,b"]) { userErrors { message } } }', { id });
    await ask('mutation ($id: ID!) { tagsRemove(id: $id, tags: ["a"]) { node { id } userErrors { message } } }', {
      id,
    });
    expect(test.sandbox.context.state.shop(shop).customer(ids.customer).tags).toEqual(['VIP', 'b']);
  });

  it('enable the birth date once, then take dates and refuse other text', async () => {
    const enable =
      'mutation { standardMetafieldDefinitionEnable(ownerType: CUSTOMER, namespace: "facts", key: "birth_date") { createdDefinition { namespace key type { name } } userErrors { code } } }';
    expect((await ask(enable)).data?.standardMetafieldDefinitionEnable).toEqual({
      createdDefinition: { namespace: 'facts', key: 'birth_date', type: { name: 'date' } },
      userErrors: [],
    });
    expect((await ask(enable)).data?.standardMetafieldDefinitionEnable).toEqual({
      createdDefinition: null,
      userErrors: [{ code: 'TAKEN' }],
    });
    const set =
      'mutation ($m: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $m) { metafields { value } userErrors { code } } }';
    const field = { ownerId: `gid://shopify/Customer/${ids.customer}`, namespace: 'facts', key: 'birth_date' };
    expect((await ask(set, { m: [{ ...field, value: '1991-01-02' }] })).data?.metafieldsSet).toEqual({
      metafields: [{ value: '1991-01-02' }],
      userErrors: [],
    });
    expect((await ask(set, { m: [{ ...field, value: 'soon' }] })).data?.metafieldsSet).toEqual({
      metafields: null,
      userErrors: [{ code: 'INVALID_VALUE' }],
    });
  });
});

describe('cost', () => {
  it.each([
    [
      73,
      '{ order(id: "gid://shopify/Order/1") { shippingLines(first: 10) { pageInfo { endCursor } nodes { id discountAllocations { allocatedAmountSet { presentmentMoney { amount } shopMoney { amount } } } originalPriceSet { presentmentMoney { amount } shopMoney { amount } } discountedPriceSet { shopMoney { amount } } taxLines { title priceSet { shopMoney { amount } } } } } } }',
    ],
    [
      37,
      '{ order(id: "gid://shopify/Order/1") { fulfillments { name location { legacyResourceId } trackingInfo { number } service { serviceName } fulfillmentLineItems(first: 10) { pageInfo { endCursor } nodes { id originalTotalSet { presentmentMoney { amount } shopMoney { amount } } lineItem { id } } } } } }',
    ],
  ])('comes to %i for a query known to cost that at Shopify', async (cost, query) => {
    expect((await ask(query)).extensions.cost.requestedQueryCost).toBe(cost);
  });

  it('is told with every answer, and what was not used is given back', async () => {
    const { extensions } = await ask('{ customers(first: 100) { nodes { id orders(first: 2) { nodes { id } } } } }');
    expect(extensions.cost.requestedQueryCost).toBe(2 + 100 * (1 + 2 + 2 * 1));
    expect(extensions.cost.actualQueryCost).toBeLessThan(60);
    expect(extensions.cost.throttleStatus).toMatchObject({ maximumAvailable: 2_000, restoreRate: 100 });
  });

  it('above 1,000 for one query is refused', async () => {
    const { data, errors } = await ask('{ orders(first: 100) { nodes { id lineItems(first: 50) { nodes { id } } } } }');
    expect(data).toBeUndefined();
    expect(errors?.[0]?.extensions?.code).toBe('MAX_COST_EXCEEDED');
  });

  it('beyond the bucket answers THROTTLED, and time refills it', async () => {
    const { actions } = test.sandbox.context;
    actions.createShop({ handle: 'thirsty' });
    actions.installApp('thirsty');
    const thirsty = 'thirsty.myshopify.com';
    const own = await test.offlineToken(thirsty);
    for (let n = 0; n < 120; n += 1) actions.createCustomer(thirsty, { email: `t${n}@example.com` });
    const dear =
      '{ customers(first: 120) { nodes { id defaultEmailAddress { emailAddress } defaultAddress { city } lastOrder { id } mergeable { isMergeable } amountSpent { amount } statistics { rfmGroup } } } }';
    const answers = [];
    for (let n = 0; n < 6; n += 1) answers.push(await test.graphql(thirsty, own, dear));
    const throttled = answers.find(({ errors }) => errors?.[0]?.extensions?.code === 'THROTTLED');
    expect(throttled).toMatchObject({ status: 200, errors: [{ message: 'Throttled' }] });
    expect(throttled?.data).toBeUndefined();
    expect((await test.graphql(thirsty, own, '{ shop { name } }')).data).toEqual({ shop: { name: 'thirsty' } });
  });
});

describe('trouble', () => {
  it('can be switched on: down answers 503, throttled answers THROTTLED', async () => {
    const { faults } = test.sandbox.context;
    faults.throttled = true;
    const { errors } = await ask('{ shop { name } }');
    faults.throttled = false;
    expect(errors?.[0]?.extensions?.code).toBe('THROTTLED');
    faults.down = true;
    const response = await fetch(`https://${shop}/admin/api/2026-10/graphql.json`, { method: 'POST' });
    faults.down = false;
    expect(response.status).toBe(503);
  });
});
