/** Reads the products/* payloads. */
import { z } from 'zod';
import type { ProductSnapshot, StoreChange, VariantSnapshot } from '../../../domain/snapshot';
import { amount, anything, id, listOf, maybe, rootId, tagText, text, time, whole } from '../fields';

const imageShape = z.looseObject({ id, src: text });

const variantShape = z.looseObject({
  id: anything,
  admin_graphql_api_id: anything,
  title: text,
  position: whole,
  price: amount,
  compare_at_price: amount,
  inventory_policy: text,
  inventory_quantity: whole,
  image_id: id,
});

const productShape = z.looseObject({
  id: anything,
  admin_graphql_api_id: anything,
  title: text,
  handle: text,
  status: text,
  product_type: text,
  tags: tagText,
  published_at: time,
  updated_at: time,
  image: maybe(imageShape),
  images: listOf(imageShape),
  variants: listOf(variantShape),
  variant_gids: listOf(z.looseObject({ admin_graphql_api_id: id })),
});

/**
 * The payload lists a hundred variants at most and does not say whether stock is tracked: `partial` tells when that
 * leaves something open.
 */
export function readProduct(payload: unknown, seenAt: string): ProductSnapshot | null {
  const read = productShape.safeParse(payload);
  if (!read.success) return null;
  const told = read.data;
  const productId = rootId(told);
  if (productId === null) return null;
  const pictures = new Map(told.images.map((image) => [image.id, image.src]));
  const variants = told.variants.flatMap((variant) => readVariant(variant, pictures));
  return {
    id: productId,
    title: told.title ?? '',
    handle: told.handle ?? '',
    status: told.status?.toLowerCase() ?? 'active',
    productType: told.product_type,
    tags: told.tags,
    imageUrl: told.image?.src ?? told.images[0]?.src ?? null,
    publishedAt: told.published_at,
    updatedAt: told.updated_at,
    seenAt,
    variants,
    partial: told.variant_gids.length > variants.length || variants.some((variant) => !variant.available),
  };
}

function readVariant(told: z.output<typeof variantShape>, pictures: Map<string | null, string | null>) {
  const variantId = rootId(told);
  if (variantId === null || told.price === null) return [];
  const quantity = told.inventory_quantity;
  const variant: VariantSnapshot = {
    id: variantId,
    title: told.title,
    position: told.position ?? 1,
    price: told.price,
    compareAtPrice: told.compare_at_price,
    inventoryQuantity: quantity,
    available: told.inventory_policy?.toLowerCase() === 'continue' || quantity === null || quantity > 0,
    imageUrl: told.image_id === null ? null : (pictures.get(told.image_id) ?? null),
  };
  return [variant];
}

/** products/delete */
export function readProductDelete(payload: unknown): StoreChange | null {
  const read = z.looseObject({ id }).safeParse(payload);
  return read.success && read.data.id !== null ? { kind: 'product-deleted', productId: read.data.id } : null;
}
