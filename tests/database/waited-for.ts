/** Two transactions at the same moment, made certain: one goes on once the other waits for it. */
import { sql } from 'drizzle-orm';
import type { ShopScope } from '../../app/store/scope';

const PATIENCE_MS = 10_000;

/** Resolves once another transaction waits for this one. */
export async function isWaitedFor({ tx }: ShopScope): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; ) {
    const [row] = await tx.execute<{ waits: boolean }>(sql`
      select exists (
        select from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))) as waits`);
    if (row?.waits) return;
  }
  throw new Error('Nobody waits');
}
