import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GraphqlAnswer, startTestSandbox, type TestSandbox } from '../../test-sandbox';

const shop = 'code-shop.myshopify.com';
const day = 24 * 3_600_000;
let test: TestSandbox;
let token: string;
let productGid: string;
let variantId: string;

beforeAll(async () => {
  test = await startTestSandbox({ scopes: 'write_discounts,read_products,read_customers,read_orders' });
  const { actions } = test.sandbox.context;
  actions.createShop({ handle: 'code-shop' });
  actions.installApp(shop);
  const product = actions.createProduct(shop, { title: 'Bol', variants: [{ price: '20', inventoryQuantity: 50 }] });
  productGid = `gid://shopify/Product/${product.id}`;
  variantId = product.variantIds[0] ?? '';
  token = await test.offlineToken(shop);
});
afterAll(() => test.close());

type Json = Record<string, unknown>;
const ask = (query: string, variables?: object) => test.graphql(shop, token, query, variables);
const payload = (answer: GraphqlAnswer, field: string) => (answer.data?.[field] ?? {}) as Json & { userErrors: Json[] };
const iso = (shiftMs = 0) => new Date(test.sandbox.context.clock.now() + shiftMs).toISOString();

const basic = (change: object = {}) => ({
  title: 'Ten',
  code: 'TEN',
  startsAt: iso(),
  context: { all: 'ALL' },
  customerGets: { value: { percentage: 0.1 }, items: { all: true } },
  ...change,
});

const create = async (input: object) =>
  payload(
    await ask(
      `mutation ($input: DiscountCodeBasicInput!) { discountCodeBasicCreate(basicCodeDiscount: $input) {
        codeDiscountNode { id } userErrors { field message code extraInfo } } }`,
      { input },
    ),
    'discountCodeBasicCreate',
  );

async function created(input: object): Promise<string> {
  const { codeDiscountNode, userErrors } = await create(input);
  expect(userErrors).toEqual([]);
  return String((codeDiscountNode as Json).id);
}

describe('a code discount', () => {
  it('is made with all its terms and read back by its code, whatever the case', async () => {
    const id = await created(
      basic({
        code: 'Spring-20',
        title: 'Spring',
        endsAt: iso(7 * day),
        usageLimit: 1,
        appliesOncePerCustomer: true,
        minimumRequirement: { subtotal: { greaterThanOrEqualToSubtotal: '40' } },
        customerGets: { value: { percentage: 0.2 }, items: { products: { productsToAdd: [productGid] } } },
      }),
    );
    const { data, errors } = await ask(`{ codeDiscountNodeByCode(code: "spring-20") { id codeDiscount {
      __typename ... on DiscountCodeBasic { title status usageLimit appliesOncePerCustomer asyncUsageCount summary discountClasses
        codes(first: 5) { nodes { code asyncUsageCount } } codesCount { count }
        context { __typename }
        minimumRequirement { ... on DiscountMinimumSubtotal { greaterThanOrEqualToSubtotal { amount currencyCode } } }
        customerGets { value { ... on DiscountPercentage { percentage } }
          items { ... on DiscountProducts { products(first: 2) { nodes { title } } } } } } } } }`);
    expect(errors).toBeUndefined();
    expect(data?.codeDiscountNodeByCode).toEqual({
      id,
      codeDiscount: {
        __typename: 'DiscountCodeBasic',
        title: 'Spring',
        status: 'ACTIVE',
        usageLimit: 1,
        appliesOncePerCustomer: true,
        asyncUsageCount: 0,
        summary: '20% off 1 product • Minimum purchase of €40.00 • One use per customer',
        discountClasses: ['PRODUCT'],
        codes: { nodes: [{ code: 'Spring-20', asyncUsageCount: 0 }] },
        codesCount: { count: 1 },
        context: { __typename: 'DiscountBuyerSelectionAll' },
        minimumRequirement: { greaterThanOrEqualToSubtotal: { amount: '40.0', currencyCode: 'EUR' } },
        customerGets: { value: { percentage: 0.2 }, items: { products: { nodes: [{ title: 'Bol' }] } } },
      },
    });
  });

  it.each([
    ['a blank title', { title: ' ' }, ['title'], "Title can't be blank", 'BLANK'],
    ['no code', { code: undefined }, ['code'], "Code can't be blank", 'BLANK'],
    ['an empty code', { code: '' }, ['code'], 'Code is too short (minimum is 1 character)', 'TOO_SHORT'],
    ['no start', { startsAt: null }, ['startsAt'], "Starts at can't be blank", 'BLANK'],
    [
      'an end before its start',
      { code: 'E1', startsAt: '2026-12-02T00:00:00Z', endsAt: '2026-12-01T00:00:00Z' },
      ['endsAt'],
      'Ends at needs to be after starts_at',
      'INVALID',
    ],
    [
      'more than everything off',
      { code: 'E2', customerGets: { value: { percentage: 1.5 }, items: { all: true } } },
      ['customerGets', 'value', 'percentage'],
      'Value must be between 0.0 and 1.0',
      'VALUE_OUTSIDE_RANGE',
    ],
    ['no uses', { code: 'E3', usageLimit: 0 }, ['usageLimit'], 'Usage limit must be greater than 0', 'GREATER_THAN'],
    [
      'a product that is not there',
      {
        code: 'E4',
        customerGets: {
          value: { percentage: 0.1 },
          items: { products: { productsToAdd: ['gid://shopify/Product/1'] } },
        },
      },
      ['customerGets', 'items', 'products', 'productsToAdd'],
      'Product with id: 1 is invalid',
      'INVALID',
    ],
  ])('with %s is refused as Shopify words it', async (_what, change, field, message, code) => {
    const answer = await create(basic({ code: 'WRONG', ...change }));
    const error = { field: ['basicCodeDiscount', ...field], message, code, extraInfo: null };
    expect(answer).toEqual({ codeDiscountNode: null, userErrors: [error] });
  });

  it('with a code that is taken is refused, also in other letters', async () => {
    await created(basic({ code: 'Taken' }));
    const { userErrors } = await create(basic({ code: 'TAKEN' }));
    expect(userErrors).toMatchObject([
      {
        field: ['basicCodeDiscount', 'code'],
        message: 'Code must be unique. Please try a different code.',
        code: 'TAKEN',
      },
    ]);
  });

  it('with both minimums gets two errors', async () => {
    const both = { quantity: { greaterThanOrEqualToQuantity: '2' }, subtotal: { greaterThanOrEqualToSubtotal: '9' } };
    const { userErrors } = await create(basic({ code: 'BOTH', minimumRequirement: both }));
    expect(userErrors.map(({ code }) => code)).toEqual(['CONFLICT', 'CONFLICT']);
  });

  it('is scheduled, active, then expired, by the business clock', async () => {
    const id = await created(basic({ code: 'WEEK', startsAt: iso(day), endsAt: iso(3 * day) }));
    const status = async () => {
      const { data } = await ask(
        'query ($id: ID!) { codeDiscountNode(id: $id) { codeDiscount { ... on DiscountCodeBasic { status } } } }',
        { id },
      );
      return (data?.codeDiscountNode as { codeDiscount: Json } | undefined)?.codeDiscount.status;
    };
    const { clock } = test.sandbox.context;
    const seen = [await status()];
    clock.advance(2 * day);
    seen.push(await status());
    clock.advance(2 * day);
    seen.push(await status());
    expect(seen).toEqual(['SCHEDULED', 'ACTIVE', 'EXPIRED']);
    const { data } = await ask('{ discountNodes(first: 50, query: "status:expired title:Ten") { nodes { id } } }');
    expect(data?.discountNodes).toEqual({ nodes: [{ id }] });
  });

  it('is changed, ended and deleted; then its code is free again', async () => {
    const id = await created(basic({ code: 'MAYFLY' }));
    const changed = await ask(
      `mutation ($id: ID!, $input: DiscountCodeBasicInput!) { discountCodeBasicUpdate(id: $id, basicCodeDiscount: $input) {
        codeDiscountNode { codeDiscount { ... on DiscountCodeBasic { title usageLimit codes(first: 2) { nodes { code } } } } } userErrors { message } } }`,
      { id, input: { title: 'Fly', usageLimit: 3, code: 'MAYFLY2' } },
    );
    expect(payload(changed, 'discountCodeBasicUpdate')).toEqual({
      codeDiscountNode: { codeDiscount: { title: 'Fly', usageLimit: 3, codes: { nodes: [{ code: 'MAYFLY2' }] } } },
      userErrors: [],
    });
    const ended = await ask(
      `mutation ($id: ID!) { discountCodeDeactivate(id: $id) { codeDiscountNode { codeDiscount {
        ... on DiscountCodeBasic { status } } } userErrors { message } } }`,
      { id },
    );
    expect(payload(ended, 'discountCodeDeactivate').codeDiscountNode).toEqual({ codeDiscount: { status: 'EXPIRED' } });
    const remove =
      'mutation ($id: ID!) { discountCodeDelete(id: $id) { deletedCodeDiscountId userErrors { message code } } }';
    expect(payload(await ask(remove, { id }), 'discountCodeDelete').deletedCodeDiscountId).toBe(id);
    expect(payload(await ask(remove, { id }), 'discountCodeDelete').userErrors).toMatchObject([{ code: 'INVALID' }]);
    await created(basic({ code: 'MAYFLY2' }));
  });

  it('for free shipping knows its countries and its dearest shipping', async () => {
    const answer = await ask(
      `mutation ($input: DiscountCodeFreeShippingInput!) { discountCodeFreeShippingCreate(freeShippingCodeDiscount: $input) {
        codeDiscountNode { codeDiscount { __typename ... on DiscountCodeFreeShipping { discountClasses maximumShippingPrice { amount }
          destinationSelection { ... on DiscountCountries { countries } } summary } } } userErrors { field message code } } }`,
      {
        input: {
          title: 'Ship',
          code: 'SHIP',
          startsAt: iso(),
          context: { all: 'ALL' },
          destination: { countries: { add: ['FR', 'BE'] } },
          maximumShippingPrice: '9.9',
        },
      },
    );
    expect(payload(answer, 'discountCodeFreeShippingCreate')).toEqual({
      codeDiscountNode: {
        codeDiscount: {
          __typename: 'DiscountCodeFreeShipping',
          discountClasses: ['SHIPPING'],
          maximumShippingPrice: { amount: '9.9' },
          destinationSelection: { countries: ['FR', 'BE'] },
          summary: 'Free shipping • 2 countries',
        },
      },
      userErrors: [],
    });
  });
});

describe('codes by the many', () => {
  const add = (discountId: string, codes: string[]) =>
    ask(
      `mutation ($id: ID!, $codes: [DiscountRedeemCodeInput!]!) { discountRedeemCodeBulkAdd(discountId: $id, codes: $codes) {
        bulkCreation { id done codesCount importedCount } userErrors { field message code } } }`,
      { id: discountId, codes: codes.map((code) => ({ code })) },
    );
  const look = async (id: string) => {
    const { data } = await ask(
      `query ($id: ID!) { discountRedeemCodeBulkCreation(id: $id) { done codesCount importedCount failedCount
        codes(first: 250) { nodes { code discountRedeemCode { code } errors { field message code } } } } }`,
      { id },
    );
    return data?.discountRedeemCodeBulkCreation as Json & { done: boolean; codes: { nodes: Json[] } };
  };
  const started = async (discountId: string, codes: string[]) => {
    const { bulkCreation, userErrors } = payload(await add(discountId, codes), 'discountRedeemCodeBulkAdd');
    expect(userErrors).toEqual([]);
    return bulkCreation as { id: string; done: boolean };
  };
  async function finished(id: string) {
    for (;;) {
      const creation = await look(id);
      if (creation.done) return creation;
    }
  }

  it('come in a moment later, each refused for itself when it will not do', async () => {
    await created(basic({ code: 'OTHER' }));
    const id = await created(basic({ code: 'POOL-0', usageLimit: 1 }));
    const creation = await started(id, ['POOL-1', 'other', 'POOL-2', 'pool-2', '']);
    expect(creation).toMatchObject({ done: false, codesCount: 5, importedCount: 0 });
    const done = await finished(creation.id);
    expect(done).toMatchObject({ codesCount: 5, importedCount: 2, failedCount: 3 });
    const error = (message: string) => [{ field: ['code'], message, code: null }];
    expect(done.codes.nodes).toEqual([
      { code: 'POOL-1', discountRedeemCode: { code: 'POOL-1' }, errors: [] },
      { code: 'other', discountRedeemCode: null, errors: error('must be unique. Please try a different code.') },
      { code: 'POOL-2', discountRedeemCode: { code: 'POOL-2' }, errors: [] },
      {
        code: 'pool-2',
        discountRedeemCode: null,
        errors: error('Codes must be unique within BulkDiscountCodeCreation'),
      },
      { code: '', discountRedeemCode: null, errors: error('is too short (minimum is 1 character)') },
    ]);
    const { data } = await ask(
      `query ($id: ID!) { discountNode(id: $id) { discount { ... on DiscountCodeBasic { codesCount { count } codes(first: 1, query: "POOL-2") { nodes { code } } } } } }`,
      { id },
    );
    expect(data?.discountNode).toEqual({
      discount: { codesCount: { count: 3 }, codes: { nodes: [{ code: 'POOL-2' }] } },
    });
  });

  it('are at most 250 a call, and never none', async () => {
    const id = await created(basic({ code: 'MANY' }));
    const codes = Array.from({ length: 251 }, (_, n) => `MANY-${n}`);
    const { errors } = await add(id, codes);
    expect(errors?.[0]).toMatchObject({
      message: 'The input array size of 251 is greater than the maximum allowed of 250.',
      extensions: { code: 'MAX_INPUT_SIZE_EXCEEDED' },
    });
    expect(payload(await add(id, []), 'discountRedeemCodeBulkAdd').userErrors).toMatchObject([{ code: 'BLANK' }]);
    const nowhere = payload(await add('gid://shopify/DiscountCodeNode/1', ['X']), 'discountRedeemCodeBulkAdd');
    expect(nowhere.userErrors).toMatchObject([{ field: ['discountId'], code: 'INVALID' }]);
  });

  it('wait while the fault holds them, and come in once it is lifted', async () => {
    const { faults } = test.sandbox.context;
    const id = await created(basic({ code: 'HELD' }));
    faults.codesHang = true;
    const slow = await started(id, ['HELD-1']);
    const other = await started(id, ['HELD-2']);
    for (let n = 0; n < 20; n += 1) expect((await look(slow.id)).done).toBe(false);
    faults.codesHang = false;
    expect(await finished(slow.id)).toMatchObject({ importedCount: 1 });
    expect(await finished(other.id)).toMatchObject({ importedCount: 1 });
  });

  it('go with their discounts when those are deleted together', async () => {
    const ids = [await created(basic({ code: 'GONE-A' })), await created(basic({ code: 'GONE-B' }))];
    const answer = await ask(
      'mutation ($ids: [ID!]) { discountCodeBulkDelete(ids: $ids) { job { id done } userErrors { message code } } }',
      { ids },
    );
    const { job } = payload(answer, 'discountCodeBulkDelete') as unknown as { job: { id: string } };
    const { data } = await ask(
      'query ($id: ID!) { job(id: $id) { done } a: codeDiscountNodeByCode(code: "GONE-A") { id } }',
      {
        id: job.id,
      },
    );
    expect(data).toEqual({ job: { done: true }, a: null });
    const bare = payload(
      await ask('mutation { discountCodeBulkDelete { job { id } userErrors { code } } }'),
      'discountCodeBulkDelete',
    );
    expect(bare).toEqual({ job: null, userErrors: [{ code: 'MISSING_ARGUMENT' }] });
  });
});

describe('what stands in the way', () => {
  it('is a missing scope: reading needs read_discounts, changing write_discounts', async () => {
    const installation = test.sandbox.context.state.shop(shop).installation;
    if (!installation) throw new Error('The app is not installed.');
    const former = installation.scopes;
    installation.scopes = ['read_discounts', 'read_orders'];
    const reader = await test.offlineToken(shop);
    installation.scopes = ['read_orders'];
    const stranger = await test.offlineToken(shop);
    installation.scopes = former;
    const read = '{ discountNodes(first: 1) { nodes { id } } codeDiscountNodeByCode(code: "TEN") { id } }';
    const change = 'mutation { discountCodeDelete(id: "gid://shopify/DiscountCodeNode/1") { userErrors { message } } }';
    expect((await test.graphql(shop, reader, read)).errors).toBeUndefined();
    const denied = [await test.graphql(shop, reader, change), await test.graphql(shop, stranger, read)];
    for (const { errors } of denied) expect(errors?.[0]?.extensions?.code).toBe('ACCESS_DENIED');
  });

  it('is a fault: every change fails, reading goes on', async () => {
    const { faults } = test.sandbox.context;
    faults.discountsFail = true;
    const failed = await ask(
      'mutation { discountCodeDelete(id: "gid://shopify/DiscountCodeNode/1") { userErrors { message } } }',
    );
    const read = await ask('{ discountNodesCount { count } }');
    faults.discountsFail = false;
    expect(failed).toMatchObject({ status: 200, errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] });
    expect(read.errors).toBeUndefined();
  });
});

describe('a code on an order', () => {
  it('shows as application and as each line’s share, and is counted', async () => {
    const { actions } = test.sandbox.context;
    await created(basic({ code: 'SHARE', usageLimit: 1 }));
    const lines = [
      { variantId, quantity: 2 },
      { title: 'Carte', price: '3.33' },
    ];
    const checkout = actions.startCheckout(shop, { lines, email: 'a@example.com' });
    actions.applyDiscountCode(shop, checkout.id, 'share');
    const open = await ask(
      '{ abandonedCheckouts(first: 1) { nodes { discountCodes totalDiscountSet { shopMoney { amount } } lineItems(first: 3) { nodes { discountedTotalPriceWithCodeDiscount { shopMoney { amount } } } } } } }',
    );
    expect(open.data?.abandonedCheckouts).toEqual({
      nodes: [
        {
          discountCodes: ['SHARE'],
          totalDiscountSet: { shopMoney: { amount: '4.33' } },
          lineItems: {
            nodes: [
              { discountedTotalPriceWithCodeDiscount: { shopMoney: { amount: '36.0' } } },
              { discountedTotalPriceWithCodeDiscount: { shopMoney: { amount: '3.0' } } },
            ],
          },
        },
      ],
    });
    const order = actions.payCheckout(shop, checkout.id);
    const { data, errors } = await ask(
      `query ($id: ID!) { order(id: $id) { discountCode discountCodes totalDiscountsSet { shopMoney { amount } }
        discountApplications(first: 3) { nodes { __typename index targetType allocationMethod targetSelection
          value { ... on PricingPercentageValue { percentage } } ... on DiscountCodeApplication { code } } }
        lineItems(first: 3) { nodes { discountAllocations { allocatedAmountSet { shopMoney { amount } } discountApplication { index } } } } }
        codeDiscountNodeByCode(code: "SHARE") { codeDiscount { ... on DiscountCodeBasic { asyncUsageCount totalSales { amount } } } } }`,
      { id: `gid://shopify/Order/${order.id}` },
    );
    expect(errors).toBeUndefined();
    const share = (amount: string) => ({
      discountAllocations: [{ allocatedAmountSet: { shopMoney: { amount } }, discountApplication: { index: 0 } }],
    });
    expect(data).toEqual({
      order: {
        discountCode: 'SHARE',
        discountCodes: ['SHARE'],
        totalDiscountsSet: { shopMoney: { amount: '4.33' } },
        discountApplications: {
          nodes: [
            {
              __typename: 'DiscountCodeApplication',
              index: 0,
              code: 'SHARE',
              targetType: 'LINE_ITEM',
              allocationMethod: 'ACROSS',
              targetSelection: 'ALL',
              value: { percentage: 10 },
            },
          ],
        },
        lineItems: { nodes: [share('4.0'), share('0.33')] },
      },
      codeDiscountNodeByCode: { codeDiscount: { asyncUsageCount: 1, totalSales: { amount: '39.0' } } },
    });
  });
});
