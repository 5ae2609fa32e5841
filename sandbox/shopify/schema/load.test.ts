import { isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { loadAdminSchema, readTarMember } from './load';

function tarOf(files: Record<string, string>): Buffer {
  const blocks = Object.entries(files).flatMap(([name, text]) => {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write(text.length.toString(8).padStart(11, '0'), 124);
    const body = Buffer.alloc(Math.ceil(text.length / 512) * 512);
    body.write(text);
    return [header, body];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

describe('a tarball', () => {
  it('gives the wanted file whole, whatever its size and place', () => {
    const files = { 'package/a.json': 'a'.repeat(600), 'package/b.json': 'b', 'package/c.json': 'c'.repeat(512) };
    const tar = tarOf(files);
    for (const [name, text] of Object.entries(files)) expect(readTarMember(tar, name).toString()).toBe(text);
  });

  it('without the wanted file says so', () => {
    expect(() => readTarMember(tarOf({ 'package/a.json': 'a' }), 'package/z.json')).toThrow('package/z.json');
  });
});

describe('Shopify’s schema', () => {
  it('is the one of 2026-10, with the access scopes of its types', () => {
    const { schema, scopes } = loadAdminSchema();
    const customer = schema.getType('Customer');
    const address = schema.getType('CustomerEmailAddress');
    expect(isObjectType(customer) && Object.keys(customer.getFields())).toContain('defaultEmailAddress');
    expect(isObjectType(address) && Object.keys(address.getFields())).toContain('openTrackingLevel');
    expect(scopes.find((entry) => entry.typeName === 'Order' && !entry.fieldName)?.offlineScopes).toContain(
      'read_orders',
    );
  });
});
