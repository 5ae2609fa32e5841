import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deliveries } from '../queue/jobs';
import { makeDeliverJobs } from './deliver-jobs';

const idsOf = (count: number) => Array.from({ length: count }, () => randomUUID());

describe('jobs that deliver', () => {
  it('hold every message once, 500 at most', () => {
    const ids = idsOf(1001);
    const jobs = deliveries(7, ids);
    expect(jobs.map(({ messageIds }) => messageIds.length)).toEqual([500, 500, 1]);
    expect(jobs.flatMap(({ messageIds }) => messageIds)).toEqual(ids);
    expect(deliveries(7, [])).toEqual([]);
  });

  it('of one shop are looked at together, each message once', async () => {
    const [a = '', b = '', c = ''] = idsOf(3);
    const seen: [number, readonly string[]][] = [];
    const run = makeDeliverJobs(async (shopId, ids) => void seen.push([shopId, ids]));
    await run([
      { shopId: 1, messageIds: [a] },
      { shopId: 2, messageIds: [c] },
      { shopId: 1, messageIds: [b, a] },
    ]);
    expect(seen).toEqual([
      [1, [a, b]],
      [2, [c]],
    ]);
  });

  it('that fail alone are tried message by message, and fail for the bad one', async () => {
    const [good = '', bad = '', other = ''] = idsOf(3);
    const delivered: string[] = [];
    const run = makeDeliverJobs(async (_, ids) => {
      if (ids.includes(bad)) throw new Error('bad');
      delivered.push(...ids);
    });
    await expect(run([{ shopId: 1, messageIds: [good, bad, other] }])).rejects.toThrow('bad');
    expect(delivered).toEqual([good, other]);
    await expect(
      run([
        { shopId: 1, messageIds: [bad] },
        { shopId: 2, messageIds: [good] },
      ]),
    ).rejects.toThrow('bad');
    expect(delivered).toEqual([good, other, good]);
  });
});
