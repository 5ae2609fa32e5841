import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import { createTestDatabase, type TestDatabase } from '../setup/database';

let database: TestDatabase;
let connection: Connection;
let operator: postgres.Sql;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect({ url: database.workerUrl, max: 2 });
  operator = postgres(inject('testServer').superuserUrl, { max: 1 });
});
afterAll(async () => {
  await operator.end();
  await connection.close();
  await database.drop();
});

/** A transaction whose connection Postgres cuts while a statement runs, or between two. */
function cutTransaction(when: 'within' | 'between'): Promise<unknown> {
  return connection.db.transaction(async (tx) => {
    const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    const cut = operator`select pg_terminate_backend(${row?.pid ?? 0}, 2000)`.execute();
    if (when === 'between') await cut;
    await tx.execute(sql`select pg_sleep(5)`);
  });
}

function sixTransactions() {
  return Array.from({ length: 6 }, (_, number) =>
    connection.db.transaction((tx) => tx.execute<{ number: number }>(sql`select ${number}::int as number`)),
  );
}

describe('a connection lost inside a transaction', () => {
  it.each(['within', 'between'] as const)(
    'fails that transaction, %s its statements, and the next ones work',
    async (when) => {
      for (let times = 0; times < 5; times += 1) await expect(cutTransaction(when)).rejects.toThrow();
      // The client tells the former connection's end once more, to whoever comes first on the next.
      await Promise.allSettled(sixTransactions());
      const rows = await Promise.all(sixTransactions());
      expect(rows.map(([row]) => row?.number)).toEqual([0, 1, 2, 3, 4, 5]);
    },
  );

  it('fails the transaction also when its work does not notice', async () => {
    const unaware = connection.db.transaction(async (tx) => {
      const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
      await operator`select pg_terminate_backend(${row?.pid ?? 0}, 2000)`;
    });
    await expect(unaware).rejects.toThrow();
  });
});
