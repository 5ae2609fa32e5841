import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendShopifyTo } from './local-shopify';

const seen: IncomingMessage[] = [];
const server = createServer((request, response) => {
  seen.push(request);
  response.end('from the sandbox');
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  sendShopifyTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test('a request for a shop arrives at the same path of the sandbox, which learns the shop from a header', async () => {
  const response = await fetch('https://fleur.myshopify.com/admin/api/graphql.json?a=1', {
    method: 'POST',
    headers: { 'X-Shopify-Access-Token': 'secret' },
    body: '{}',
  });
  expect(await response.text()).toBe('from the sandbox');
  const request = seen.at(-1);
  expect(request?.url).toBe('/admin/api/graphql.json?a=1');
  expect(request?.headers).toMatchObject({
    'x-sandbox-shop': 'fleur.myshopify.com',
    'x-shopify-access-token': 'secret',
  });
  expect(request?.headers.host).toMatch(/^127\.0\.0\.1:/);
});

test('any other address outside this machine is refused', async () => {
  const before = seen.length;
  await expect(fetch('https://api.sendgrid.com/v3/mail/send')).rejects.toThrow();
  expect(seen.length).toBe(before);
});
