/** How far the first import is. Read by the overview, again and again while it runs. */
import { eq } from 'drizzle-orm';
import { IMPORT_KINDS, type ImportKind, imports } from '../schema';
import type { ShopScope } from '../scope';

export interface ImportProgress {
  running: boolean;
  /** From 0 to 1; each kind weighs the same, its own share is rows read over objects announced. */
  done: number;
  kinds: { kind: ImportKind; status: 'waiting' | 'running' | 'reading' | 'done' | 'failed'; rowsRead: number }[];
}

/** The import's progress, or null when none was ever begun. */
export async function loadImportProgress(shop: ShopScope): Promise<ImportProgress | null> {
  const rows = await shop.tx.select().from(imports).where(eq(imports.shopId, shop.shopId));
  if (rows.length === 0) return null;
  const byKind = new Map(rows.map((row) => [row.kind, row]));
  const kinds = IMPORT_KINDS.flatMap((kind) => {
    const row = byKind.get(kind);
    return row ? [{ kind, status: row.status, rowsRead: row.rowsRead, objectCount: row.objectCount }] : [];
  });
  const shares = kinds.map(({ status, rowsRead, objectCount }) => {
    if (status === 'done' || status === 'failed') return 1;
    if (status === 'reading' && objectCount > 0) return 0.5 + 0.5 * Math.min(1, rowsRead / objectCount);
    return status === 'waiting' ? 0 : 0.25;
  });
  return {
    running: kinds.some(({ status }) => status !== 'done' && status !== 'failed'),
    done: shares.reduce((sum, share) => sum + share, 0) / shares.length,
    kinds: kinds.map(({ kind, status, rowsRead }) => ({ kind, status, rowsRead })),
  };
}
