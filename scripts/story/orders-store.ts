/** The store of the story with a file: filled from it, Relance installed, everything imported. Used by `orders-main.ts`. */
import { setTimeout as wait } from 'node:timers/promises';
import { settle } from '../../tests/harness/settle';
import { type Store, storeOf } from '../../tests/harness/store';
import type { World } from '../../tests/harness/world';
import type { OrdersFile } from '../local/orders-file';
import type { Note, Progress } from '../local/progress';
import { fillFromFile } from '../local/sample-store';
import { readAdminPage } from './admin-data';

/** Real time without one more row after which the import counts as stuck; more than a dead worker keeps its lease. */
const PATIENCE_MS = 120_000;
const POLL_MS = 500;

export interface OrdersStore {
  store: Store;
  /** Resolves when the app is at rest as far as this store goes. */
  settle(): Promise<void>;
}

/** Fills a store of its own from the file, as the demo does, and installs the app in it. */
export async function openOrdersStore(
  world: World,
  file: Pick<OrdersFile, 'text'>,
  progress: Progress,
): Promise<OrdersStore> {
  const handle = `sillon-${Math.floor(Math.random() * 1e9).toString(36)}`;
  const filled = await fillFromFile(world.stack, { file, handle }, progress);
  if (!filled) throw new Error(`There is a store ${handle} already.`);
  const { sandbox, rows, mailbox, now } = world;
  const store = storeOf({ sandbox, rows, mailbox, domain: filled.shop, url: filled.storefront ?? '' });
  await progress('Installing and importing', async (note) => {
    await store.install();
    await imported(store, note);
  });
  const rest = () => settlePatiently({ sandbox, rows, now, shopIds: () => [store.shopId()] });
  await rest();
  return { store, settle: rest };
}

/** A big store's webhooks and tags take minutes: as long as fewer and fewer things are left, they are waited for. */
async function settlePatiently(settling: Parameters<typeof settle>[0]): Promise<void> {
  let before = '';
  for (;;) {
    try {
      return await settle(settling);
    } catch (error) {
      const told = error instanceof Error ? error.message : '';
      if (!told.startsWith('Not at rest') || told === before) throw error;
      before = told;
    }
  }
}

interface Importing {
  kinds: { kind: string; status: string; rowsRead: number }[];
}

/** The admin's home page tells how far the import is. */
async function imported(store: Store, note: Note): Promise<void> {
  let seen = '';
  let until = Date.now() + PATIENCE_MS;
  for (;;) {
    const { importing } = (await readAdminPage(store.admin, '/app')) as { importing: Importing | null };
    if (importing === null) return note('done');
    const state = JSON.stringify(importing.kinds);
    if (state !== seen) until = Date.now() + PATIENCE_MS;
    seen = state;
    if (Date.now() > until) throw new Error(`The import does not move: ${state}`);
    note(importing.kinds.map(({ kind, rowsRead }) => `${rowsRead} lines of ${kind}`).join(', '));
    await wait(POLL_MS);
  }
}
