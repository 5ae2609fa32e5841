// REST-shaped payload of products/create and products/update.
import type { ImageRecord, ProductRecord, VariantRecord } from '../../records';
import type { ShopifyState, ShopState } from '../../state';
import { pictureUrl } from '../../urls';
import { restNumber, restNumberOrNull, zoned } from './json';

export { restNumber } from './json';

export function productPayload(state: ShopifyState, shop: ShopState, product: ProductRecord) {
  const { timezone } = shop.record;
  const variants = shop.variantsOf(product);
  const images = product.images.map((image, index) => imagePayload(state, shop, { product, image, index, variants }));
  return {
    admin_graphql_api_id: `gid://shopify/Product/${product.id}`,
    body_html: product.descriptionHtml,
    created_at: zoned(product.createdAt, timezone),
    handle: product.handle,
    id: restNumber(product.id),
    product_type: product.productType,
    published_at: zoned(product.publishedAt, timezone),
    template_suffix: null,
    title: product.title,
    updated_at: zoned(product.updatedAt, timezone),
    vendor: product.vendor,
    status: product.status.toLowerCase(),
    published_scope: 'web',
    tags: product.tags.join(', '),
    variants: variants.slice(0, 100).map((variant) => variantPayload(shop, variant)),
    options: product.options.map((option, index) => ({
      name: option.name,
      id: restNumber(option.id),
      product_id: restNumber(product.id),
      position: index + 1,
      values: option.values,
    })),
    images,
    image: images[0] ?? null,
    media: product.images.map((image, index) => ({
      id: restNumber(image.id),
      product_id: restNumber(product.id),
      position: index + 1,
      created_at: zoned(product.createdAt, timezone),
      updated_at: zoned(product.updatedAt, timezone),
      alt: image.alt,
      status: 'READY',
      media_content_type: 'IMAGE',
      preview_image: { width: image.width, height: image.height, src: pictureUrl(state, image.url), status: 'READY' },
      variant_ids: [],
      admin_graphql_api_id: `gid://shopify/MediaImage/${image.id}`,
    })),
    variant_gids: variants.map((variant) => ({
      admin_graphql_api_id: `gid://shopify/ProductVariant/${variant.id}`,
      updated_at: `${variant.updatedAt.slice(0, 19)}.000Z`,
    })),
    has_variants_that_requires_components: false,
    category: null,
  };
}

function variantPayload(shop: ShopState, variant: VariantRecord) {
  const { timezone } = shop.record;
  return {
    admin_graphql_api_id: `gid://shopify/ProductVariant/${variant.id}`,
    barcode: variant.barcode,
    compare_at_price: variant.compareAtPrice,
    created_at: zoned(variant.createdAt, timezone),
    id: restNumber(variant.id),
    inventory_policy: variant.inventoryPolicy.toLowerCase(),
    position: variant.position,
    price: variant.price,
    product_id: restNumber(variant.productId),
    sku: variant.sku,
    taxable: variant.taxable,
    title: variant.title,
    updated_at: zoned(variant.updatedAt, timezone),
    option1: variant.optionValues[0] ?? null,
    option2: variant.optionValues[1] ?? null,
    option3: variant.optionValues[2] ?? null,
    image_id: restNumberOrNull(variant.imageId),
    inventory_item_id: restNumber(variant.inventoryItemId),
    inventory_quantity: variant.inventoryQuantity,
    old_inventory_quantity: variant.inventoryQuantity,
  };
}

interface ImagePlace {
  product: ProductRecord;
  image: ImageRecord;
  index: number;
  variants: VariantRecord[];
}

function imagePayload(state: ShopifyState, shop: ShopState, { product, image, index, variants }: ImagePlace) {
  return {
    id: restNumber(image.id),
    product_id: restNumber(product.id),
    position: index + 1,
    created_at: zoned(product.createdAt, shop.record.timezone),
    updated_at: zoned(product.updatedAt, shop.record.timezone),
    alt: image.alt,
    width: image.width,
    height: image.height,
    src: pictureUrl(state, image.url),
    variant_ids: variants.filter((variant) => variant.imageId === image.id).map((variant) => restNumber(variant.id)),
    admin_graphql_api_id: `gid://shopify/ProductImage/${image.id}`,
  };
}
