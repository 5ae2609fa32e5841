// Product, its variants, media and options, and collections.
import { decimalsOf } from '../../money';
import type { CollectionRecord, ImageRecord, ProductRecord, VariantRecord } from '../../records';
import { pictureUrl, productUrl } from '../../urls';
import { connection, type SortKey, writeCursor } from '../connection';
import { type Args, fields, type GraphqlContext, tagged, textArg } from '../context';
import { type SearchTable, searchTest } from '../search';
import { productPicture } from './files';
import { metafieldOwner } from './metafield';
import { moneyV2 } from './money';

const productSearch: SearchTable<ProductRecord> = {
  text: (product) => `${product.title} ${product.vendor} ${product.productType} ${product.tags.join(' ')}`,
  fields: {
    id: { kind: 'id', of: (product) => product.id },
    created_at: { kind: 'date', of: (product) => product.createdAt },
    updated_at: { kind: 'date', of: (product) => product.updatedAt },
    published_at: { kind: 'date', of: (product) => product.publishedAt },
    title: { kind: 'words', of: (product) => product.title },
    handle: { kind: 'word', of: (product) => product.handle },
    status: { kind: 'word', of: (product) => product.status },
    vendor: { kind: 'word', of: (product) => product.vendor },
    product_type: { kind: 'word', of: (product) => product.productType },
    tag: { kind: 'words', of: (product) => product.tags },
    published_status: { kind: 'words', of: (product) => ['any', product.publishedAt ? 'published' : 'unpublished'] },
  },
};

const variantSearch: SearchTable<VariantRecord> = {
  text: (variant) => `${variant.title} ${variant.sku ?? ''}`,
  fields: {
    id: { kind: 'id', of: (variant) => variant.id },
    product_id: { kind: 'id', of: (variant) => variant.productId },
    updated_at: { kind: 'date', of: (variant) => variant.updatedAt },
    sku: { kind: 'word', of: (variant) => variant.sku },
    barcode: { kind: 'word', of: (variant) => variant.barcode },
    inventory_quantity: { kind: 'number', of: (variant) => variant.inventoryQuantity },
  },
};

const productValues: Record<string, (product: ProductRecord) => string | number> = {
  CREATED_AT: (product) => product.createdAt,
  UPDATED_AT: (product) => product.updatedAt,
  PUBLISHED_AT: (product) => product.publishedAt ?? '',
  TITLE: (product) => product.title.toLowerCase(),
  VENDOR: (product) => product.vendor.toLowerCase(),
  PRODUCT_TYPE: (product) => product.productType.toLowerCase(),
};

export const productKey = (args: Args): SortKey<ProductRecord> => ({
  id: (product) => product.id,
  value: productValues[String(args.sortKey)],
});

export function findProducts(ctx: GraphqlContext, args: Args): ProductRecord[] {
  return [...ctx.shop.products.values()].filter(searchTest(textArg(args, 'query'), productSearch));
}

export function findVariants(ctx: GraphqlContext, args: Args): VariantRecord[] {
  return [...ctx.shop.variants.values()].filter(searchTest(textArg(args, 'query'), variantSearch));
}

export function findCollections(ctx: GraphqlContext, args: Args): CollectionRecord[] {
  const table: SearchTable<CollectionRecord> = {
    text: (collection) => collection.title,
    fields: {
      id: { kind: 'id', of: (collection) => collection.id },
      title: { kind: 'words', of: (collection) => collection.title },
      handle: { kind: 'word', of: (collection) => collection.handle },
      updated_at: { kind: 'date', of: (collection) => collection.updatedAt },
    },
  };
  return [...ctx.shop.collections.values()].filter(searchTest(textArg(args, 'query'), table));
}

function isForSale(variant: VariantRecord): boolean {
  return !variant.tracked || variant.inventoryPolicy === 'CONTINUE' || variant.inventoryQuantity > 0;
}

function mediaOf(image: ImageRecord | undefined) {
  return image === undefined ? null : tagged('MediaImage', productPicture(image));
}

function plainText(html: string, limit: unknown): string {
  const text = html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return typeof limit === 'number' && text.length > limit ? `${text.slice(0, limit - 3)}...` : text;
}

function prices(product: ProductRecord, ctx: GraphqlContext, of: (variant: VariantRecord) => string | null) {
  const known = ctx.shop.variantsOf(product).flatMap((variant) => of(variant) ?? []);
  known.sort((a, b) => Number(a) - Number(b));
  const { currency } = ctx.shop.record;
  const zero = (0).toFixed(decimalsOf(currency));
  return {
    low: moneyV2(known[0] ?? zero, currency),
    high: moneyV2(known.at(-1) ?? zero, currency),
    any: known.length > 0,
  };
}

const byPosition = <T>(list: T[]): SortKey<T> => {
  const places = new Map(list.map((item, index) => [item, index]));
  return { id: (item) => String(places.get(item) ?? 0) };
};

export const productResolvers = {
  Product: fields<ProductRecord>({
    ...metafieldOwner,
    id: (product) => `gid://shopify/Product/${product.id}`,
    legacyResourceId: (product) => product.id,
    defaultCursor: (product) => writeCursor(product, { id: ({ id }) => id }),
    bodyHtml: (product) => product.descriptionHtml,
    description: (product, args) => plainText(product.descriptionHtml, args.truncateAt),
    onlineStoreUrl: (product, _args, ctx) =>
      product.publishedAt !== null && product.status === 'ACTIVE'
        ? productUrl(ctx.state, ctx.shop.record, product)
        : null,
    onlineStorePreviewUrl: (product, _args, ctx) => productUrl(ctx.state, ctx.shop.record, product),
    featuredMedia: (product) => mediaOf(product.images[0]),
    featuredImage: (product) => product.images[0] ?? null,
    images: (product, args, ctx) => connection(ctx, product.images, args, byPosition(product.images)),
    media: (product, args, ctx) => {
      const media = product.images.map((image) => mediaOf(image));
      return connection(ctx, media, args, byPosition(media));
    },
    mediaCount: (product) => ({ count: product.images.length, precision: 'EXACT' }),
    variants: (product, args, ctx) => {
      const variants = ctx.shop.variantsOf(product);
      return connection(ctx, variants, args, byPosition(variants));
    },
    variantsCount: (product) => ({ count: product.variantIds.length, precision: 'EXACT' }),
    totalVariants: (product) => product.variantIds.length,
    totalInventory: (product, _args, ctx) =>
      ctx.shop.variantsOf(product).reduce((sum, variant) => sum + (variant.tracked ? variant.inventoryQuantity : 0), 0),
    tracksInventory: (product, _args, ctx) => ctx.shop.variantsOf(product).some((variant) => variant.tracked),
    hasOnlyDefaultVariant: (product, _args, ctx) =>
      product.variantIds.length === 1 && ctx.shop.variantsOf(product)[0]?.title === 'Default Title',
    hasOutOfStockVariants: (product, _args, ctx) => ctx.shop.variantsOf(product).some((variant) => !isForSale(variant)),
    collections: (product, args, ctx) => {
      const holding = findCollections(ctx, args).filter((collection) => collection.productIds.includes(product.id));
      return connection(ctx, holding, args, { id: (collection) => collection.id });
    },
    options: (product, args) => product.options.slice(0, typeof args.first === 'number' ? args.first : undefined),
    priceRangeV2: (product, _args, ctx) => {
      const { low, high } = prices(product, ctx, (variant) => variant.price);
      return { minVariantPrice: low, maxVariantPrice: high };
    },
    compareAtPriceRange: (product, _args, ctx) => {
      const { low, high, any } = prices(product, ctx, (variant) => variant.compareAtPrice);
      return any ? { minVariantCompareAtPrice: low, maxVariantCompareAtPrice: high } : null;
    },
    category: () => null,
    templateSuffix: () => null,
    requiresSellingPlan: () => false,
    seo: () => ({ title: null, description: null }),
  }),
  ProductVariant: fields<VariantRecord>({
    id: (variant) => `gid://shopify/ProductVariant/${variant.id}`,
    legacyResourceId: (variant) => variant.id,
    defaultCursor: (variant) => writeCursor(variant, { id: ({ id }) => id }),
    product: (variant, _args, ctx) => ctx.shop.products.get(variant.productId),
    displayName: (variant, _args, ctx) => {
      const title = ctx.shop.products.get(variant.productId)?.title ?? '';
      return variant.title === 'Default Title' ? title : `${title} - ${variant.title}`;
    },
    availableForSale: isForSale,
    sellableOnlineQuantity: (variant) => Math.max(0, variant.inventoryQuantity),
    inventoryItem: (variant) => variant,
    image: (variant, _args, ctx) => variantImage(ctx, variant) ?? null,
    media: (variant, args, ctx) => {
      const image = variantImage(ctx, variant);
      return connection(ctx, image ? [mediaOf(image)] : [], args, { id: () => '1' });
    },
    selectedOptions: (variant, _args, ctx) =>
      (ctx.shop.products.get(variant.productId)?.options ?? []).map((option, index) => ({
        name: option.name,
        value: variant.optionValues[index] ?? variant.title,
      })),
    showUnitPrice: () => false,
    unitPrice: () => null,
    requiresComponents: () => false,
    metafield: () => null,
  }),
  InventoryItem: fields<VariantRecord>({
    id: (variant) => `gid://shopify/InventoryItem/${variant.inventoryItemId}`,
    legacyResourceId: (variant) => variant.inventoryItemId,
    variant: (variant) => variant,
    unitCost: () => null,
  }),
  ProductOption: fields<ProductRecord['options'][number]>({
    id: (option) => `gid://shopify/ProductOption/${option.id}`,
  }),
  Image: fields<ImageRecord>({
    id: (image) => `gid://shopify/ProductImage/${image.id}`,
    altText: (image) => image.alt,
    url: (image, args, ctx) => pictureUrl(ctx.state, widthOf(image, args)),
    src: (image, _args, ctx) => pictureUrl(ctx.state, image.url),
    originalSrc: (image, _args, ctx) => pictureUrl(ctx.state, image.url),
    transformedSrc: (image, _args, ctx) => pictureUrl(ctx.state, image.url),
    thumbhash: () => null,
  }),
  Collection: fields<CollectionRecord>({
    id: (collection) => `gid://shopify/Collection/${collection.id}`,
    legacyResourceId: (collection) => collection.id,
    description: (collection, args) => plainText(collection.descriptionHtml, args.truncateAt),
    productsCount: (collection) => ({ count: collection.productIds.length, precision: 'EXACT' }),
    hasProduct: (collection, args) => collection.productIds.includes(String(args.id).split('/').at(-1) ?? ''),
    sortOrder: () => 'MANUAL',
    products: (collection, args, ctx) => {
      const products = collection.productIds.flatMap((id) => ctx.shop.products.get(id) ?? []);
      return connection(ctx, products, args, byPosition(products));
    },
  }),
};

/** Of the sandbox's own pictures, all PNG, as narrow as wanted. */
function widthOf({ url }: ImageRecord, { transform }: Args): string {
  const { maxWidth } = (transform ?? {}) as { maxWidth?: number };
  return maxWidth && url.startsWith('/pictures/') ? `${url}?width=${maxWidth}` : url;
}

function variantImage(ctx: GraphqlContext, variant: VariantRecord): ImageRecord | undefined {
  return ctx.shop.products.get(variant.productId)?.images.find((image) => image.id === variant.imageId);
}
