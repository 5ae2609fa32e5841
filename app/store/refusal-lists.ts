/** Lists of people who must not get e-mails, from the moment the owner brings one until its people are taken over. Those are in `take-refusals`. */
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { ListSource, RefusalKind } from '../domain/refusal-list';
import type { Ignored, Refusal } from '../domain/refusal-row';
import { type RefusalListCounts, type RefusalListResult, refusalLists, refusalRows } from './schema';
import type { ShopScope } from './scope';

export type RefusalList = typeof refusalLists.$inferSelect;

/** Begins a list; whatever was read before and never imported is gone. */
export async function openList(
  shop: ShopScope,
  row: { fileName: string; asOf: Date; uploadedAt: Date },
): Promise<string> {
  await forgetUnimported(shop);
  const [made] = await shop.tx
    .insert(refusalLists)
    .values({ ...row, shopId: shop.shopId })
    .returning({ id: refusalLists.id });
  return made?.id ?? '';
}

/** Keeps rows of a list; of an address that is there twice whatever either row says. @returns whether the list is still wanted */
export async function addRows(
  shop: ShopScope,
  listId: string,
  rows: readonly (Refusal & { key: string; line: number })[],
): Promise<boolean> {
  const list = await lockList(shop, listId);
  if (list?.status !== 'reading') return false;
  const told = JSON.stringify(
    rows.map(({ key, line, unsubscribed, suppressed, at }) => ({ key, line, unsubscribed, suppressed, at })),
  );
  await shop.tx.execute(sql`
    insert into refusal_rows as r (shop_id, list_id, email_key, line, unsubscribed, suppressed, refused_at)
    select ${shop.shopId}, ${listId}::uuid, key, min(line), bool_or(unsubscribed), max(suppressed), max("at")
    from jsonb_to_recordset(${told}::jsonb)
      as t(key text, line int, unsubscribed boolean, suppressed text, "at" timestamptz)
    group by key
    on conflict (shop_id, list_id, email_key) do update set unsubscribed = r.unsubscribed or excluded.unsubscribed,
      suppressed = greatest(r.suppressed, excluded.suppressed), refused_at = greatest(r.refused_at, excluded.refused_at)`);
  return true;
}

export interface ReadList {
  source: ListSource;
  columns: string[];
  fingerprint: string;
  /** Rows with an address. */
  rows: number;
  ignored: Partial<Record<Ignored, number>>;
}

/** Everything was read: what there is to import. The same file counts from when it was first brought. */
export async function closeList(shop: ShopScope, id: string, read: ReadList): Promise<void> {
  const [counted] = await shop.tx.execute<Record<'addresses' | 'unsubscribed' | 'bounced' | 'complained', string>>(sql`
    select count(*) as addresses, count(*) filter (where unsubscribed) as unsubscribed,
      count(*) filter (where suppressed = 'bounced') as bounced, count(*) filter (where suppressed = 'complained') as complained
    from refusal_rows where shop_id = ${shop.shopId} and list_id = ${id}`);
  const addresses = Number(counted?.addresses ?? 0);
  const counts: RefusalListCounts = {
    addresses,
    unsubscribed: Number(counted?.unsubscribed ?? 0),
    bounced: Number(counted?.bounced ?? 0),
    complained: Number(counted?.complained ?? 0),
    repeated: read.rows - addresses,
    ignored: read.ignored,
  };
  const { source, columns, fingerprint } = read;
  const first = sql`least(${refusalLists.asOf}, (select min(as_of) from refusal_lists
    where shop_id = ${shop.shopId} and fingerprint = ${fingerprint} and imported_at is not null))`;
  await shop.tx
    .update(refusalLists)
    .set({ source, columns, fingerprint, counts, status: 'read', asOf: first })
    .where(and(mine(shop, id), eq(refusalLists.status, 'reading')));
}

/** The first people of a list, as the owner sees them before they decide. */
export function firstRows(shop: ShopScope, id: string, most: number) {
  return shop.tx
    .select({
      email: refusalRows.emailKey,
      unsubscribed: refusalRows.unsubscribed,
      suppressed: refusalRows.suppressed,
      at: refusalRows.refusedAt,
    })
    .from(refusalRows)
    .where(and(eq(refusalRows.shopId, shop.shopId), eq(refusalRows.listId, id)))
    .orderBy(refusalRows.line)
    .limit(most);
}

/** The list that waits for the owner's word or is being imported, if any; and those imported, the newest first. */
export async function loadLists(shop: ShopScope): Promise<{ open: RefusalList | null; imported: RefusalList[] }> {
  const [[open], imported] = [
    await shop.tx
      .select()
      .from(refusalLists)
      .where(and(eq(refusalLists.shopId, shop.shopId), inArray(refusalLists.status, ['read', 'importing'])))
      .orderBy(desc(refusalLists.uploadedAt))
      .limit(1),
    await shop.tx
      .select()
      .from(refusalLists)
      .where(and(eq(refusalLists.shopId, shop.shopId), eq(refusalLists.status, 'done')))
      .orderBy(desc(refusalLists.importedAt))
      .limit(20),
  ];
  return { open: open ?? null, imported };
}

/**
 * The owner says yes. `kind` is what the people of a list that does not say are.
 * @returns false when there is no such list, or it was decided on before
 */
export async function startImport(shop: ShopScope, id: string, kind: RefusalKind | null): Promise<boolean> {
  const rows = await shop.tx
    .update(refusalLists)
    .set({ status: 'importing', kind, result: NOTHING_TAKEN })
    .where(and(mine(shop, id), eq(refusalLists.status, 'read')))
    .returning({ id: refusalLists.id });
  return rows.length > 0;
}

const NOTHING_TAKEN: RefusalListResult = {
  ...{ stopped: 0, already: 0, cameBack: 0, remembered: 0, rememberedBefore: 0, erased: 0 },
};

export async function lockList(shop: ShopScope, id: string): Promise<RefusalList | null> {
  const [row] = await shop.tx.select().from(refusalLists).where(mine(shop, id)).for('update');
  return row ?? null;
}

/** Adds what a batch came to; without a batch the list is done. */
export async function noteTaken(
  shop: ShopScope,
  list: RefusalList,
  taken: { result: RefusalListResult } | { doneAt: Date },
): Promise<void> {
  if ('doneAt' in taken) {
    await shop.tx.update(refusalLists).set({ status: 'done', importedAt: taken.doneAt }).where(mine(shop, list.id));
    return;
  }
  const before = list.result ?? NOTHING_TAKEN;
  const result = Object.fromEntries(
    Object.entries(before).map(([what, count]) => [what, count + taken.result[what as keyof RefusalListResult]]),
  ) as unknown as RefusalListResult;
  await shop.tx.update(refusalLists).set({ result }).where(mine(shop, list.id));
}

/** Takes lists away that were never imported, with their people. */
async function forgetUnimported(shop: ShopScope): Promise<void> {
  const open = and(eq(refusalLists.shopId, shop.shopId), inArray(refusalLists.status, ['reading', 'read']));
  const gone = await shop.tx.delete(refusalLists).where(open).returning({ id: refusalLists.id });
  if (gone.length === 0) return;
  await shop.tx.delete(refusalRows).where(
    and(
      eq(refusalRows.shopId, shop.shopId),
      inArray(
        refusalRows.listId,
        gone.map(({ id }) => id),
      ),
    ),
  );
}

/** One list and its people: the file broke off, or the owner takes another. Nothing that was decided on. */
export async function discardList(shop: ShopScope, id: string): Promise<void> {
  const gone = await shop.tx
    .delete(refusalLists)
    .where(and(mine(shop, id), inArray(refusalLists.status, ['reading', 'read'])))
    .returning({ id: refusalLists.id });
  if (gone.length === 0) return;
  await shop.tx.delete(refusalRows).where(and(eq(refusalRows.shopId, shop.shopId), eq(refusalRows.listId, id)));
}

function mine(shop: ShopScope, id: string) {
  return and(eq(refusalLists.shopId, shop.shopId), eq(refusalLists.id, id));
}
