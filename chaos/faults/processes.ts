/** Processes that die: at any moment, and at each named moment of an e-mail's way. No hook in the app: the moment is seen in the database or at the gate. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Gate } from '../gate';
import { between, disturb, type Fault, nudging, patiently, type Storm, treatNext } from '../storm';

/** How long nobody works before the next start; a supervisor takes a moment. */
const down = (storm: Storm) => pause(between(storm, 100, 1500));

/** Kills every worker that is up, at this very moment. */
function killWorkers({ system }: Storm): Promise<unknown> {
  return Promise.all(system.workers.map((worker) => worker.kill()));
}

async function startAgain(storm: Storm): Promise<void> {
  await down(storm);
  await storm.system.workers[0].start();
}

const workerAnyTime: Fault = {
  name: 'worker-killed',
  run: (storm) =>
    disturb(storm, async () => {
      await pause(between(storm, 0, 2000));
      await killWorkers(storm);
      await startAgain(storm);
      return true;
    }),
};

const oneOfTwo: Fault = {
  name: 'one-of-two-workers-killed',
  async run(storm) {
    const [, second] = storm.system.workers;
    await second.start();
    return disturb(storm, async () => {
      await pause(between(storm, 300, 2500));
      await second.kill();
      return true;
    });
  },
};

const webKilled: Fault = {
  name: 'web-killed',
  async run(storm) {
    const { web, sandbox } = storm.system;
    await pause(between(storm, 0, 800));
    await web.kill();
    const since = Date.now();
    const { deliveries } = sandbox.context.state;
    const hasKnocked = () =>
      [...deliveries.values()].some(({ attempts }) =>
        attempts.some(({ at, status }) => status === null && Date.parse(at) >= since),
      );
    // Shopify has found nobody there, and comes again.
    const isHit = await patiently(hasKnocked, 50, KNOCK_MS);
    await down(storm);
    await web.start();
    return isHit;
  },
};

const KNOCK_MS = 4000;

/** The worker stands in its claim's transaction, waiting for shoppers we hold: it has decided nothing yet. */
const beforeClaim: Fault = {
  name: 'worker-killed-before-claim',
  run: (storm) =>
    whileHolding(
      storm,
      'customers',
      'id',
      storm.people.map(({ customerId }) => customerId),
    ),
};

/** Claims are committed, the first hand-over is not: the kill comes within milliseconds of the first claimed row. */
const afterClaim: Fault = {
  name: 'worker-killed-after-claim',
  run: (storm) =>
    disturb(storm, async () => {
      const { sql } = storm.system.database;
      const claimed = async () => {
        const [row] = await sql<{ found: boolean }[]>`
          select exists (select from messages where status = 'claimed' and shop_id = ${storm.store.shopId}) as found`;
        return row?.found === true;
      };
      const seen = await nudging(storm, () => patiently(claimed, 2));
      await killWorkers(storm);
      const isStill = seen && (await claimed());
      await startAgain(storm);
      return isStill;
    }),
};

/** The bytes left; SendGrid never got to read them to the end. */
const afterHandOver: Fault = {
  name: 'worker-killed-after-hand-over',
  run: (storm) =>
    killAt(storm, async () => {
      await killWorkers(storm);
    }),
};

/** SendGrid has taken the mail; the worker dies before, or just as, it hears so. */
const after202: Fault = {
  name: 'worker-killed-after-202',
  run: (storm) =>
    killAt(storm, async (_, line) => {
      const answer = await line.passOn();
      if (storm.random() < 0.5) await line.answer(answer);
      await killWorkers(storm);
    }),
};

/** The worker knows it was taken, and waits for rows we hold to write it down. */
const beforeCommit: Fault = {
  name: 'worker-killed-before-commit',
  async run(storm) {
    let isHit = false;
    await treatNext(storm, async ({ messageIds }, line) => {
      isHit = await whileHolding(storm, 'messages', 'id', messageIds, async () => {
        await line.answer(await line.passOn());
      });
    });
    return isHit;
  },
};

async function killAt(storm: Storm, treatment: Parameters<Gate['next']>[0]): Promise<boolean> {
  return disturb(storm, async () => {
    const isHit = await treatNext(storm, treatment);
    await killWorkers(storm);
    await startAgain(storm);
    return isHit;
  });
}

/** Locks rows, waits until a worker's statement stands before them, and kills it there. */
async function whileHolding(
  storm: Storm,
  table: 'customers' | 'messages',
  column: 'id',
  ids: readonly string[],
  meanwhile: () => Promise<void> = async () => {},
): Promise<boolean> {
  const { sql } = storm.system.database;
  return disturb(storm, async () => {
    let isHit = false;
    await sql.begin(async (tx) => {
      await tx`select 1 from ${tx(table)} where shop_id = ${storm.store.shopId} and ${tx(column)}::text = any(${[...ids]}) for update`;
      await meanwhile();
      const isWaiting = async () => {
        const [row] = await sql<{ found: boolean }[]>`
          select exists (select from pg_stat_activity where application_name = 'relance' and wait_event_type = 'Lock'
            and query like ${`%${table}%`}) as found`;
        return row?.found === true;
      };
      isHit = await nudging(storm, () => patiently(isWaiting, 10));
      await killWorkers(storm);
    });
    await startAgain(storm);
    return isHit;
  });
}

export const PROCESS_FAULTS: readonly Fault[] = [
  workerAnyTime,
  oneOfTwo,
  webKilled,
  beforeClaim,
  afterClaim,
  afterHandOver,
  after202,
  beforeCommit,
];
