/** A database that crashes, loses its connections, is full, hangs, or holds somebody's forgotten transaction. */
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { between, disturb, type Fault, type Storm } from '../storm';

const crash: Fault = {
  name: 'postgres-crashed',
  run: (storm) =>
    disturb(storm, async () => {
      const { database } = storm.system;
      await pause(between(storm, 0, 2000));
      await database.crash();
      await pause(between(storm, 100, 3000));
      await database.start();
      return true;
    }),
};

const killBackends = async ({ system }: Storm): Promise<number> =>
  (
    await system.database.sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = 'relance' and application_name <> 'chaos' and backend_type = 'client backend'`
  ).length;

const backends: Fault = {
  name: 'backends-killed',
  run: (storm) =>
    disturb(storm, async () => {
      let killed = 0;
      for (let times = between(storm, 1, 3); times > 0; times -= 1) {
        await pause(between(storm, 0, 1500));
        killed += await killBackends(storm);
      }
      return killed > 0;
    }),
};

/** Every free connection is taken, and those the app has are cut: it gets none for a while. */
const exhausted: Fault = {
  name: 'connections-exhausted',
  run: (storm) =>
    disturb(storm, async () => {
      const hog = postgres(storm.system.database.urls.app, {
        max: 220,
        onnotice: () => {},
        connection: { application_name: 'chaos' },
      });
      const held = Array.from({ length: 220 }, () =>
        hog`select pg_sleep(6)`.then(
          () => 'held',
          () => 'refused',
        ),
      );
      await pause(800);
      await killBackends(storm);
      const outcomes = await Promise.all(held);
      await hog.end({ timeout: 1 });
      return outcomes.includes('refused');
    }),
};

/** Somebody's psql, left open over rows the app needs. */
const openTransaction: Fault = {
  name: 'transaction-left-open',
  isLong: true,
  async run(storm) {
    const { store, people, system, longMs } = storm;
    const some = people.filter(() => storm.random() < 0.05);
    const ids = some.map(({ messageId }) => messageId);
    const customers = some.slice(0, 3).map(({ customerId }) => customerId);
    storm.afterwards.push(
      system.database.sql
        .begin(async (tx) => {
          await tx`select 1 from messages where shop_id = ${store.shopId} and id::text = any(${ids}) for update`;
          await tx`select 1 from customers where shop_id = ${store.shopId} and id = any(${customers}) for update`;
          await pause(longMs);
        })
        // A crash of the database ends it sooner.
        .catch(() => {}),
    );
    await pause(500);
    return true;
  },
};

const frozen: Fault = {
  name: 'postgres-frozen',
  async run(storm) {
    const { database } = storm.system;
    await pause(between(storm, 0, 1500));
    database.freeze();
    await pause(between(storm, Math.min(5000, storm.longMs / 3), Math.min(20_000, storm.longMs / 3)));
    database.thaw();
    return true;
  },
};

export const POSTGRES_FAULTS: readonly Fault[] = [crash, backends, exhausted, openTransaction, frozen];
