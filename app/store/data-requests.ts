/** What a shop was asked to tell customers about themselves (customers/data_request): collected, listed, fetched by the owner, forgotten. */
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { dataRequests } from './schema';
import type { ShopScope } from './scope';

/** Keeps what was collected, once per request. */
export async function keepDataRequest(
  shop: ShopScope,
  row: Omit<typeof dataRequests.$inferInsert, 'shopId'>,
): Promise<void> {
  await shop.tx
    .insert(dataRequests)
    .values({ ...row, shopId: shop.shopId })
    .onConflictDoUpdate({
      target: [dataRequests.shopId, dataRequests.id],
      set: { data: row.data, collectedAt: row.collectedAt },
    });
}

export interface DataRequest {
  id: string;
  requestedAt: Date;
  /** The customer's address when the data were collected; null when nothing was known of them. */
  email: string | null;
  downloadedAt: Date | null;
}

/** The newest first. */
export async function listDataRequests(shop: ShopScope): Promise<DataRequest[]> {
  const { id, requestedAt, downloadedAt, data } = dataRequests;
  const email = sql<string | null>`${data}->'customer'->0->>'email'`;
  return shop.tx
    .select({ id, requestedAt, email, downloadedAt })
    .from(dataRequests)
    .where(eq(dataRequests.shopId, shop.shopId))
    .orderBy(desc(requestedAt))
    .limit(500);
}

/** How many nobody has fetched yet. */
export function countWaitingDataRequests(shop: ShopScope): Promise<number> {
  return shop.tx.$count(dataRequests, and(eq(dataRequests.shopId, shop.shopId), isNull(dataRequests.downloadedAt)));
}

/** What was collected for a request, noting that the owner has it as of `at`; null when this shop has no such request. */
export async function fetchDataRequest(
  shop: ShopScope,
  id: string,
  at: Date,
): Promise<Pick<typeof dataRequests.$inferSelect, 'requestedAt' | 'collectedAt' | 'data'> | null> {
  const { requestedAt, collectedAt, data } = dataRequests;
  const [row] = await shop.tx
    .update(dataRequests)
    .set({ downloadedAt: sql`coalesce(${dataRequests.downloadedAt}, ${at.toISOString()}::timestamptz)` })
    .where(and(eq(dataRequests.shopId, shop.shopId), eq(dataRequests.id, id)))
    .returning({ requestedAt, collectedAt, data });
  return row ?? null;
}
