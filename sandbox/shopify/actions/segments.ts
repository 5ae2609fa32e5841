// Verbs on customer segments, as the merchant makes and deletes them in the admin. GraphQL shows them; no webhook tells of them.
import type { SegmentRecord } from '../records';
import { segmentTest } from '../segments/query';
import { type ActionParts, stamp, type When } from './parts';

export function segmentActions(parts: ActionParts) {
  const { state } = parts;
  return {
    /** Refuses a query the sandbox cannot evaluate. */
    createSegment(domain: string, { name, query }: { name: string; query: string }, when?: When): SegmentRecord {
      const shop = state.shop(domain);
      segmentTest(shop, query);
      const at = stamp(parts, when);
      const segment = { id: state.nextId('segment'), name, query, createdAt: at, updatedAt: at };
      shop.segments.set(segment.id, segment);
      shop.touch();
      return segment;
    },
    deleteSegment(domain: string, id: string): void {
      const shop = state.shop(domain);
      shop.segments.delete(shop.segment(id).id);
      shop.touch();
    },
  };
}
