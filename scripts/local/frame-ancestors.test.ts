import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { allowAncestor, allowFramingBy } from './frame-ancestors';

const sandbox = 'http://127.0.0.1:4400';

test('the sandbox is allowed beside Shopify', () => {
  const policy = 'frame-ancestors https://fleur.myshopify.com https://admin.shopify.com;';
  expect(allowAncestor(policy, sandbox)).toBe(
    `frame-ancestors ${sandbox} https://fleur.myshopify.com https://admin.shopify.com;`,
  );
});

test('a page that nobody may frame stays so, and other policies are untouched', () => {
  expect(allowAncestor("frame-ancestors 'none';", sandbox)).toBe("frame-ancestors 'none';");
  expect(allowAncestor("default-src 'self'", sandbox)).toBe("default-src 'self'");
});

test('the header is amended on its way out of a server', async () => {
  const middleware = allowFramingBy(sandbox);
  const server = createServer((request, response) => {
    middleware(request, response, () => {
      response.setHeader('Content-Security-Policy', 'frame-ancestors https://admin.shopify.com;');
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  expect(response.headers.get('content-security-policy')).toContain(`frame-ancestors ${sandbox} https://admin`);
  server.close();
});
