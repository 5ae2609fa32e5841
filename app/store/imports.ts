/** Progress of the first import: one row per kind, and who is at it. */
import { and, asc, eq, gt, isNull, lt, lte, or, sql } from 'drizzle-orm';
import { IMPORT_KINDS, type ImportKind, imports, shops } from './schema';
import type { ShopScope } from './scope';

export type ImportRow = typeof imports.$inferSelect;
export type ImportStatus = ImportRow['status'];

/** Real seconds after which the import of a worker that no longer prolongs its lease is taken for dead. */
export const IMPORT_LEASE_SECONDS = 90;

export interface ImportProgress {
  kind: ImportKind;
  status: ImportStatus;
  /** Objects Shopify says there are, and of those how many are read. */
  objectCount: number;
  rowsRead: number;
  error: string | null;
}

const WAITING = {
  status: 'waiting',
  attempts: 0,
  error: null,
  operationId: null,
  resultUrl: null,
  rowsRead: 0,
} as const;

/** Begins anew: every kind waits. What the mirror holds stays. */
export async function resetImports(shop: ShopScope): Promise<void> {
  await shop.tx.delete(imports).where(eq(imports.shopId, shop.shopId));
  await shop.tx.insert(imports).values(IMPORT_KINDS.map((kind) => ({ shopId: shop.shopId, kind })));
  // The caller puts the first look on the queue; should it be lost, the sweep must see since when.
  const begin = { importPollAt: sql`now()`, importLeaseUntil: null };
  await shop.tx.update(shops).set(begin).where(eq(shops.shopId, shop.shopId));
}

/** The kinds in the order they are shown; empty before the first install. */
export async function listImports(shop: ShopScope): Promise<ImportRow[]> {
  const rows = await shop.tx.select().from(imports).where(eq(imports.shopId, shop.shopId)).orderBy(asc(imports.kind));
  return rows.toSorted((a, b) => IMPORT_KINDS.indexOf(a.kind) - IMPORT_KINDS.indexOf(b.kind));
}

/** What the admin's progress bar shows. */
export async function readImportProgress(shop: ShopScope): Promise<ImportProgress[]> {
  const rows = await listImports(shop);
  return rows.map(({ kind, status, objectCount, rowsRead, error }) => ({ kind, status, objectCount, rowsRead, error }));
}

export async function updateImport(
  shop: ShopScope,
  kind: ImportKind,
  changes: Partial<Omit<ImportRow, 'shopId' | 'kind'>>,
): Promise<void> {
  await shop.tx
    .update(imports)
    .set(changes)
    .where(and(eq(imports.shopId, shop.shopId), eq(imports.kind, kind)));
}

/**
 * Reads one kind anew: it waits as on the first day, and what the mirror holds stays until it is told otherwise.
 * @returns false where there was no import yet, which will read everything
 */
export async function restartKind(shop: ShopScope, kind: ImportKind): Promise<boolean> {
  const rows = await shop.tx
    .update(imports)
    .set({ ...WAITING, startedAt: null, finishedAt: null })
    .where(and(eq(imports.shopId, shop.shopId), eq(imports.kind, kind)))
    .returning({ kind: imports.kind });
  return rows.length > 0;
}

/** Failed kinds wait again: the owner asked to retry. */
export async function retryFailedImports(shop: ShopScope): Promise<boolean> {
  const rows = await shop.tx
    .update(imports)
    .set(WAITING)
    .where(and(eq(imports.shopId, shop.shopId), eq(imports.status, 'failed')))
    .returning({ kind: imports.kind });
  return rows.length > 0;
}

/** Takes or prolongs the import for `seconds` of real time; false while another worker has it. */
export async function leaseImport(shop: ShopScope, seconds: number, { mine }: { mine: boolean }): Promise<boolean> {
  const free = mine ? undefined : or(isNull(shops.importLeaseUntil), lt(shops.importLeaseUntil, sql`now()`));
  const rows = await shop.tx
    .update(shops)
    .set({ importLeaseUntil: sql`now() + make_interval(secs => ${seconds})` })
    .where(and(eq(shops.shopId, shop.shopId), free))
    .returning({ shopId: shops.shopId });
  return rows.length > 0;
}

export async function releaseImport(shop: ShopScope): Promise<void> {
  await shop.tx.update(shops).set({ importLeaseUntil: null }).where(eq(shops.shopId, shop.shopId));
}

/**
 * Claims the right to put the next look on the queue, `seconds` of real time from now. A look that is claimed for later
 * gives way: whoever came while another worker was at it waits for that one's lease, and must not hold up a healthy import.
 * @returns false when a look as soon as this one is on the queue already: one chain of looks is enough
 */
export async function claimNextLook(shop: ShopScope, seconds: number): Promise<boolean> {
  const next = sql`now() + make_interval(secs => ${seconds})`;
  const { importPollAt } = shops;
  const none = or(isNull(importPollAt), lte(importPollAt, sql`now()`), gt(importPollAt, next));
  const rows = await shop.tx
    .update(shops)
    .set({ importPollAt: next })
    .where(and(eq(shops.shopId, shop.shopId), none))
    .returning({ shopId: shops.shopId });
  return rows.length > 0;
}
