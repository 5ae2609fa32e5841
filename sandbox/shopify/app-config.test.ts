import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseToml, readAppConfig } from './app-config';

const toml = `
client_id = "abc" # the app
name = 'Re"lance'
embedded = true

[access_scopes]
scopes = "read_customers, write_customers,read_orders"

[webhooks]
api_version = "2026-10"

  # app/routes: the signed door
  [[webhooks.subscriptions]]
  topics = [
    "orders/create",
    "orders/paid", # paid
  ]
  uri = "/webhooks/shopify"

  [[webhooks.subscriptions]]
  topics = ["customers/update"]
  uri = "https://app.example/webhooks"
  metafield_namespaces = ["custom"]

    [[webhooks.subscriptions.metafields]]
    namespace = "facts"
    key = "birth_date"

  [[webhooks.subscriptions]]
  compliance_topics = ["customers/redact"]
  uri = "/webhooks/shopify"

[pos]
embedded = false
`;

describe('the app’s own toml', () => {
  it('gives scopes and one subscription per topic, privacy topics included', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'toml-')), 'shopify.app.toml');
    writeFileSync(file, toml);
    const { scopes, subscriptions } = readAppConfig(file);
    expect(scopes).toEqual(['read_customers', 'write_customers', 'read_orders']);
    expect(subscriptions).toEqual([
      { topic: 'orders/create', uri: '/webhooks/shopify', metafieldNamespaces: [], metafields: [] },
      { topic: 'orders/paid', uri: '/webhooks/shopify', metafieldNamespaces: [], metafields: [] },
      {
        topic: 'customers/update',
        uri: 'https://app.example/webhooks',
        metafieldNamespaces: ['custom'],
        metafields: ['facts.birth_date'],
      },
      { topic: 'customers/redact', uri: '/webhooks/shopify', metafieldNamespaces: [], metafields: [] },
    ]);
  });

  it('is read with quotes, numbers and inline tables', () => {
    expect(parseToml(toml)).toMatchObject({
      client_id: 'abc',
      name: 'Re"lance',
      embedded: true,
      pos: { embedded: false },
    });
    expect(parseToml('a.b = { c = 1_000, "d e" = [true, "x\\ny"] }')).toEqual({
      a: { b: { c: 1000, 'd e': [true, 'x\ny'] } },
    });
  });

  it('that is absent asks for nothing', () => {
    expect(readAppConfig('/nowhere/shopify.app.toml')).toEqual({ scopes: [], subscriptions: [] });
  });

  it('that is broken says where', () => {
    expect(() => parseToml('a = 1\n[b\nc = 2')).toThrow('line 3');
  });
});
