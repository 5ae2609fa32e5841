// The signed door: who gets in, what is kept, and that nothing is kept twice.
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Door, openDoor } from './shopify-door';

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

const customer = (id: number, more: object = {}) => ({
  id,
  email: `c${id}@example.com`,
  updated_at: '2026-11-01T00:00:00Z',
  ...more,
});
/** How often the shop's events stand in jobs. */
const jobsOf = async (shopId: number) => {
  const rows = await door.db.execute(sql`
    select event from pgboss.job, jsonb_array_elements(data->'events') event
    where name = 'event.route' and (event->>'shopId')::int = ${shopId}`);
  return rows.length;
};

describe('the door for Shopify', () => {
  it('keeps a webhook and its job, and answers 200', async () => {
    const { shopId, domain } = await door.install();
    expect(await door.tell({ topic: 'customers/create', shop: domain, payload: customer(1) })).toMatchObject({
      status: 200,
    });
    expect(await door.outcomes(shopId)).toEqual([{ topic: 'customers/create', outcome: null }]);
    expect(await jobsOf(shopId)).toBe(1);
  });

  it('keeps one of many deliveries of the same webhook, also at the same moment, and answers each 200', async () => {
    const { shopId, domain } = await door.install();
    const webhookId = randomUUID();
    const told = { topic: 'customers/create', shop: domain, payload: customer(1), webhookId };
    const answers = await Promise.all(Array.from({ length: 8 }, () => door.tell(told)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await door.outcomes(shopId)).toHaveLength(1);
    expect(await jobsOf(shopId)).toBe(1);
  });

  it('refuses a forged webhook with 401 and keeps nothing', async () => {
    const { shopId, domain } = await door.install();
    const forged = await door.tell({ topic: 'app/uninstalled', shop: domain, payload: {}, secret: 'guessed' });
    expect(forged.status).toBe(401);
    const unsigned = { 'X-Shopify-Hmac-Sha256': undefined };
    expect((await door.tell({ topic: 'app/uninstalled', shop: domain, payload: {}, headers: unsigned })).status).toBe(
      401,
    );
    expect(await door.outcomes(shopId)).toEqual([]);
  });

  it.each(['X-Shopify-Topic', 'X-Shopify-Shop-Domain', 'X-Shopify-Webhook-Id'])(
    'answers 400 without %s',
    async (name) => {
      const { domain } = await door.install();
      const told = { topic: 'customers/create', shop: domain, payload: {}, headers: { [name]: undefined } };
      expect((await door.tell(told)).status).toBe(400);
    },
  );

  it('answers 413 to a huge body, 405 to a GET, and never 500', async () => {
    const { domain } = await door.install();
    const huge = `{"id":1,"note":"${'x'.repeat(6 * 1024 * 1024)}"}`;
    expect((await door.tell({ topic: 'customers/create', shop: domain, payload: huge })).status).toBe(413);
    expect((await fetch(door.url)).status).toBe(405);
    expect((await fetch(door.url, { method: 'POST' })).status).toBe(401);
  });

  it.each([
    ['no JSON', 'this is not JSON'],
    ['nothing', ''],
    ['bytes that are no text', '\u0000\u0001\ufffd'],
    ['half a document', '{"id":1,"email":'],
    ['JSON of another shape', '[1,2,3]'],
    ['null', 'null'],
    ['an object without an id', '{"email":"a@example.com"}'],
    ['an id that is none', '{"id":{"$gt":0}}'],
  ])('keeps signed %s, answers 200 and names it malformed', async (_what, payload) => {
    const { shopId, domain } = await door.install();
    expect((await door.tell({ topic: 'customers/create', shop: domain, payload })).status).toBe(200);
    await door.work(shopId);
    expect(await door.outcomes(shopId)).toEqual([{ topic: 'customers/create', outcome: 'malformed' }]);
  });

  it('keeps what an unknown or uninstalled shop says, and does nothing', async () => {
    const shop = `stranger-${randomUUID().slice(0, 8)}.myshopify.com`;
    expect((await door.tell({ topic: 'customers/create', shop, payload: customer(1) })).status).toBe(200);
    const shopId =
      (await door.db.execute<{ shop_id: number }>(sql`select shop_id from shop_domains where domain = ${shop}`))[0]
        ?.shop_id ?? 0;
    await door.work(shopId);
    expect(await door.outcomes(shopId)).toEqual([{ topic: 'customers/create', outcome: 'ignored: not-installed' }]);
  });

  it('takes names and titles of every kind', async () => {
    const { shopId, domain } = await door.install();
    const names = [
      'Zoé 🎁',
      '\u202Egnp.exe',
      'O\u0000\ud800',
      '<script>{{first_name}}</script>',
      '李雷',
      "'; drop table customers; --",
    ];
    for (const [index, name] of names.entries()) {
      const payload = customer(index + 1, { first_name: name });
      expect((await door.tell({ topic: 'customers/create', shop: domain, payload })).status).toBe(200);
    }
    await door.work(shopId);
    const kept = await door.inShop(shopId, ({ tx }) =>
      tx.execute<{ first_name: string }>(sql`select first_name from customers order by id`),
    );
    expect(kept.map((row) => row.first_name)).toEqual(
      names.map((name) => name.replaceAll('\u0000', '\ufffd').toWellFormed()),
    );
    expect(new Set((await door.outcomes(shopId)).map(({ outcome }) => outcome))).toEqual(new Set(['applied']));
  });

  it('applies nothing to another shop than the one named', async () => {
    const [ours, theirs] = [await door.install(), await door.install()];
    await door.tell({ topic: 'customers/create', shop: ours.domain, payload: customer(77) });
    await door.work(ours.shopId);
    const seen = await door.inShop(theirs.shopId, ({ tx }) => tx.execute(sql`select id from customers`));
    expect(seen).toHaveLength(0);
  });
});
