import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestSandbox, type TestSandbox } from '../test-sandbox';

const shop = 'segment-shop.myshopify.com';
let test: TestSandbox;
let token: string;

beforeAll(async () => {
  test = await startTestSandbox();
  const { actions } = test.sandbox.context;
  actions.createShop({ handle: 'segment-shop' });
  actions.installApp(shop);
  actions.createCustomer(shop, { email: 'ada@house.example', tags: ['Staff'] });
  actions.createCustomer(shop, { email: 'bob@mail.example', tags: ['staff', 'wholesale'] });
  const buyer = actions.createCustomer(shop, { email: 'cleo@mail.example', consent: { state: 'SUBSCRIBED' } });
  actions.createOrder(shop, { customerId: buyer.id, lines: [{ title: 'Lamp', price: '80', quantity: 1 }] });
  token = await test.offlineToken(shop);
});
afterAll(() => test.close());

const MEMBERS = `query Members($query: String, $segmentId: ID, $after: String, $first: Int = 250) {
  customerSegmentMembers(first: $first, after: $after, query: $query, segmentId: $segmentId) {
    totalCount pageInfo { hasNextPage endCursor } edges { node { id displayName } } } }`;

interface Members {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  edges: { node: { id: string; displayName: string } }[];
}

async function members(variables: object): Promise<Members> {
  const { data, errors } = await test.graphql(shop, token, MEMBERS, variables);
  expect(errors).toBeUndefined();
  return data?.customerSegmentMembers as Members;
}

describe('the sandbox’s customer segments', () => {
  it.each([
    ["customer_tags CONTAINS 'staff'", ['ada@house.example', 'bob@mail.example']],
    ["customer_tags NOT CONTAINS 'staff'", ['cleo@mail.example']],
    ['amount_spent >= 80', ['cleo@mail.example']],
    ['number_of_orders = 0', ['ada@house.example', 'bob@mail.example']],
    ["customer_email_domain = 'house.example'", ['ada@house.example']],
    ["email_subscription_status = 'SUBSCRIBED'", ['cleo@mail.example']],
    ["customer_tags CONTAINS 'staff' AND customer_email_domain != 'house.example'", ['bob@mail.example']],
    ["customer_tags CONTAINS 'wholesale' OR amount_spent > 10", ['bob@mail.example', 'cleo@mail.example']],
  ])('has the members of %s', async (query, expected) => {
    const { edges } = await members({ query });
    expect(edges.map(({ node }) => node.displayName)).toEqual(expected);
  });

  it('are listed, and tell their members page by page with the customers’ numbers', async () => {
    const { actions, state } = test.sandbox.context;
    const made = actions.createSegment(shop, { name: 'Staff', query: "customer_tags CONTAINS 'staff'" });
    const { data } = await test.graphql(shop, token, '{ segments(first: 5) { nodes { id name query } } }');
    const gid = `gid://shopify/Segment/${made.id}`;
    expect(data?.segments).toEqual({ nodes: [{ id: gid, name: 'Staff', query: "customer_tags CONTAINS 'staff'" }] });
    const first = await members({ segmentId: gid, first: 1 });
    expect(first).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: true } });
    const rest = await members({ segmentId: gid, first: 1, after: first.pageInfo.endCursor });
    expect(rest.pageInfo.hasNextPage).toBe(false);
    const ids = [...first.edges, ...rest.edges].map(({ node }) => node.id.split('/').at(-1));
    expect(ids).toEqual([...state.shop(shop).customers.keys()].slice(0, 2));
  });

  it('refuse a query they cannot read, rather than guess its members', () => {
    const { actions } = test.sandbox.context;
    expect(() => actions.createSegment(shop, { name: 'Near', query: "customer_within_distance = '5km'" })).toThrow(
      /cannot read/,
    );
  });

  it('ask for the scope that reads customers', async () => {
    test.sandbox.context.actions.changeScopes(shop, ['read_products']);
    const narrow = await test.offlineToken(shop);
    const { errors } = await test.graphql(shop, narrow, MEMBERS, { query: 'amount_spent > 0' });
    expect(errors?.[0]?.extensions?.code).toBe('ACCESS_DENIED');
  });
});
