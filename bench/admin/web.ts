/**
 * The app's built web process with one more page: the baseline of `admin`. It stands in the admin's frame behind the same
 * door as every other page, and its loader reads one row by its key.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import postgres from 'postgres';
import { announceReady } from '../../scripts/local/announce-ready';
import { need } from '../../scripts/local/need';
import { projectRoot } from '../../scripts/local/paths';

const server = (file: string) => pathToFileURL(join(projectRoot, 'build', 'server', file)).href;
const sql = postgres(need('DATABASE_URL'), { max: 4 });

async function loader() {
  const [row] = await sql`select domain, shop_id from shop_domains where domain = 'bench-1.myshopify.com'`;
  return { row };
}

const { routes } = (await import(server('remix.js'))) as { routes: Record<string, object> };
routes['bench-row'] = {
  id: 'bench-row',
  parentId: 'admin',
  path: 'bench-row',
  module: { loader, default: () => null },
};

const { createApp } = (await import(server('index.js'))) as {
  createApp(): Promise<{
    listen(port: number, host: string, up: () => void): { close(): void; closeAllConnections(): void };
  }>;
};
const app = await createApp();
const listening = app.listen(Number(need('PORT')), need('HOST'), () => {
  announceReady(() => {
    listening.closeAllConnections();
    listening.close();
  });
});
