/** Names to values: what each slot of a compiled e-mail shows for one recipient, and the rows of its lists. Called by fill and batch. */

import type { Language } from '../lib/language';
import type { Brand } from './brand';
import { present } from './escape';
import type { RowSource } from './marks';
import type { ValueRef } from './parts';
import type { EmailValues, ItemValues, ProductValues } from './values';
import { storeAddress, webAddress } from './web-address';
import { BLOCK_WORDS, type BlockWords } from './words';

/** A value that is missing is null; a slot without fallback then shows nothing. */
export type Lookup = (ref: ValueRef) => string | null;

export interface Scope {
  value: Lookup;
  rows: (source: RowSource) => readonly Lookup[];
}

/** The values cannot make a lawful e-mail: an unsubscribe, preference or store link is missing. A mistake of ours, not of the shopper's. */
export class EmailValuesError extends Error {
  override readonly name = 'EmailValuesError';
  readonly field: string;
  constructor(field: string) {
    super(`The e-mail needs a complete http or https address for ${field}`);
    this.field = field;
  }
}

function required(field: string, address: string | null): string {
  if (address === null) throw new EmailValuesError(field);
  return address;
}

/**
 * The first name, unless it is no name: forms on the web are filled by spammers with an advertisement and its address as "name", so
 * that shops deliver it for them.
 */
function firstNameOf(name: string | null): string | null {
  return name !== null && /:\/\/|www\.|@/i.test(name) ? null : present(name);
}

/** What stands within sentences elsewhere, at the beginning of a line. */
function capitalized(text: string | null): string | null {
  return text && text.charAt(0).toUpperCase() + text.slice(1);
}

/** A price stays on one line. */
function unbroken(price: string | null): string | null {
  return present(price)?.replaceAll(' ', '\u00a0') ?? null;
}

/** What recipients with the same store and the same query behind their links have in common: pages and products are the same to them. */
interface Context {
  store: string;
  query: string;
  storeUrl: string;
  words: BlockWords;
  products: Map<ProductValues, Lookup>;
  lists: Map<readonly ProductValues[], readonly Lookup[]>;
}

function contextOf(store: string, query: string, words: BlockWords): Context {
  const storeUrl = required('links.store', storeAddress(store, query));
  return { store, query, storeUrl, words, products: new Map(), lists: new Map() };
}

/** The rows of a list of products; the same list, and the same product, is one to everybody. */
function productRows(products: readonly ProductValues[], context: Context): readonly Lookup[] {
  const known = context.lists.get(products);
  if (known) return known;
  const rows = products.map((product) => {
    const row = context.products.get(product) ?? productRow(product, context);
    context.products.set(product, row);
    return row;
  });
  context.lists.set(products, rows);
  return rows;
}

function productRow(product: ProductValues, context: Context): Lookup {
  const image = product.imageUrl === null ? null : webAddress(product.imageUrl);
  const url = (product.url === null ? null : storeAddress(product.url, context.query)) ?? context.storeUrl;
  // A link must have words; Shopify knows no product without a title, but a title of invisible signs.
  const title = present(product.title) ?? '–';
  const price = unbroken(product.price);
  const compareAtPrice = unbroken(product.compareAtPrice);
  return ({ name }) => {
    switch (name) {
      case 'title':
        return title;
      case 'price':
        return price;
      case 'compare_at_price':
        return compareAtPrice;
      case 'image_url':
        return image;
      case 'no_image':
        return image === null ? '-' : null;
      case 'url':
        return url;
      default:
        return null;
    }
  };
}

function itemRow(item: ItemValues, context: Context): Lookup {
  const product = productRow(item, context);
  const pieces = item.quantity > 1 ? `${item.quantity}\u00a0×\u00a0` : '';
  return (ref) => {
    switch (ref.name) {
      case 'variant':
        return present(item.variantTitle);
      case 'quantity':
        return context.words.quantity(item.quantity);
      case 'price': {
        const price = product(ref);
        return price && pieces + price;
      }
      case 'low_stock':
        return item.unavailable || item.lowStock === null || item.lowStock < 1
          ? null
          : context.words.lowStock(item.lowStock);
      case 'unavailable':
        return item.unavailable ? context.words.unavailable : null;
      default:
        return product(ref);
    }
  };
}

/** One recipient's values, by the names the compiled e-mail uses. Throws `EmailValuesError` when a link the law asks for is missing. */
type ScopeOf = (values: EmailValues, linkQuery: string) => Scope;

/** Makes the scopes of the recipients of one e-mail; what they have in common is made once. */
export function makeScopes(language: Language, brand: Pick<Brand, 'shopName'>): ScopeOf {
  const words = BLOCK_WORDS[language];
  let last: Context | null = null;
  return (values, query) => {
    const { store } = values.links;
    if (last?.store !== store || last.query !== query) last = contextOf(store, query, words);
    return scopeOf(values, last, brand.shopName);
  };
}

function scopeOf(values: EmailValues, context: Context, shopName: string): Scope {
  const { query, storeUrl, words } = context;
  const unsubscribe = required('links.unsubscribe', webAddress(values.links.unsubscribe));
  const preferences = required('links.preferences', webAddress(values.links.preferences));
  let items: readonly Lookup[] | null = null;
  const rows = (source: RowSource): readonly Lookup[] => {
    switch (source) {
      case 'items':
        items ??= values.items.map((item) => itemRow(item, context));
        return items;
      case 'most-bought':
        return productRows(values.mostBought, context);
      case 'recommended':
        return productRows(values.recommended, context);
    }
  };

  const value: Lookup = ({ name, detail }) => {
    switch (name) {
      case 'first_name':
        return firstNameOf(values.firstName);
      case 'product_title':
        return present(values.items[0]?.title);
      case 'cart_total':
        return present(values.total);
      case 'code':
        return present(values.code?.code);
      case 'code_description':
        return detail === 'first' ? capitalized(present(values.code?.description)) : present(values.code?.description);
      case 'code_ends_on':
        return present(values.code?.endsOn);
      case 'reason':
        return words.reason[values.ground](shopName);
      case 'more_items': {
        const more = values.items.length - Number(detail);
        return more > 0 ? words.moreItems(more) : null;
      }
      case 'checkout_url':
        return values.checkoutUrl === null ? storeUrl : (storeAddress(values.checkoutUrl, query) ?? storeUrl);
      case 'store_url':
        return storeUrl;
      case 'preferences_url':
        return preferences;
      case 'unsubscribe_url':
        return unsubscribe;
      case 'owner_url':
        return storeAddress(detail ?? '', query) ?? storeUrl;
      default:
        return null;
    }
  };
  return { value, rows };
}
