// Which products a discount is for: everything, products and variants, or collections. Part of input.ts.
import type { DiscountItems } from '../../discounts/records';
import { idsOf } from './input-buyers';
import { complain, objectOf, type Reading } from './reading';
import { badRequest } from './user-error';

export function readItems(reading: Reading): DiscountItems {
  const { input, before, argument } = reading;
  if (argument === 'freeShippingCodeDiscount') return { kind: 'all' };
  const items = objectOf(objectOf(input.customerGets)?.items);
  if (!items) {
    if (!before) complain(reading, ['customerGets', 'items'], "Items can't be blank", 'BLANK');
    return before?.items ?? { kind: 'all' };
  }
  const collections = objectOf(items.collections);
  const products = objectOf(items.products);
  if (items.all && (collections || products)) {
    throw badRequest('A discount cannot have items set to all, when products or collections are specified.');
  }
  if (collections && products) {
    const path = ['customerGets', 'items', 'collections', 'add'];
    complain(reading, path, 'Cannot entitle collections in combination with product variants or products', 'CONFLICT');
  }
  if (collections) return readCollections(reading, collections);
  return products ? readProducts(reading, products) : { kind: 'all' };
}

function readCollections(reading: Reading, wanted: Record<string, unknown>): DiscountItems {
  const { before, ctx } = reading;
  const former = before?.items.kind === 'collections' ? before.items.collectionIds : [];
  const added = idsOf(wanted.add, 'Collection');
  for (const id of added) {
    if (ctx.shop.collections.has(id)) continue;
    const path = ['customerGets', 'items', 'collections', 'add'];
    complain(reading, path, `Collection with id: ${id} is invalid`, 'INVALID');
  }
  return { kind: 'collections', collectionIds: changed(former, added, idsOf(wanted.remove, 'Collection')) };
}

function readProducts(reading: Reading, wanted: Record<string, unknown>): DiscountItems {
  const { before, ctx } = reading;
  const former = before?.items.kind === 'products' ? before.items : { productIds: [], variantIds: [] };
  const products = idsOf(wanted.productsToAdd, 'Product');
  const variants = idsOf(wanted.productVariantsToAdd, 'ProductVariant');
  const refuse = (field: string, name: string, id: string) =>
    complain(reading, ['customerGets', 'items', 'products', field], `${name} with id: ${id} is invalid`, 'INVALID');
  for (const id of products) if (!ctx.shop.products.has(id)) refuse('productsToAdd', 'Product', id);
  for (const id of variants) if (!ctx.shop.variants.has(id)) refuse('productVariantsToAdd', 'Product variant', id);
  return {
    kind: 'products',
    productIds: changed(former.productIds, products, idsOf(wanted.productsToRemove, 'Product')),
    variantIds: changed(former.variantIds, variants, idsOf(wanted.productVariantsToRemove, 'ProductVariant')),
  };
}

function changed(former: string[], added: string[], removed: string[]): string[] {
  return [...new Set([...former, ...added])].filter((id) => !removed.includes(id));
}
