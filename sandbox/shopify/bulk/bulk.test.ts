import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestSandbox, type TestSandbox } from '../test-sandbox';

const shop = 'bulk-shop.myshopify.com';
let test: TestSandbox;
let token: string;

beforeAll(async () => {
  test = await startTestSandbox({ subscriptions: [{ topic: 'bulk_operations/finish', uri: '/webhooks/shopify' }] });
  const { actions } = test.sandbox.context;
  actions.createShop({ handle: 'bulk-shop' });
  actions.installApp(shop);
  for (let n = 0; n < 600; n += 1) actions.createCustomer(shop, { email: `b${n}@example.com` });
  for (const [id] of [...test.sandbox.context.state.shop(shop).customers].slice(0, 300)) {
    actions.createOrder(shop, {
      lines: [
        { title: 'A', price: '1' },
        { title: 'B', price: '2', quantity: 3 },
      ],
      customerId: id,
    });
  }
  token = await test.offlineToken(shop);
});
afterAll(() => test.close());

const start =
  'mutation ($query: String!, $grouped: Boolean!) { bulkOperationRunQuery(query: $query, groupObjects: $grouped) { bulkOperation { id status } userErrors { field message code } } }';

interface Started {
  bulkOperation: { id: string; status: string } | null;
  userErrors: { field: string[]; message: string; code: string }[];
}

interface Operation {
  status: string;
  errorCode: string | null;
  objectCount: string;
  rootObjectCount: string;
  url: string | null;
  partialDataUrl: string | null;
  fileSize: string | null;
}

async function run(query: string, grouped = true, withToken = token): Promise<Started> {
  const { data } = await test.graphql(shop, withToken, start, { query, grouped });
  return data?.bulkOperationRunQuery as Started;
}

async function poll(id: string): Promise<Operation> {
  const { data } = await test.graphql(
    shop,
    token,
    'query ($id: ID!) { bulkOperation(id: $id) { status errorCode objectCount rootObjectCount url partialDataUrl fileSize } }',
    { id },
  );
  return data?.bulkOperation as Operation;
}

async function finished(started: Started): Promise<Operation> {
  const id = started.bulkOperation?.id ?? '';
  const { state } = test.sandbox.context;
  const operation = state.shop(shop).bulkOperations.get(id.split('/').at(-1) ?? '');
  while (operation && operation.completedAt === null) await new Promise((resolve) => setImmediate(resolve));
  return poll(id);
}

async function linesOf(operation: Operation): Promise<Record<string, unknown>[]> {
  const response = await fetch(operation.url ?? '');
  const text = await response.text();
  expect(String(Buffer.byteLength(text))).toBe(operation.fileSize);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const ordersWithLines = '{ orders { edges { node { id name lineItems { edges { node { id title quantity } } } } } } }';

describe('a bulk operation', () => {
  it('writes every node on a line of its own, children after their parent with __parentId', async () => {
    const started = await run(ordersWithLines);
    expect(started).toMatchObject({ bulkOperation: { status: 'CREATED' }, userErrors: [] });
    const operation = await finished(started);
    expect(operation).toMatchObject({
      status: 'COMPLETED',
      errorCode: null,
      objectCount: '900',
      rootObjectCount: '300',
    });
    const lines = await linesOf(operation);
    expect(lines).toHaveLength(900);
    const [order, first, second] = lines;
    expect(Object.keys(order ?? {})).toEqual(['id', 'name']);
    expect(first).toEqual({
      id: expect.stringContaining('gid://shopify/LineItem/'),
      title: 'A',
      quantity: 1,
      __parentId: order?.id,
    });
    expect(second).toEqual({
      id: expect.stringContaining('gid://shopify/LineItem/'),
      title: 'B',
      quantity: 3,
      __parentId: order?.id,
    });
  });

  it('promises no such order without groupObjects, but loses nothing', async () => {
    const lines = await linesOf(await finished(await run(ordersWithLines, false)));
    expect(lines).toHaveLength(900);
    expect(lines[1]?.__parentId).toBeUndefined();
    const parents = new Set(lines.filter((line) => !line.__parentId).map(({ id }) => id));
    expect(lines.every((line) => !line.__parentId || parents.has(line.__parentId))).toBe(true);
  });

  it('reads beyond one window, with nodes instead of edges, aliases and fragments', async () => {
    const operation = await finished(
      await run(
        'query { people: customers(sortKey: ID) { nodes { ...Person } } } fragment Person on Customer { id mail: defaultEmailAddress { emailAddress } }',
      ),
    );
    const lines = await linesOf(operation);
    expect(lines).toHaveLength(600);
    expect(lines[0]).toEqual({ id: expect.any(String), mail: { emailAddress: 'b0@example.com' } });
    expect(new Set(lines.map(({ id }) => id)).size).toBe(600);
  });

  it('with nothing to tell has no address', async () => {
    const operation = await finished(await run('{ abandonedCheckouts { edges { node { id } } } }'));
    expect(operation).toMatchObject({ status: 'COMPLETED', url: null, objectCount: '0', fileSize: null });
  });

  it('tells of its end by webhook', async () => {
    const started = await run('{ products { edges { node { id } } } }');
    await finished(started);
    await test.sandbox.context.webhooks.idle();
    const bodies = test.received.map(({ body }) => JSON.parse(body));
    expect(bodies).toContainEqual(
      expect.objectContaining({
        admin_graphql_api_id: started.bulkOperation?.id,
        status: 'completed',
        type: 'query',
        error_code: null,
      }),
    );
  });

  it('has a result address nobody can make up', async () => {
    const { url } = await finished(await run(ordersWithLines));
    const forged = new URL(url ?? '');
    forged.searchParams.set('expires', String(Date.now() + 9e9));
    expect((await fetch(forged)).status).toBe(403);
  });

  it('fails with ACCESS_DENIED when a scope is missing', async () => {
    const installation = test.sandbox.context.state.shop(shop).installation;
    if (!installation) throw new Error('The app is not installed.');
    const { scopes } = installation;
    installation.scopes = ['read_products'];
    const narrow = await test.offlineToken(shop);
    installation.scopes = scopes;
    const operation = await finished(await run(ordersWithLines, true, narrow));
    expect(operation).toMatchObject({ status: 'FAILED', errorCode: 'ACCESS_DENIED', url: null });
  });

  it('can be canceled while it runs, and only then', async () => {
    const cancel =
      'mutation ($id: ID!) { bulkOperationCancel(id: $id) { bulkOperation { status } userErrors { message } } }';
    const started = await run(ordersWithLines);
    const variables = { id: started.bulkOperation?.id };
    const { data } = await test.graphql(shop, token, cancel, variables);
    expect(data?.bulkOperationCancel).toEqual({ bulkOperation: { status: 'CANCELING' }, userErrors: [] });
    expect(await finished(started)).toMatchObject({ status: 'CANCELED', url: null });
    const again = await test.graphql(shop, token, cancel, variables);
    expect(again.data?.bulkOperationCancel).toMatchObject({
      userErrors: [{ message: 'A bulk operation cannot be canceled when it is completed.' }],
    });
  });

  it('is the sixth too many while five run', async () => {
    const { faults } = test.sandbox.context;
    // Otherwise a slow machine finishes the first before the sixth is asked for.
    faults.bulkHang = true;
    const running = [];
    for (let n = 0; n < 5; n += 1) running.push(await run(ordersWithLines));
    expect((await run(ordersWithLines)).userErrors[0]?.code).toBe('LIMIT_REACHED');
    faults.bulkHang = false;
    for (const one of running) await finished(one);
    expect((await run(ordersWithLines)).userErrors).toEqual([]);
  });
});

describe('a bulk query is refused', () => {
  it.each([
    [
      'with a field that does not exist',
      '{ orders { edges { node { id shoe } } } }',
      "Field 'shoe' doesn't exist on type 'Order'",
    ],
    ['without a connection', '{ shop { name } }', 'at least one connection'],
    [
      'when a parent has no id',
      '{ orders { edges { node { name lineItems { edges { node { id } } } } } } }',
      'must select the `id` field',
    ],
    [
      'with a top-level node',
      '{ node(id: "gid://shopify/Customer/1") { ... on Customer { orders { edges { node { id } } } } } }',
      'top level',
    ],
    [
      'nested too deeply',
      '{ customers { edges { node { id orders { edges { node { id lineItems { edges { node { id product { id collections { edges { node { id } } } } } } } } } } } } } }',
      'nesting depth',
    ],
    ['as a mutation', 'mutation { tagsAdd(id: "x", tags: []) { node { id } } }', 'Only `query` operations'],
  ])('%s', async (_title, query, reason) => {
    const { bulkOperation, userErrors } = await run(query);
    expect(bulkOperation).toBeNull();
    expect(userErrors[0]).toMatchObject({ field: ['query'], code: 'INVALID' });
    expect(userErrors[0]?.message).toContain(reason);
  });
});
