/** Products: whole, because the webhooks do not say whether stock is tracked and list a hundred variants at most. */
import { z } from 'zod';
import type { ProductSnapshot, VariantSnapshot } from '../../../domain/snapshot';
import { amount, flag, gid, id, text, time, whole } from '../fields';
import { type AdminDocument, type Page, readConnection, readPage } from './document';

const picture = 'media(first: 1) { nodes { preview { image { url } } } }';

const VARIANT_FIELDS = `
  id
  title
  position
  price
  compareAtPrice
  inventoryQuantity
  availableForSale`;

const PRODUCT_FIELDS = `
  id
  title
  handle
  status
  productType
  tags
  publishedAt
  updatedAt
  featuredMedia { preview { image { url } } }`;

const preview = z.object({ preview: z.object({ image: z.object({ url: text }).nullish() }).nullish() });

const variantNode = z.object({
  id: id.pipe(z.string()),
  title: text,
  position: whole,
  price: amount.pipe(z.string()),
  compareAtPrice: amount,
  inventoryQuantity: whole,
  availableForSale: flag,
  media: z.object({ nodes: z.array(preview) }).nullish(),
});

const productNode = z.object({
  id: id.pipe(z.string()),
  title: text,
  handle: text,
  status: z.string(),
  productType: text,
  tags: z.array(z.string()),
  publishedAt: time,
  updatedAt: time,
  featuredMedia: preview.nullish(),
});

export function readVariantNode(data: unknown): VariantSnapshot {
  const told = variantNode.parse(data);
  return {
    id: told.id,
    title: told.title,
    position: told.position ?? 1,
    price: told.price,
    compareAtPrice: told.compareAtPrice,
    inventoryQuantity: told.inventoryQuantity,
    available: told.availableForSale,
    imageUrl: told.media?.nodes[0]?.preview?.image?.url ?? null,
  };
}

/** @param variants read apart: inside a page they are a connection, in a bulk result they follow their product */
export function readProductNode(data: unknown, variants: VariantSnapshot[], seenAt: string): ProductSnapshot {
  const told = productNode.parse(data);
  return {
    id: told.id,
    title: told.title ?? '',
    handle: told.handle ?? '',
    status: told.status.toLowerCase(),
    productType: told.productType,
    tags: told.tags,
    imageUrl: told.featuredMedia?.preview?.image?.url ?? null,
    publishedAt: told.publishedAt,
    updatedAt: told.updatedAt,
    seenAt,
    variants,
    partial: false,
  };
}

export interface ProductPageRow {
  product: ProductSnapshot;
  /** Where its further variants begin; null when all are there. */
  moreVariants: string | null;
}

function readRow(node: unknown, seenAt: string): ProductPageRow {
  const { variants } = z.object({ variants: z.unknown() }).parse(node);
  const page = readConnection(variants, readVariantNode);
  return { product: readProductNode(node, page.rows, seenAt), moreVariants: page.next };
}

const VARIANTS = (most: number) =>
  `variants(first: ${most}) { nodes { ${VARIANT_FIELDS} ${picture} } pageInfo { hasNextPage endCursor } }`;

/** Variables: `{ id: gid }`. Null when Shopify has no such product (any more). */
export function productDocument(seenAt: string): AdminDocument<ProductPageRow | null> {
  return {
    name: 'Product',
    text: `query Product($id: ID!) { product(id: $id) { ${PRODUCT_FIELDS} ${VARIANTS(100)} } }`,
    read(data) {
      const { product } = z.object({ product: z.unknown() }).parse(data);
      return product ? readRow(product, seenAt) : null;
    },
  };
}

/** Products changed since a moment. Variables: `{ query, after }`. */
export function productsDocument(seenAt: string): AdminDocument<Page<ProductPageRow>> {
  return {
    name: 'Products',
    text: `query Products($query: String!, $after: String) {
      products(first: 10, after: $after, query: $query, sortKey: UPDATED_AT) {
        nodes { ${PRODUCT_FIELDS} ${VARIANTS(15)} }
        pageInfo { hasNextPage endCursor }
      }
    }`,
    read: (data) => readPage(data, 'products', (node) => readRow(node, seenAt)),
  };
}

/** Further variants of a product. Variables: `{ id: gid, after }`. */
export const PRODUCT_VARIANTS: AdminDocument<Page<VariantSnapshot>> = {
  name: 'ProductVariants',
  text: `query ProductVariants($id: ID!, $after: String) {
    product(id: $id) {
      variants(first: 100, after: $after) { nodes { ${VARIANT_FIELDS} ${picture} } pageInfo { hasNextPage endCursor } }
    }
  }`,
  read(data) {
    const { product } = z.object({ product: z.unknown() }).parse(data);
    return product ? readPage(product, 'variants', readVariantNode) : { rows: [], next: null };
  },
};

export const productGid = (productId: string) => gid('Product', productId);

/**
 * Every product with its variants, for the import. Variants' own pictures would be a third level of connections, which
 * bulk operations refuse; until a product changes, its e-mails show the product's picture.
 */
export const PRODUCTS_IN_BULK = `{
  products { edges { node { ${PRODUCT_FIELDS} variants { edges { node { ${VARIANT_FIELDS} } } } } } }
}`;
