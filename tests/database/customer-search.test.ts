/** The search over many customers: the index finds them, and no row is too long for it. */
import { eq, type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import { searchCustomers } from '../../app/store/reports/customer-search';
import { customers, messages } from '../../app/store/schema';
import { inShop, type ShopScope } from '../../app/store/scope';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedMessage, seedShop } from './seed';

const NOW = new Date('2026-03-03T10:00:00Z');
const MANY = 20_000;
let database: TestDatabase;
let connection: Connection;
let shopId: number;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect({ url: database.appUrl });
  // One shop among others, as in production.
  for (let count = 0; count < 4; count += 1) await fill(await seedShop(connection.db, { now: NOW }));
  shopId = await seedShop(connection.db, { now: NOW });
  await fill(shopId);
  const owner = connect({ url: database.ownerUrl });
  await owner.db.execute(sql`vacuum analyze`);
  await owner.close();
}, 60_000);
afterAll(async () => {
  await connection.close();
  await database.drop();
});

const fill = (shop: number) =>
  inShop(connection.db, shop, ({ tx }) =>
    tx.execute(sql`
      insert into customers (shop_id, id, email, email_key, first_name, last_name)
      select ${shop}::int, 'c' || n, 'p' || n || '@example.com', 'p' || n || '@example.com', 'Prénom' || n % 97, 'Nom' || n
      from generate_series(1, ${MANY}::int) n`),
  );

const read = <T>(work: (shop: ShopScope) => Promise<T>) => inShop(connection.db, shopId, work);
const search = (query: string, offset = 0) => read((shop) => searchCustomers(shop, { query, offset }));

async function planOf(wanted: SQL): Promise<string> {
  const plan = await read(({ tx }) =>
    tx.execute<{ 'QUERY PLAN': string }>(sql`
      explain select c.id from customers c where c.shop_id = ${shopId} and c.deleted_at is null and c.merged_into is null
        and ${wanted} order by c.name_key, c.id limit 26`),
  );
  return plan.map((row) => row['QUERY PLAN']).join('\n');
}

it('goes by an index, for a rare word as for the plain list', async () => {
  expect(await planOf(sql`true`)).toMatch(/^(?!.*Seq Scan).*customers_by_name/s);
  const rare = sql`c.id = any(array(select customer_id from customer_words
    where shop_id = ${shopId} and word >= 'nom1999' and word < 'nom1999' || chr(1114109)))`;
  expect(await planOf(rare)).toMatch(/^(?!.*Seq Scan).*customer_words/s);
});

it('finds by a rare word whoever has the others too, and nobody by a name of old', async () => {
  const names = async (query: string) => (await search(query)).customers.map(({ lastName }) => lastName);
  expect(await names('prenom nom1999')).toEqual(['Nom1999', ...Array.from({ length: 10 }, (_, n) => `Nom1999${n}`)]);
  expect(await names('nom19990 p19990')).toEqual(['Nom19990']);
  expect(await names('nom19990 p2')).toEqual([]);
  await read(({ tx }) => tx.update(customers).set({ lastName: 'Lefèvre' }).where(eq(customers.id, 'c19990')));
  expect(await names('nom19990')).toEqual([]);
  expect(await names('LEFEV')).toEqual(['Lefèvre']);
  await read(({ tx }) => tx.update(customers).set({ lastName: 'Nom19990' }).where(eq(customers.id, 'c19990')));
});

it('pages through everybody once: the last written to first, then by name', async () => {
  const late = 'c19999';
  const id = await seedMessage(connection.db, shopId, { customerId: late, now: NOW });
  await read(({ tx }) => tx.update(messages).set({ status: 'sent', sentAt: NOW }).where(eq(messages.id, id)));
  const first = await search('');
  expect(first.customers.slice(0, 3).map((one) => [one.lastName, one.sent])).toEqual([
    ['Nom19999', 1],
    ['Nom1', 0],
    ['Nom10', 0],
  ]);
  const seen: string[] = [];
  for (let offset: number | null = 0; offset !== null && offset < 200; ) {
    const page = await search('', offset);
    seen.push(...page.customers.map((one) => one.id));
    offset = page.next;
  }
  expect(seen).toHaveLength(200);
  expect(new Set(seen).size).toBe(200);
});

it('takes names and addresses of any length and script', async () => {
  const long = await seedCustomer(connection.db, shopId);
  const hangul = '각'.repeat(3000);
  await read(({ tx }) =>
    tx
      .update(customers)
      .set({ firstName: hangul, lastName: '𒀀'.repeat(3000), email: `${'x'.repeat(4000)}@example.com` })
      .where(eq(customers.id, long)),
  );
  expect((await search('각각')).customers.map((one) => one.id)).toEqual([long]);
  expect((await search('𒀀𒀀')).customers.map((one) => one.id)).toEqual([long]);
});
