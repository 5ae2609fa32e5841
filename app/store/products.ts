/** Products and their variants as Shopify has them. What e-mails show of them: `shelf`. */
import { and, eq, inArray, isNull, notInArray } from 'drizzle-orm';
import { newestOfEach, type ProductSnapshot } from '../domain/snapshot';
import { offeredIsNewer, takeOffered } from './newer';
import { products, variants } from './schema';
import type { ShopScope } from './scope';

/**
 * Keeps what is newer, product by product, each with its variants; variants no longer listed get a tombstone.
 * @returns the ids that changed
 */
export async function upsertProducts(shop: ShopScope, tellings: readonly ProductSnapshot[]): Promise<string[]> {
  const rows = newestOfEach(tellings);
  if (rows.length === 0) return [];
  const written = await shop.tx
    .insert(products)
    .values(rows.map((row) => toRow(shop, row)))
    .onConflictDoUpdate({
      target: [products.shopId, products.id],
      set: takeOffered(products, [
        'title',
        'handle',
        'status',
        'productType',
        'tags',
        'imageUrl',
        'publishedAt',
        'sourceUpdatedAt',
        'sourceSeenAt',
      ]),
      setWhere: offeredIsNewer('products'),
    })
    .returning({ id: products.id });
  const ids = written.map((row) => row.id);
  const changed = new Set(ids);
  await upsertVariants(
    shop,
    rows.filter((row) => changed.has(row.id)),
  );
  return ids;
}

function toRow(shop: ShopScope, told: ProductSnapshot): typeof products.$inferInsert {
  const { id, title, handle, status, productType, tags, imageUrl, publishedAt, updatedAt, seenAt } = told;
  const known = { id, title, handle, status, productType, tags, imageUrl, publishedAt };
  return { shopId: shop.shopId, ...known, sourceUpdatedAt: updatedAt, sourceSeenAt: seenAt };
}

/** Parameters of one statement are limited to 65,534: 11 per variant. */
const MOST_VARIANTS = 4000;

async function upsertVariants(shop: ShopScope, told: readonly ProductSnapshot[]): Promise<void> {
  const rows = new Map(
    told.flatMap((product) =>
      product.variants.map((variant) => [
        variant.id,
        { ...variant, shopId: shop.shopId, productId: product.id, deletedAt: null },
      ]),
    ),
  );
  const list = [...rows.values()];
  for (let from = 0; from < list.length; from += MOST_VARIANTS) {
    await shop.tx
      .insert(variants)
      .values(list.slice(from, from + MOST_VARIANTS))
      .onConflictDoUpdate({
        target: [variants.shopId, variants.id],
        set: takeOffered(variants, [
          'productId',
          'title',
          'position',
          'price',
          'compareAtPrice',
          'inventoryQuantity',
          'available',
          'imageUrl',
          'deletedAt',
        ]),
      });
  }
  const complete = told.filter((product) => !product.partial);
  if (complete.length === 0) return;
  await shop.tx
    .update(variants)
    .set({ deletedAt: new Date(Math.max(...complete.map((product) => product.updatedAt?.getTime() ?? 0))) })
    .where(
      and(
        eq(variants.shopId, shop.shopId),
        inArray(
          variants.productId,
          complete.map((product) => product.id),
        ),
        notInArray(variants.id, ['', ...complete.flatMap((product) => product.variants.map((variant) => variant.id))]),
        isNull(variants.deletedAt),
      ),
    );
}

/** Leaves a tombstone: nothing told later brings the product back. */
export async function tombstoneProduct(shop: ShopScope, id: string, at: Date): Promise<void> {
  await shop.tx
    .insert(products)
    .values({ shopId: shop.shopId, id, title: '', handle: '', status: 'deleted', deletedAt: at })
    .onConflictDoUpdate({
      target: [products.shopId, products.id],
      set: { deletedAt: at },
      setWhere: isNull(products.deletedAt),
    });
  await shop.tx
    .update(variants)
    .set({ deletedAt: at })
    .where(and(eq(variants.shopId, shop.shopId), eq(variants.productId, id), isNull(variants.deletedAt)));
}
