/** A short chaos run: nothing is lost, doubled or unwanted while a worker is killed, Postgres crashes and SendGrid fails. The long one is part of `npm run verify`. */
import { describe, expect, it } from 'vitest';
import { runChaos } from '../../chaos/run';

describe('chaos', () => {
  it('loses, doubles and forgets nothing, and mails nobody who ordered', async () => {
    const result = await runChaos({
      rounds: 1,
      seed: 7,
      planned: 300,
      faultsPerRound: 4,
      only: ['worker-killed-after-202', 'postgres-crashed', 'sendgrid-502', 'webhooks-reversed'],
      mendEveryMs: 1000,
      longMs: 16_000,
      leapMs: 31_000,
    });
    const clean = { lost: 0, twice: 0, late: 0, unwanted: 0, unexplained: 0 };
    expect(result).toMatchObject({ planned: 300, ...clean });
    expect(result.received).toBeGreaterThan(100);
    expect(Math.min(...Object.values(result.faults))).toBeGreaterThan(0);
  }, 120_000);
});
