// What the admin's resource picker offers the app: products or collections by words in their title, shaped as App Bridge gives them.
import type { ProductRecord } from '../shopify/records';
import type { ShopifyState, ShopState } from '../shopify/state';
import { pictureUrl } from '../shopify/urls';

const OFFERED = 50;

export interface PickedResource {
  id: string;
  title: string;
  handle: string;
  images: { id: string; originalSrc: string; altText: string }[];
  variants?: { id: string; title: string; price: string }[];
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

function pickedProduct(state: ShopifyState, shop: ShopState, product: ProductRecord): PickedResource {
  return {
    id: `gid://shopify/Product/${product.id}`,
    title: product.title,
    handle: product.handle,
    images: product.images.map((image) => ({
      id: `gid://shopify/ProductImage/${image.id}`,
      originalSrc: pictureUrl(state, image.url),
      altText: image.alt ?? '',
    })),
    variants: shop.variantsOf(product).map((variant) => ({
      id: `gid://shopify/ProductVariant/${variant.id}`,
      title: variant.title,
      price: variant.price,
    })),
  };
}

/** At most 50, in the shop's order; accents and case make no difference. */
export function findResources(state: ShopifyState, shop: ShopState, type: string, words: string): PickedResource[] {
  const fits = (item: { title: string }) => plain(item.title).includes(plain(words.trim()));
  if (type === 'collection') {
    const found = [...shop.collections.values()].filter(fits).slice(0, OFFERED);
    return found.map(({ id, title, handle }) => ({ id: `gid://shopify/Collection/${id}`, title, handle, images: [] }));
  }
  const found = [...shop.products.values()].filter(fits).slice(0, OFFERED);
  return found.map((product) => pickedProduct(state, shop, product));
}
