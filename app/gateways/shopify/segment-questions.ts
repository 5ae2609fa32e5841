/** What we ask of a shop's customer segments. Every question may throw an AdminError. */
import type { AdminClient } from './admin-client';
import type { AdminDocument, Page } from './documents/document';
import { SEGMENT_MEMBERS, SEGMENTS, type Segment } from './documents/segment';

export interface SegmentQuestions {
  list(shopDomain: string): Promise<Segment[]>;
  /** Ids of the customers in a segment as it is now. */
  members(shopDomain: string, segmentId: string): Promise<string[]>;
}

export function makeSegmentQuestions(admin: AdminClient): SegmentQuestions {
  const whole = async <T>(shopDomain: string, document: AdminDocument<Page<T>>, variables: object): Promise<T[]> => {
    const rows: T[] = [];
    for (let after: string | null = null; ; ) {
      const page: Page<T> = await admin.run(shopDomain, document, { ...variables, after });
      rows.push(...page.rows);
      if (page.next === null) return rows;
      after = page.next;
    }
  };
  return {
    list: (shopDomain) => whole(shopDomain, SEGMENTS, {}),
    members: (shopDomain, segmentId) => whole(shopDomain, SEGMENT_MEMBERS, { segmentId }),
  };
}
