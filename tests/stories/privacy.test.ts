/** The three privacy requests of Shopify, acted on: told, forgotten, all forgotten. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Shopper } from '../harness/shopper';
import { type Store, switchOn } from '../harness/store';
import { enterWorld } from './enter-world';

const world = await enterWorld();

const countOf = async (store: Store, table: string) =>
  (await store.ask<{ count: number }>(`select count(*)::int as count from ${table}`))[0]?.count;

describe('privacy', () => {
  let store: Store;
  let lea: Shopper;

  beforeAll(async () => {
    await world.advanceToTime('10:00');
    store = await world.openStore({ handle: 'privacy', locale: 'fr' });
    await store.stock({ title: 'Bougie Tilleul', price: '29.00' });
    await store.install();
    await world.settle();
    await switchOn(store, 'welcome');
    lea = store.stranger({ email: 'private-lea@example.com', firstName: 'Léa' });
    await lea.subscribe();
    await world.settle();
  }, 60_000);

  it('a request for data is collected for the owner', async () => {
    await store.act('requestRedaction', { kind: 'data_request', customerId: lea.id() });
    await world.settle();
    const rows = await store.ask<{ data: unknown }>('select * from data_requests');
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows[0]?.data)).toContain('private-lea@example.com');
  });

  it('a shopper who is to be forgotten is forgotten, here and at SendGrid, and written to no more', async () => {
    expect(await lea.mails()).toHaveLength(1);
    await store.act('requestRedaction', { kind: 'customer_redact', customerId: lea.id() });
    await world.settle();
    const tables = ['customers', 'orders', 'checkouts', 'messages', 'inbound_events', 'data_requests'];
    for (const table of tables) {
      const rows = await store.ask<object>(`select * from ${table}`);
      expect(JSON.stringify(rows)).not.toMatch(/private-lea|Léa/);
    }
    expect(await world.mailbox.list({ to: lea.email, all: true })).toEqual([]);
    await world.advance('3d');
    expect(await world.mailbox.list({ to: lea.email, all: true })).toEqual([]);
  });

  it('a store that is to be forgotten leaves nothing behind', async () => {
    await store.uninstall();
    await world.settle();
    await store.act('requestRedaction', { kind: 'shop_redact' });
    await world.settle();
    const tables = ['customers', 'products', 'variants', 'messages', 'enrollments', 'decisions', 'scenario_settings'];
    for (const table of tables) expect([table, await countOf(store, table)]).toEqual([table, 0]);
  });
});
