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

export interface ResourceWish {
  /** `collection`; anything else is `product`. */
  type: string;
  /** In the title; accents and case make no difference. */
  words: string;
  /** Global ids to be given in any case: what is chosen already. */
  chosen: readonly string[];
}

/** What is chosen already, then the others whose title fits; at most 50 of those, in the shop's order. */
export function findResources(
  state: ShopifyState,
  shop: ShopState,
  { type, words, chosen }: ResourceWish,
): PickedResource[] {
  const kind = type === 'collection' ? 'Collection' : 'Product';
  const isChosen = ({ id }: { id: string }) => chosen.includes(`gid://shopify/${kind}/${id}`);
  const fits = (item: { title: string }) => plain(item.title).includes(plain(words.trim()));
  const pick = <T extends { id: string; title: string }>(all: Iterable<T>): T[] => {
    const list = [...all];
    return [...list.filter(isChosen), ...list.filter((item) => !isChosen(item) && fits(item)).slice(0, OFFERED)];
  };
  if (kind === 'Product') return pick(shop.products.values()).map((product) => pickedProduct(state, shop, product));
  return pick(shop.collections.values()).map(({ id, title, handle }) => ({
    id: `gid://shopify/Collection/${id}`,
    title,
    handle,
    images: [],
  }));
}
