/** Who else uses the database, and what this role may see of it. Asked before something that must not happen beside a worker. */
import { sql } from 'drizzle-orm';
import type { Db } from './scope';

/** As `queue/boss` names the connection every worker keeps open. */
const WORKER = 'relance-queue-worker';

export async function hasRunningWorker(db: Db): Promise<boolean> {
  const rows = await db.execute(sql`
    select 1 from pg_stat_activity where datname = current_database() and application_name = ${WORKER} limit 1`);
  return rows.length > 0;
}

/** Whether row-level security lets this role find what is due in every shop, as it lets the worker. */
export async function seesAllShops(db: Pick<Db, 'execute'>): Promise<boolean> {
  const [row] = await db.execute<{ sees: boolean }>(sql`
    select exists (
      select from pg_policies where tablename = 'messages' and policyname = 'worker_finds_due'
        and exists (select from unnest(roles) role where pg_has_role(current_user, role, 'usage'))
    ) as sees`);
  return row?.sees ?? false;
}
