/**
 * A copy of the whole database as an operator keeps one: the files of the server, taken after it was stopped hard, as a
 * snapshot of its disk would hold them. Postgres recovers from its log when it starts on them.
 */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { makeCluster } from '../../scripts/local/postgres/cluster';
import { readSettings } from '../../scripts/local/settings';
import type { Database } from '../database';

export interface ClusterCopy {
  /** Takes the copy; the database is away for a moment, and everybody connects again. */
  take(): Promise<void>;
  /** Puts the copy in the place of what is there. */
  restore(): Promise<void>;
  remove(): void;
}

/** @param profile the name of the local data the running database belongs to */
export function copyOfCluster(profile: string, database: Database): ClusterCopy {
  const { passwords } = readSettings(profile, { sandbox: 0, web: 0, postgres: 0 });
  const { dataDir } = makeCluster({ profile, superuserPassword: passwords.superuser, sql: '' });
  const copy = `${dataDir}-copy`;
  const away = async (act: () => void) => {
    await database.crash();
    act();
    await database.start();
  };
  return {
    take: () => away(() => execFileSync('cp', ['-a', dataDir, copy])),
    restore: () =>
      away(() => {
        rmSync(dataDir, { recursive: true });
        execFileSync('cp', ['-a', copy, dataDir]);
      }),
    remove: () => rmSync(copy, { recursive: true, force: true }),
  };
}
