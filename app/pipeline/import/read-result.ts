/** Takes the result of a bulk operation into the mirror, batch by batch; a crash goes on behind the last batch. Called by `import-shop`. */
import { birthDateReading } from '../../domain/shop';
import { exactTimeOf } from '../../domain/snapshot';
import { readBulkResult } from '../../gateways/shopify/bulk-result';
import type { Clock } from '../../lib/clock';
import type { Logger } from '../../log.server';
import { IMPORT_LEASE_SECONDS, type ImportRow, leaseImport, updateImport } from '../../store/imports';
import { lockMirror } from '../../store/locks';
import type { ImportKind } from '../../store/schema';
import { type Db, inShop } from '../../store/scope';
import { loadShop } from '../../store/shop-settings';
import { KINDS, type Parent } from './kinds';

export interface ReadParts {
  db: Db;
  clock: Clock;
  log: Logger;
}

/** Rows of one transaction: long enough to be fast, short enough that webhooks hardly wait for the shop's lock. */
const BATCH = 250;

/** Reads from where the last kept batch ended to the last line. @throws AdminError when the file is gone or breaks off */
export async function readResult(parts: ReadParts, { shopId, row }: { shopId: number; row: ImportRow }): Promise<void> {
  if (row.resultUrl !== null) {
    const seenAt = exactTimeOf(row.startedAt ?? parts.clock.now());
    let batch: Parent[] = [];
    let linesRead = row.rowsRead;
    for await (const parent of readBulkResult({ url: row.resultUrl, skipLines: row.rowsRead })) {
      batch.push(parent);
      linesRead = parent.linesRead;
      if (batch.length < BATCH) continue;
      await keep(parts, { shopId, kind: row.kind, seenAt }, batch, linesRead);
      batch = [];
    }
    await keep(parts, { shopId, kind: row.kind, seenAt }, batch, linesRead);
  }
  const done = { status: 'done', resultUrl: null, finishedAt: parts.clock.now() } as const;
  await inShop(parts.db, shopId, (shop) => updateImport(shop, row.kind, done));
  parts.log.info({ event: 'import.done', shopId, kind: row.kind });
}

/** A batch and how far it reaches, together: after a crash the reading goes on right behind it. */
async function keep(
  parts: ReadParts,
  { shopId, kind, seenAt }: { shopId: number; kind: ImportKind; seenAt: string },
  batch: readonly Parent[],
  linesRead: number,
): Promise<void> {
  const skipped = await inShop(parts.db, shopId, async (shop) => {
    await lockMirror(shop);
    await leaseImport(shop, IMPORT_LEASE_SECONDS, { mine: true });
    const birthDates = birthDateReading(await loadShop(shop));
    const found = await KINDS[kind].keep(shop, batch, { seenAt, now: parts.clock.now(), birthDates });
    await updateImport(shop, kind, { rowsRead: linesRead });
    return found;
  });
  if (skipped.count > 0) {
    parts.log.warn({ event: 'import.skipped', shopId, kind, count: skipped.count, why: skipped.why });
  }
}
