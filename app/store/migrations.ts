/** Which migrations this build was made with, and which of them the database lacks. Used by readiness and the doctor. */
import { sql } from 'drizzle-orm';
import journal from '../../drizzle/meta/_journal.json';
import type { Db } from './scope';

export interface Migration {
  tag: string;
  /** What drizzle keeps of it in the database. */
  when: number;
}

/** As they stood in `drizzle/` when this was built. */
export const EXPECTED_MIGRATIONS: readonly Migration[] = journal.entries;

/**
 * Names of the expected ones that were never applied. Newer ones in the database are no fault: during a deploy the old
 * version runs on them for a while.
 * @throws when the role may not read them, which `app/migrate.ts` allows: nothing was ever migrated
 */
export async function findMissingMigrations(
  db: Pick<Db, 'execute'>,
  expected: readonly Migration[] = EXPECTED_MIGRATIONS,
): Promise<string[]> {
  const rows = await db.execute<{ created_at: string }>(sql`select created_at from drizzle.__drizzle_migrations`);
  const applied = new Set(rows.map((row) => Number(row.created_at)));
  return expected.filter(({ when }) => !applied.has(when)).map(({ tag }) => tag);
}
