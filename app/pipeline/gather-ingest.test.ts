import { describe, expect, it } from 'vitest';
import type { InboundEvent } from '../store/inbound-events';
import { gatherIngest } from './gather-ingest';

const event = (dedupeKey: string): InboundEvent => ({
  ...{ source: 'shopify', topic: 'orders/create', dedupeKey, triggeredAt: null, payload: '{}' },
});

describe('gathering deliveries', () => {
  it('stores the first at once and the rest together, each shop for itself', async () => {
    const calls: string[] = [];
    const store = gatherIngest(async (shopId, events) => {
      calls.push(`${shopId}: ${events.map(({ dedupeKey }) => dedupeKey).join(' ')}`);
      await new Promise((resolve) => setImmediate(resolve));
      return events.length;
    });
    await Promise.all([...'abcd'].map((key) => store(1, [event(key)])).concat(store(2, [event('x')])));
    await store(1, [event('e')]);
    expect(calls.toSorted()).toEqual(['1: a', '1: b c d', '1: e', '2: x']);
  });

  it('lets one that cannot be stored fail alone', async () => {
    const store = gatherIngest(async (_shopId, events) => {
      await new Promise((resolve) => setImmediate(resolve));
      if (events.some(({ dedupeKey }) => dedupeKey === 'bad')) throw new Error('no');
      return events.length;
    });
    const results = await Promise.allSettled(['a', 'b', 'bad', 'c'].map((key) => store(1, [event(key)])));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    await expect(store(1, [event('later')])).resolves.toBeUndefined();
  });
});
