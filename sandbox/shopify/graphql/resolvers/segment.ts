// Customer segments and their members.
import { GraphQLError } from 'graphql';
import { compareIds, idOf } from '../../ids';
import type { CustomerRecord, SegmentRecord } from '../../records';
import { segmentTest } from '../../segments/query';
import { connection, rootConnection } from '../connection';
import { type Args, fields, type GraphqlContext, textArg } from '../context';
import { type SearchTable, searchTest } from '../search';
import { customerResolvers } from './customer';

const byId = { id: ({ id }: { id: string }) => id };

const searchTable: SearchTable<SegmentRecord> = {
  text: (segment) => segment.name,
  fields: { id: { kind: 'id', of: (segment) => segment.id }, name: { kind: 'words', of: (segment) => segment.name } },
};

function findSegments(ctx: GraphqlContext, args: Args): SegmentRecord[] {
  return [...ctx.shop.segments.values()].filter(searchTest(textArg(args, 'query'), searchTable));
}

function segmentById({ shop }: GraphqlContext, gid: unknown): SegmentRecord | null {
  const id = idOf(String(gid), 'Segment');
  return (id === null ? undefined : shop.segments.get(id)) ?? null;
}

/** By the segment's id or by a query of one's own; of a query of Shopify's own making (`queryId`) the sandbox knows nothing. */
function members(ctx: GraphqlContext, args: Args) {
  const query = textArg(args, 'query') ?? segmentById(ctx, args.segmentId)?.query;
  if (query === undefined) {
    throw new GraphQLError('Segment not found.', { extensions: { code: 'RESOURCE_NOT_FOUND' } });
  }
  const found = [...ctx.shop.customers.values()].filter(segmentTest(ctx.shop, query));
  found.sort((one, other) => compareIds(one.id, other.id));
  return { ...connection(ctx, found, args, byId), totalCount: found.length };
}

export const segmentQueries = fields<unknown>({
  segments: (_root, args, ctx) => rootConnection(ctx, () => findSegments(ctx, args), args, byId),
  segment: (_root, args, ctx) => segmentById(ctx, args.id),
  segmentsCount: (_root, _args, ctx) => ({ count: ctx.shop.segments.size, precision: 'EXACT' }),
  customerSegmentMembers: (_root, args, ctx) => members(ctx, args),
});

const { Customer } = customerResolvers;

export const segmentResolvers = {
  Segment: fields<SegmentRecord>({
    id: (segment) => `gid://shopify/Segment/${segment.id}`,
    creationDate: (segment) => segment.createdAt,
    lastEditDate: (segment) => segment.updatedAt,
  }),
  // A member's gid has a type of its own and its customer's number.
  CustomerSegmentMember: {
    ...Customer,
    ...fields<CustomerRecord>({ id: (customer) => `gid://shopify/CustomerSegmentMember/${customer.id}` }),
  },
};
