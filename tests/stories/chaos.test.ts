/** Short chaos runs: nothing is lost, doubled or unwanted while processes are killed, Postgres crashes and SendGrid fails; and with a guard cut out, it is seen. The long one is part of `npm run verify`. */
import { describe, expect, it } from 'vitest';
import { runChaos } from '../../chaos/run';

/** As quick as it gets: what lasts a minute lasts a quarter, and dead workers' claims are looked for every second. */
const SHORT = { rounds: 1, seed: 7, planned: 300, mendEveryMs: 1000, longMs: 16_000 };
const PATIENCE_MS = 240_000;

describe('chaos', () => {
  it(
    'loses, doubles and forgets nothing, and mails nobody who ordered or sleeps',
    async () => {
      const result = await runChaos({
        ...SHORT,
        faultsPerRound: 5,
        only: [
          ...['worker-killed-after-202', 'postgres-crashed', 'web-killed', 'sendgrid-502', 'webhooks-reversed'],
          'midnight-in-the-shop',
        ],
      });
      const clean = { lost: 0, twice: 0, late: 0, unwanted: 0, unexplained: 0 };
      expect(result).toMatchObject({ rounds: 1, seed: 7, ...clean });
      expect(result.planned).toBeGreaterThan(250);
      expect(result.received).toBeGreaterThan(200);
      expect(Object.entries(result.faults).filter(([, hits]) => hits === 0)).toEqual([]);
    },
    PATIENCE_MS,
  );

  it(
    'sees e-mails that went twice where the claim is cut out',
    async () => {
      const only = ['worker-killed-after-202', 'worker-killed-before-commit'];
      const result = await runChaos({ ...SHORT, sabotage: 'no-claim', faultsPerRound: 2, only });
      expect(result.twice).toBeGreaterThan(0);
    },
    PATIENCE_MS,
  );

  it(
    'sees unwanted e-mails where the last look is cut out',
    async () => {
      const only = ['webhooks-doubled', 'webhooks-an-hour-late'];
      const result = await runChaos({ ...SHORT, sabotage: 'no-last-look', faultsPerRound: 2, only });
      expect(result.unwanted).toBeGreaterThan(0);
    },
    PATIENCE_MS,
  );
});
