import { describe, expect, it } from 'vitest';
import type { InboundEvent } from '../store/inbound-events';
import { gatherIngest } from './gather-ingest';

const event = (dedupeKey: string): InboundEvent => ({
  ...{ source: 'shopify', topic: 'orders/create', dedupeKey, triggeredAt: null, payload: '{}' },
});
const told = (shopId: number, dedupeKey: string) => ({ shopId, events: [event(dedupeKey)] });

describe('gathering deliveries', () => {
  it('stores the first at once and the rest together, of whichever shop', async () => {
    const calls: string[] = [];
    const store = gatherIngest(
      async (batch) => {
        calls.push(batch.map(({ shopId, events }) => `${shopId}${events[0]?.dedupeKey}`).join(' '));
        await new Promise((resolve) => setImmediate(resolve));
        return batch.length;
      },
      { lanes: 1 },
    );
    await Promise.all([told(1, 'a'), told(2, 'b'), told(1, 'c')].map(store));
    await store(told(1, 'd'));
    expect(calls).toEqual(['1a', '2b 1c', '1d']);
  });

  it('has no more under way at once than it may', async () => {
    let underWay = 0;
    let most = 0;
    const store = gatherIngest(
      async (batch) => {
        underWay += 1;
        most = Math.max(most, underWay);
        await new Promise((resolve) => setImmediate(resolve));
        underWay -= 1;
        return batch.length;
      },
      { lanes: 2, worthALane: 1 },
    );
    await Promise.all([...'abcdef'].map((key) => store(told(1, key))));
    expect(most).toBe(2);
  });

  it('lets one that cannot be stored fail alone', async () => {
    const store = gatherIngest(
      async (batch) => {
        await new Promise((resolve) => setImmediate(resolve));
        if (batch.some(({ events }) => events[0]?.dedupeKey === 'bad')) throw new Error('no');
        return batch.length;
      },
      { lanes: 1 },
    );
    const results = await Promise.allSettled(['a', 'b', 'bad', 'c'].map((key, shop) => store(told(shop, key))));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    await expect(store(told(1, 'later'))).resolves.toBeUndefined();
  });

  it('lets few wait for those under way, but not for ever: a slow one holds nobody up', async () => {
    const calls: string[] = [];
    const slow = Promise.withResolvers<void>();
    const store = gatherIngest(async (batch) => {
      calls.push(batch.map(({ events }) => events[0]?.dedupeKey).join(''));
      if (calls.length === 1) await slow.promise;
      return batch.length;
    });
    const first = store(told(1, 'a'));
    await Promise.all([store(told(2, 'b')), store(told(3, 'c'))]);
    expect(calls).toEqual(['a', 'bc']);
    slow.resolve();
    await first;
  });

  it('takes no more at once than a transaction should hold, and a huge one alone', async () => {
    const sizes: number[] = [];
    const store = gatherIngest(
      async (batch) => {
        sizes.push(batch.length);
        await new Promise((resolve) => setImmediate(resolve));
        return batch.length;
      },
      { lanes: 1 },
    );
    const huge = { ...event('huge'), payload: 'x'.repeat(9 * 1024 * 1024) };
    const all = [
      ...Array.from({ length: 250 }, (_, n) => told(1, `k${n}`)),
      { shopId: 1, events: [huge] },
      told(1, 'z'),
    ];
    await Promise.all(all.map(store));
    expect(sizes).toEqual([1, 200, 49, 1, 1]);
  });
});
