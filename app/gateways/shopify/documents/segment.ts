/** Customer segments: which there are, and who is in one. */
import { z } from 'zod';
import { idOf } from '../fields';
import { type AdminDocument, type Page, readPage } from './document';

export interface Segment {
  /** The gid. */
  id: string;
  name: string;
}

const segment = z.object({ id: z.string(), name: z.string() });

/** Variables: `{ after }`. */
export const SEGMENTS: AdminDocument<Page<Segment>> = {
  name: 'Segments',
  text: `query Segments($after: String) {
    segments(first: 100, after: $after) { nodes { id name } pageInfo { hasNextPage endCursor } }
  }`,
  read: (data) => readPage(data, 'segments', (node) => segment.parse(node)),
};

const members = z.object({
  customerSegmentMembers: z.object({
    edges: z.array(z.object({ node: z.object({ id: z.string() }) })),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
  }),
});

/** Variables: `{ segmentId, after }`. Answers customers' ids: a member's gid ends in its customer's number. */
export const SEGMENT_MEMBERS: AdminDocument<Page<string>> = {
  name: 'SegmentMembers',
  text: `query SegmentMembers($segmentId: ID!, $after: String) {
    customerSegmentMembers(first: 250, after: $after, segmentId: $segmentId) {
      edges { node { id } }
      pageInfo { hasNextPage endCursor }
    }
  }`,
  read(data) {
    const { edges, pageInfo } = members.parse(data).customerSegmentMembers;
    return {
      rows: edges.flatMap(({ node }) => idOf(node.id) ?? []),
      next: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null,
    };
  },
};
