// Verbs on products, variants and collections: create, change, stock, price, delete.

import { normalAmount } from '../money';
import type { CollectionRecord, ImageRecord, ProductRecord, VariantRecord } from '../records';
import type { ShopState } from '../state';
import { productPayload, restNumber } from '../webhooks/payloads/product';
import { type MetafieldInput, writeMetafield } from './metafields';
import { type ActionParts, definedOnly, stamp, tell, type When } from './parts';

export interface VariantInput {
  title?: string | undefined;
  price: string | number;
  compareAtPrice?: string | number | null | undefined;
  sku?: string | null | undefined;
  barcode?: string | null | undefined;
  inventoryQuantity?: number | undefined;
  tracked?: boolean | undefined;
  inventoryPolicy?: VariantRecord['inventoryPolicy'] | undefined;
  /** One value per option of the product; absent: the title. */
  optionValues?: string[] | undefined;
  /** Position of the product's picture that shows this variant. */
  imageIndex?: number | undefined;
  requiresShipping?: boolean | undefined;
  grams?: number | undefined;
}

export interface ImageInput {
  url: string;
  alt?: string | null | undefined;
  width?: number | undefined;
  height?: number | undefined;
}

export interface ProductInput {
  title: string;
  handle?: string | undefined;
  descriptionHtml?: string | undefined;
  vendor?: string | undefined;
  productType?: string | undefined;
  tags?: string[] | undefined;
  status?: ProductRecord['status'] | undefined;
  isGiftCard?: boolean | undefined;
  options?: string[] | undefined;
  images?: ImageInput[] | undefined;
  variants?: VariantInput[] | undefined;
  metafields?: MetafieldInput[] | undefined;
  /** null: not on the online store. */
  publishedAt?: string | null | undefined;
}

export interface ProductChange {
  title?: string | undefined;
  descriptionHtml?: string | undefined;
  vendor?: string | undefined;
  productType?: string | undefined;
  tags?: string[] | undefined;
  status?: ProductRecord['status'] | undefined;
  publishedAt?: string | null | undefined;
}

export interface VariantChange {
  price?: string | number | undefined;
  compareAtPrice?: string | number | null | undefined;
  inventoryQuantity?: number | undefined;
  inventoryPolicy?: VariantRecord['inventoryPolicy'] | undefined;
}

export function productActions(parts: ActionParts) {
  const { state } = parts;
  return {
    createProduct(domain: string, input: ProductInput, when?: When): ProductRecord {
      const shop = state.shop(domain);
      const product = makeProduct(parts, shop, input, stamp(parts, when));
      shop.products.set(product.id, product);
      shop.touch();
      tell(parts, when, shop)('products/create', () => productPayload(state, shop, product));
      return product;
    },

    updateProduct(domain: string, id: string, change: ProductChange, when?: When): ProductRecord {
      const shop = state.shop(domain);
      const product = shop.product(id);
      Object.assign(product, definedOnly(change));
      return saveProduct(parts, shop, product, when);
    },

    /** Open checkouts and past orders keep their lines, without a product behind them. */
    deleteProduct(domain: string, id: string, when?: When): void {
      const shop = state.shop(domain);
      const product = shop.product(id);
      for (const variantId of product.variantIds) shop.variants.delete(variantId);
      shop.products.delete(id);
      for (const collection of shop.collections.values()) {
        collection.productIds = collection.productIds.filter((productId) => productId !== id);
      }
      shop.touch();
      tell(parts, when, shop)('products/delete', () => ({ id: restNumber(id) }));
    },

    updateVariant(domain: string, variantId: string, change: VariantChange, when?: When): VariantRecord {
      const shop = state.shop(domain);
      const variant = shop.variant(variantId);
      const { price, compareAtPrice, ...rest } = change;
      Object.assign(variant, definedOnly(rest));
      if (price !== undefined) variant.price = normalAmount(price, shop.record.currency);
      if (compareAtPrice !== undefined) {
        variant.compareAtPrice = compareAtPrice === null ? null : normalAmount(compareAtPrice, shop.record.currency);
      }
      variant.updatedAt = stamp(parts, when);
      saveProduct(parts, shop, shop.product(variant.productId), when);
      return variant;
    },

    setStock(domain: string, variantId: string, quantity: number, when?: When): VariantRecord {
      return this.updateVariant(domain, variantId, { inventoryQuantity: quantity }, when);
    },

    setPrice(
      domain: string,
      variantId: string,
      price: string | number,
      compareAtPrice?: string | number | null,
      when?: When,
    ) {
      return this.updateVariant(domain, variantId, { price, compareAtPrice }, when);
    },

    createCollection(
      domain: string,
      input: { title: string; handle?: string; descriptionHtml?: string; productIds: string[]; image?: ImageInput },
      when?: When,
    ): CollectionRecord {
      const shop = state.shop(domain);
      const collection: CollectionRecord = {
        id: state.nextId('collection'),
        title: input.title,
        handle: input.handle ?? handleFor(input.title),
        descriptionHtml: input.descriptionHtml ?? '',
        productIds: input.productIds.map((id) => shop.product(id).id),
        image: input.image ? makeImage(parts, input.image) : null,
        updatedAt: stamp(parts, when),
      };
      shop.collections.set(collection.id, collection);
      shop.touch();
      return collection;
    },
  };
}

/** Marks the product changed and says so; also used when an order takes stock. */
export function saveProduct(parts: ActionParts, shop: ShopState, product: ProductRecord, when?: When): ProductRecord {
  product.updatedAt = stamp(parts, when);
  shop.touch();
  tell(parts, when, shop)('products/update', () => productPayload(parts.state, shop, product));
  return product;
}

function makeProduct(parts: ActionParts, shop: ShopState, input: ProductInput, at: string): ProductRecord {
  const { state } = parts;
  const id = state.nextId('product');
  const images = (input.images ?? []).map((image) => makeImage(parts, image));
  const variants = (input.variants ?? [{ price: '0' }]).map((variant, index) =>
    makeVariant(parts, { shop, productId: id, input: variant, position: index + 1, images, at }),
  );
  for (const variant of variants) shop.variants.set(variant.id, variant);
  const optionNames = input.options ?? ['Title'];
  const product: ProductRecord = {
    id,
    title: input.title,
    handle: input.handle ?? freeHandle(shop, handleFor(input.title)),
    descriptionHtml: input.descriptionHtml ?? '',
    vendor: input.vendor ?? shop.record.name,
    productType: input.productType ?? '',
    tags: [...(input.tags ?? [])],
    status: input.status ?? 'ACTIVE',
    isGiftCard: input.isGiftCard ?? false,
    options: optionNames.map((name, index) => ({
      id: state.nextId('option'),
      name,
      values: [...new Set(variants.map((variant) => variant.optionValues[index] ?? variant.title))],
    })),
    images,
    variantIds: variants.map((variant) => variant.id),
    metafields: [],
    publishedAt: input.publishedAt === undefined ? at : input.publishedAt,
    createdAt: at,
    updatedAt: at,
  };
  for (const field of input.metafields ?? []) writeMetafield(parts, product.metafields, field, at);
  return product;
}

interface VariantParts {
  shop: ShopState;
  productId: string;
  input: VariantInput;
  position: number;
  images: ImageRecord[];
  at: string;
}

function makeVariant(
  parts: ActionParts,
  { shop, productId, input, position, images, at }: VariantParts,
): VariantRecord {
  const currency = shop.record.currency;
  const title = input.title ?? input.optionValues?.join(' / ') ?? 'Default Title';
  const compareAt = input.compareAtPrice ?? null;
  return {
    id: parts.state.nextId('variant'),
    productId,
    inventoryItemId: parts.state.nextId('inventoryItem'),
    title,
    price: normalAmount(input.price, currency),
    compareAtPrice: compareAt === null ? null : normalAmount(compareAt, currency),
    sku: input.sku ?? null,
    barcode: input.barcode ?? null,
    inventoryQuantity: input.inventoryQuantity ?? 0,
    tracked: input.tracked ?? true,
    inventoryPolicy: input.inventoryPolicy ?? 'DENY',
    optionValues: input.optionValues ?? [title],
    position,
    imageId: input.imageIndex === undefined ? null : (images[input.imageIndex]?.id ?? null),
    taxable: true,
    requiresShipping: input.requiresShipping ?? true,
    grams: input.grams ?? 0,
    createdAt: at,
    updatedAt: at,
  };
}

function makeImage(parts: ActionParts, input: ImageInput): ImageRecord {
  return {
    id: parts.state.nextId('image'),
    url: input.url,
    alt: input.alt ?? null,
    width: input.width ?? 1000,
    height: input.height ?? 1000,
  };
}

/** "Été — bleu" → "ete-bleu" */
export function handleFor(title: string): string {
  const plain = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '') || 'item';
}

function freeHandle(shop: ShopState, wanted: string): string {
  let handle = wanted;
  for (let n = 1; shop.productByHandle(handle); n += 1) handle = `${wanted}-${n}`;
  return handle;
}
