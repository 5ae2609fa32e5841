/** Makes a database of its own for whoever asks, in a fraction of a second, by copying the migrated template. */
import postgres from 'postgres';
import { type RoleUrls, roleUrls } from '../../scripts/local/postgres/roles';
import { TEMPLATE, type TestServer } from './test-server';

async function asSuperuser(server: TestServer, statement: string): Promise<void> {
  const sql = postgres(server.superuserUrl, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}

/** @param name of the new database: letters, digits and underscores */
export async function copyTemplate(
  server: TestServer,
  name: string,
): Promise<{ urls: RoleUrls; drop(): Promise<void> }> {
  await asSuperuser(server, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} OWNER relance_owner`);
  return {
    urls: roleUrls({ ...server, database: name }),
    drop: () => asSuperuser(server, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}
