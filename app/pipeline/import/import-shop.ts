/**
 * The first import, as a state machine that a crash may stop anywhere. Each look moves every kind as far as it goes, then
 * puts the next look on the queue; `bulk_operations/finish` only makes it come sooner. Bound to `shop.import`.
 *
 *   waiting ─(Shopify starts the bulk operation)─▶ running ─(it is complete)─▶ reading ─(last line)─▶ done
 *      ▲                                              │                           │
 *      └──────────(it failed, or its file is gone; three times at most)───────────┘──▶ failed
 */
import { birthDateReading } from '../../domain/shop';
import { exactTimeOf } from '../../domain/snapshot';
import type { AdminClient } from '../../gateways/shopify/admin-client';
import { isAdminError } from '../../gateways/shopify/admin-error';
import { BULK_STATUS, START_BULK } from '../../gateways/shopify/documents/bulk';
import type { StoreQuestions } from '../../gateways/shopify/store-questions';
import type { Clock } from '../../lib/clock';
import type { Logger } from '../../log.server';
import type { Queue } from '../../queue/enqueue';
import {
  claimNextLook,
  type ImportRow,
  IMPORT_LEASE_SECONDS as LEASE_SECONDS,
  leaseImport,
  listImports,
  releaseImport,
  updateImport,
} from '../../store/imports';
import type { ImportKind } from '../../store/schema';
import { type Db, inShop, type ShopScope } from '../../store/scope';
import { loadShop } from '../../store/shop-settings';
import { findShopRow, markReconciled, moveOrdersKnownUntil, updateShopFrom } from '../../store/shops';
import { nextReconciliation } from '../reconcile-time';
import { KINDS } from './kinds';
import { readResult } from './read-result';

export interface ImportParts {
  db: Db;
  queue: Queue;
  admin: AdminClient;
  store: StoreQuestions;
  clock: Clock;
  log: Logger;
  /** Seconds between looks while Shopify works; a test may look more often. */
  lookEverySeconds?: number;
}

interface Task {
  shopId: number;
  shopDomain: string;
  row: ImportRow;
}

const LOOK_EVERY_SECONDS = 3;
const MOST_ATTEMPTS = 3;

/** One look. Harmless to repeat at any time; returns quietly when there is nothing (more) to import. */
export function makeImport(parts: ImportParts): (job: { shopId: number }) => Promise<void> {
  return async ({ shopId }) => {
    const begun = await inShop(parts.db, shopId, async (shop) => {
      const row = await findShopRow(shop);
      const open = (await listImports(shop)).filter(isOpen);
      if (!row?.installedAt || row.uninstalledAt || open.length === 0) return null;
      return {
        shopDomain: row.domain,
        named: row.name !== '',
        leased: await leaseImport(shop, LEASE_SECONDS, { mine: false }),
      };
    });
    if (!begun) return;
    if (begun.leased) await look(parts, { shopId, ...begun });
    await lookAgain(parts, shopId, begun.leased);
  };
}

function isOpen({ status }: ImportRow): boolean {
  return status !== 'done' && status !== 'failed';
}

async function look(parts: ImportParts, shop: { shopId: number; shopDomain: string; named: boolean }): Promise<void> {
  const { shopId, shopDomain } = shop;
  try {
    if (!shop.named) await importShopItself(parts, shopId, shopDomain);
    const rows = await inShop(parts.db, shopId, listImports);
    for (const row of rows.filter(isOpen)) await step(parts, { shopId, shopDomain, row });
  } finally {
    await inShop(parts.db, shopId, releaseImport);
  }
}

/** Keeps one chain of looks going until every kind is done or failed. */
async function lookAgain(parts: ImportParts, shopId: number, leased: boolean): Promise<void> {
  await inShop(parts.db, shopId, async (shop) => {
    const rows = await listImports(shop);
    if (!rows.some(isOpen)) {
      return finish(shop, rows, parts.clock.now());
    }
    // Whoever holds the lease puts the next look on the queue; should it have died, look once the lease has run out.
    const seconds = leased ? (parts.lookEverySeconds ?? LOOK_EVERY_SECONDS) : LEASE_SECONDS + 1;
    if (await claimNextLook(shop, seconds)) await parts.queue.enqueue(shop, 'shop.import', [{ shopId }], seconds);
  });
}

/** Name, currency, time zone, address: decisions need them first. */
export async function importShopItself(
  { db, store, clock }: Pick<ImportParts, 'db' | 'store' | 'clock'>,
  shopId: number,
  shopDomain: string,
): Promise<void> {
  const told = await store.shop({ shopDomain, seenAt: exactTimeOf(clock.now()) });
  await inShop(db, shopId, (shop) => updateShopFrom(shop, told));
}

/** Moves one kind as far as it goes now. What is worth waiting for is left for the next look. */
async function step(parts: ImportParts, task: Task): Promise<void> {
  const { kind, status } = task.row;
  try {
    if (status === 'waiting') return await start(parts, task);
    if (status === 'running') return await check(parts, task);
    return await readResult(parts, task);
  } catch (error) {
    if (!isAdminError(error)) throw error;
    parts.log.warn({ event: 'import.held-up', shopId: task.shopId, kind, why: error.kind });
    if (error.kind === 'refused') return giveBack(parts, task, error.message);
    if (error.kind === 'unauthorized') throw error;
  }
}

async function start(parts: ImportParts, { shopId, shopDomain, row }: Task): Promise<void> {
  const startedAt = parts.clock.now();
  const reading = birthDateReading(await inShop(parts.db, shopId, loadShop));
  const answer = await parts.admin.run(shopDomain, START_BULK, { query: KINDS[row.kind].query(reading) });
  if ('refused' in answer) {
    // Five operations run at a time in a shop, other apps' not counted: ours of a former try may still be among them.
    if (answer.code === 'OPERATION_IN_PROGRESS' || answer.code === 'LIMIT_REACHED') return;
    return giveBack(parts, { shopId, shopDomain, row }, answer.refused);
  }
  await change(parts, shopId, row.kind, {
    status: 'running',
    operationId: answer.operation.id,
    objectCount: answer.operation.objectCount,
    startedAt,
    rowsRead: 0,
    error: null,
  });
}

async function check(parts: ImportParts, task: Task): Promise<void> {
  const { shopId, shopDomain, row } = task;
  const operation = await parts.admin.run(shopDomain, BULK_STATUS, { id: row.operationId });
  if (!operation) return giveBack(parts, task, 'Shopify no longer knows the operation');
  switch (operation.status) {
    case 'created':
    case 'running':
    case 'canceling':
      return change(parts, shopId, row.kind, { objectCount: operation.objectCount });
    case 'completed': {
      const reading = { status: 'reading', objectCount: operation.objectCount, resultUrl: operation.url } as const;
      await change(parts, shopId, row.kind, reading);
      return readResult(parts, { ...task, row: { ...row, ...reading } });
    }
    case 'canceled':
    case 'expired':
    case 'failed':
      return giveBack(parts, task, `Shopify ended the operation: ${operation.errorCode ?? operation.status}`);
  }
}

/** Back to the start, or failed after a few times; the admin shows why. */
async function giveBack(parts: ImportParts, { shopId, row }: Task, error: string): Promise<void> {
  const attempts = row.attempts + 1;
  const status = attempts >= MOST_ATTEMPTS ? 'failed' : 'waiting';
  const begin = { operationId: null, resultUrl: null, rowsRead: 0 };
  await change(parts, shopId, row.kind, { status, attempts, error: error.slice(0, 500), ...begin });
  parts.log.warn({ event: status === 'failed' ? 'import.failed' : 'import.begun-again', shopId, kind: row.kind });
}

function change(
  { db }: ImportParts,
  shopId: number,
  kind: ImportKind,
  changes: Parameters<typeof updateImport>[2],
): Promise<void> {
  return inShop(db, shopId, (shop) => updateImport(shop, kind, changes));
}

/** Everything is in: from here on webhooks and the small incremental queries keep the mirror in step. */
async function finish(shop: ShopScope, rows: readonly ImportRow[], now: Date): Promise<void> {
  const row = await findShopRow(shop);
  if (!row || row.ordersKnownUntil) return;
  const orders = rows.find(({ kind, status }) => kind === 'orders' && status === 'done');
  const begun = rows.flatMap(({ startedAt }) => startedAt?.getTime() ?? []);
  if (orders?.startedAt) await moveOrdersKnownUntil(shop, orders.startedAt);
  const until = new Date(Math.min(now.getTime(), ...begun));
  await markReconciled(shop, { until, dueAt: nextReconciliation(now, row) });
}
