// The query root: single records, lists, counts, node lookups, bulk operations.
import { GraphQLError } from 'graphql';
import { idOf } from '../../ids';
import type { BulkOperationRecord, CustomerRecord } from '../../records';
import { connection, rootConnection, type SortKey } from '../connection';
import { type Args, canSeeOrder, fields, type GraphqlContext, tagged, textArg } from '../context';
import { discountQueries } from '../discounts/queries';
import { type SearchTable, searchTest } from '../search';
import { checkoutKey, findCheckouts } from './checkout';
import { amountSpent } from './customer';
import { findOrders, orderKey } from './order-search';
import { findCollections, findProducts, findVariants, productKey } from './product';
import { segmentQueries } from './segment';
import { shopLocales } from './shop';
import { themeQueries } from './theme';

function customerSearch(ctx: GraphqlContext): SearchTable<CustomerRecord> {
  return {
    text: (customer) =>
      `${customer.firstName ?? ''} ${customer.lastName ?? ''} ${customer.email ?? ''} ${customer.phone ?? ''}`,
    fields: {
      id: { kind: 'id', of: (customer) => customer.id },
      email: { kind: 'word', of: (customer) => customer.email },
      phone: { kind: 'word', of: (customer) => customer.phone },
      first_name: { kind: 'word', of: (customer) => customer.firstName },
      last_name: { kind: 'word', of: (customer) => customer.lastName },
      customer_date: { kind: 'date', of: (customer) => customer.createdAt },
      created_at: { kind: 'date', of: (customer) => customer.createdAt },
      updated_at: { kind: 'date', of: (customer) => customer.updatedAt },
      tag: { kind: 'words', of: (customer) => customer.tags },
      state: { kind: 'word', of: (customer) => customer.state },
      country: { kind: 'word', of: (customer) => customer.addresses[0]?.countryCode ?? null },
      accepts_marketing: { kind: 'flag', of: (customer) => customer.consent.state === 'SUBSCRIBED' },
      orders_count: { kind: 'number', of: (customer) => ctx.shop.ordersOf(customer.id).length },
      total_spent: { kind: 'number', of: (customer) => Number(amountSpent(ctx.shop, customer)) },
    },
  };
}

const customerValues: Record<string, (customer: CustomerRecord) => string> = {
  CREATED_AT: (customer) => customer.createdAt,
  UPDATED_AT: (customer) => customer.updatedAt,
  NAME: (customer) => `${customer.lastName ?? ''} ${customer.firstName ?? ''}`.toLowerCase(),
};

const customerKey = (args: Args): SortKey<CustomerRecord> => ({
  id: (customer) => customer.id,
  value: customerValues[String(args.sortKey)],
});

function findCustomers(ctx: GraphqlContext, args: Args): CustomerRecord[] {
  return [...ctx.shop.customers.values()].filter(searchTest(textArg(args, 'query'), customerSearch(ctx)));
}

const count = (list: unknown[], args: Args) => {
  const limit = typeof args.limit === 'number' ? args.limit : Number.POSITIVE_INFINITY;
  return { count: Math.min(list.length, limit), precision: list.length > limit ? 'AT_LEAST' : 'EXACT' };
};

const byId = <T extends { id: string }>(): SortKey<T> => ({ id: (item) => item.id });

type NodeFinder = (ctx: GraphqlContext, id: string) => object | null | undefined;

const nodeFinders = new Map<string, NodeFinder>([
  ['Shop', ({ shop }, id) => (shop.record.id === id ? shop : null)],
  ['Customer', ({ shop }, id) => shop.customers.get(id)],
  ['Product', ({ shop }, id) => shop.products.get(id)],
  ['ProductVariant', ({ shop }, id) => shop.variants.get(id)],
  ['Collection', ({ shop }, id) => shop.collections.get(id)],
  ['AbandonedCheckout', ({ shop }, id) => shop.checkouts.get(id)],
  ['BulkOperation', ({ shop }, id) => shop.bulkOperations.get(id)],
  ['DiscountCodeNode', ({ shop }, id) => shop.discounts.get(id)],
  ['DiscountRedeemCodeBulkCreation', ({ shop }, id) => shop.codeCreations.get(id)],
  ['MediaImage', ({ shop }, id) => shop.files.get(id)],
  ['Order', (ctx, id) => visibleOrder(ctx, id)],
]);

function visibleOrder(ctx: GraphqlContext, id: string): object | null {
  const order = ctx.shop.orders.get(id);
  return order && canSeeOrder(ctx, order) ? order : null;
}

/** The record behind a gid of any type the sandbox keeps; null when there is none or the app may not see it. */
export function findNode(ctx: GraphqlContext, value: unknown): object | null {
  const [type = '', rest = ''] = String(value).replace('gid://shopify/', '').split('/');
  const id = idOf(String(value).split('?')[0] ?? '');
  if (id === null) {
    throw new GraphQLError(`Invalid global id '${rest || String(value)}'`, {
      extensions: { code: 'RESOURCE_NOT_FOUND' },
    });
  }
  const find = nodeFinders.get(type);
  if (!find) {
    throw new GraphQLError(`The sandbox does not keep ${type} nodes.`, {
      extensions: { code: 'SANDBOX_NOT_IMPLEMENTED' },
    });
  }
  const record = find(ctx, id);
  return record ? tagged(type, record) : null;
}

/** A record by the id argument, only when the gid is of that type. */
function one(type: string) {
  return (_root: unknown, args: Args, ctx: GraphqlContext): object | null => {
    const id = String(args.id);
    return idOf(id, type) === null ? null : findNode(ctx, id);
  };
}

function identified<T>(args: Args, find: (identifier: Record<string, unknown>) => T | undefined): T | null {
  return find((args.identifier ?? {}) as Record<string, unknown>) ?? null;
}

export const queryResolvers = {
  QueryRoot: {
    ...discountQueries,
    ...segmentQueries,
    ...themeQueries,
    ...fields<unknown>({
      shop: (_root, _args, ctx) => ctx.shop,
      shopLocales: (_root, _args, ctx) => shopLocales(ctx),
      customer: one('Customer'),
      customers: (_root, args, ctx) => rootConnection(ctx, () => findCustomers(ctx, args), args, customerKey(args)),
      customersCount: (_root, args, ctx) => count(findCustomers(ctx, args), args),
      customerByIdentifier: (_root, args, ctx) =>
        identified(args, ({ id, emailAddress, phoneNumber }) => {
          if (id) return findNode(ctx, id) as CustomerRecord | undefined;
          if (emailAddress) return ctx.shop.customerByEmail(String(emailAddress));
          return [...ctx.shop.customers.values()].find(
            (customer) => customer.phone !== null && customer.phone === phoneNumber,
          );
        }),
      product: one('Product'),
      products: (_root, args, ctx) => rootConnection(ctx, () => findProducts(ctx, args), args, productKey(args)),
      productsCount: (_root, args, ctx) => count(findProducts(ctx, args), args),
      productByIdentifier: (_root, args, ctx) =>
        identified(args, ({ id, handle }) => (id ? findNode(ctx, id) : ctx.shop.productByHandle(String(handle)))),
      productVariant: one('ProductVariant'),
      productVariants: (_root, args, ctx) => rootConnection(ctx, () => findVariants(ctx, args), args, byId()),
      collection: one('Collection'),
      collections: (_root, args, ctx) => rootConnection(ctx, () => findCollections(ctx, args), args, byId()),
      collectionsCount: (_root, args, ctx) => count(findCollections(ctx, args), args),
      order: one('Order'),
      orders: (_root, args, ctx) => rootConnection(ctx, () => findOrders(ctx, args), args, orderKey(args)),
      ordersCount: (_root, args, ctx) => count(findOrders(ctx, args), args),
      abandonedCheckouts: (_root, args, ctx) =>
        rootConnection(ctx, () => findCheckouts(ctx, args), args, checkoutKey(args)),
      abandonedCheckoutsCount: (_root, args, ctx) => count(findCheckouts(ctx, args), args),
      node: (_root, args, ctx) => findNode(ctx, args.id),
      nodes: (_root, args, ctx) => (Array.isArray(args.ids) ? args.ids.map((id) => findNode(ctx, id)) : []),
      bulkOperation: one('BulkOperation'),
      bulkOperations: (_root, args, ctx) => connection(ctx, findOperations(ctx, args), args, operationKey),
      currentBulkOperation: (_root, args, ctx) =>
        args.type === 'MUTATION' ? null : ([...ctx.shop.bulkOperations.values()].at(-1) ?? null),
      currentAppInstallation: (_root, _args, ctx) => ctx.shop.installation,
      app: (_root, _args, ctx) => ctx.shop.installation,
      metafieldDefinitions: (_root, args, ctx) => {
        const { namespace, key, ownerType } = args;
        const shown = ctx.shop.record.metafieldDefinitions.filter(
          (one) =>
            one.ownerType === ownerType && (!namespace || one.namespace === namespace) && (!key || one.key === key),
        );
        return connection(ctx, shown, args, byId());
      },
    }),
  },
};

const operationKey: SortKey<BulkOperationRecord> = {
  id: (operation) => operation.id,
  value: (operation) => operation.createdAt,
};

function findOperations(ctx: GraphqlContext, args: Args): BulkOperationRecord[] {
  const table: SearchTable<BulkOperationRecord> = {
    text: (operation) => operation.id,
    fields: {
      id: { kind: 'id', of: (operation) => operation.id },
      status: { kind: 'word', of: (operation) => operation.status },
      created_at: { kind: 'date', of: (operation) => operation.createdAt },
      operation_type: { kind: 'word', of: () => 'query' },
    },
  };
  return [...ctx.shop.bulkOperations.values()].filter(searchTest(textArg(args, 'query'), table));
}
