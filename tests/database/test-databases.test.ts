import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../setup/database';

let one: TestDatabase;
let other: TestDatabase;
const connections: ReturnType<typeof postgres>[] = [];

function connect(url: string): ReturnType<typeof postgres> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  connections.push(sql);
  return sql;
}

beforeAll(async () => {
  [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
});
afterAll(async () => {
  await Promise.all(connections.map((sql) => sql.end()));
  await Promise.all([one?.drop(), other?.drop()]);
});

test('two test databases are migrated and know nothing of each other', async () => {
  const [mine, theirs] = [connect(one.ownerUrl), connect(other.ownerUrl)];
  const tables = (sql: typeof mine) => sql`select count(*)::int as n from pg_tables where schemaname = 'public'`;
  expect((await tables(mine))[0]?.n).toBeGreaterThan(5);
  const before = (await tables(theirs))[0]?.n;
  await mine`create table only_here (a int)`;
  expect((await tables(theirs))[0]?.n).toBe(before);
});

test('none of the three roles is a superuser or passes row-level security by', async () => {
  for (const url of [one.ownerUrl, one.appUrl, one.workerUrl]) {
    const [role] = await connect(url)`
      select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user`;
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false });
  }
});

test('the app and the worker cannot change the tables themselves', async () => {
  for (const url of [one.appUrl, one.workerUrl]) {
    await expect(connect(url)`create table public.mine (a int)`).rejects.toThrow('permission denied');
  }
});
