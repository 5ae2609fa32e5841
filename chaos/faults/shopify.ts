/** A Shopify that is away, short of points or refuses a new token, and webhooks that come twice, in the wrong order, or late. */
import { setTimeout as pause } from 'node:timers/promises';
import { answeredAt, stopPerson } from '../crowd';
import { steadily } from '../database';
import { between, type Fault, patiently, type Storm } from '../storm';

/** The app asks Shopify when its mark is a minute old: as old as that, it has to. */
async function makeItAsk({ system, store }: Storm): Promise<void> {
  const { sql } = system.database;
  await steadily(
    () =>
      sql`update shops set orders_known_until = orders_known_until - interval '2 minutes' where shop_id = ${store.shopId}`,
  );
}

function api(name: string, trouble: 'down' | 'throttled'): Fault {
  return {
    name,
    async run(storm) {
      const { faults } = storm.system.sandbox.context;
      const before = faults.met[trouble];
      faults[trouble] = true;
      await makeItAsk(storm);
      const isHit = await patiently(() => faults.met[trouble] > before);
      await pause(between(storm, 500, 4000));
      faults[trouble] = false;
      return isHit;
    },
  };
}

/** The access token ends before its hour is over, and the first word about a new one is no. */
const refusedRefresh: Fault = {
  name: 'shopify-token-refresh-refused-once',
  async run(storm) {
    const { faults, state } = storm.system.sandbox.context;
    const { installation } = state.shop(storm.store.domain);
    const before = faults.met.refusedRefreshes;
    faults.refusedRefreshes = 1;
    for (const token of installation?.tokens ?? []) if (token.kind === 'offline') token.expiresAt = Date.now();
    await makeItAsk(storm);
    const isHit = await patiently(() => faults.met.refusedRefreshes > before);
    faults.refusedRefreshes = 0;
    return isHit;
  },
};

const doubled: Fault = {
  name: 'webhooks-doubled',
  async run({ system }) {
    const { webhooks } = system.sandbox.context;
    const before = webhooks.met.duplicate;
    webhooks.setFaults({ duplicate: 1 });
    await pause(1500);
    const isHit = await patiently(() => webhooks.met.duplicate > before);
    webhooks.setFaults({ duplicate: 0 });
    return isHit;
  },
};

/** What gathers for a while goes out newest first. */
const reversed: Fault = {
  name: 'webhooks-reversed',
  async run(storm) {
    const { webhooks } = storm.system.sandbox.context;
    const before = webhooks.met.reverse;
    webhooks.setFaults({ hold: true });
    await pause(between(storm, 800, 2000));
    webhooks.setFaults({ hold: false, reverse: true });
    const isHit = await patiently(() => webhooks.met.reverse > before + 1);
    webhooks.setFaults({ reverse: false });
    return isHit;
  },
};

const HOUR_MS = 3_600_000;

/** Orders that no webhook tells of for an hour: whoever placed them is due meanwhile, and only asking Shopify can know. */
const late: Fault = {
  name: 'webhooks-an-hour-late',
  async run(storm) {
    const { system, store } = storm;
    const { webhooks } = system.sandbox.context;
    const people = await storm.invite({ count: 40, startMs: HOUR_MS + 3000, spanMs: 3000, ordinary: 0, twofold: 0 });
    const buyers = people.slice(0, 20);
    webhooks.setFaults({ hold: true });
    for (const person of buyers) stopPerson(system, store, person, 'order');
    await pause(300);
    storm.leap(HOUR_MS);
    await pause(between(storm, 6000, 8000));
    webhooks.setFaults({ hold: false });
    return patiently(() => buyers.every(({ stop }) => answeredAt(stop?.deliveries ?? []) !== undefined));
  },
};

/** Created, paid and updated are told of the same order at the same time, by three requests side by side. */
const threeTopics: Fault = {
  name: 'one-order-in-three-topics-at-once',
  async run({ system, store, people }) {
    const buyers = people.filter(({ stop, isTwofold, poisoned }) => !stop && !isTwofold && !poisoned).slice(0, 8);
    for (const person of buyers) {
      stopPerson(system, store, person, 'order');
      await pause(50);
    }
    return patiently(() => buyers.some(({ stop }) => areAtOnce(stop?.deliveries ?? [])));
  },
};

type Deliveries = NonNullable<Storm['people'][number]['stop']>['deliveries'];

/** Shopify spoke of all three within a millisecond, and told each before it had an answer to another. */
function areAtOnce(deliveries: Deliveries): boolean {
  const told = deliveries.filter(({ topic, outcome }) => topic.startsWith('orders/') && outcome === 'delivered');
  const spoken = told.map(({ triggeredAt }) => Date.parse(triggeredAt));
  const begun = told.flatMap(({ attempts: [first] }) => (first ? [Date.parse(first.at)] : []));
  const answered = told.flatMap(({ attempts: [first] }) => (first ? [Date.parse(first.at) + first.durationMs] : []));
  return (
    told.length === 3 && Math.max(...spoken) - Math.min(...spoken) <= 1 && Math.max(...begun) <= Math.min(...answered)
  );
}

export const SHOPIFY_FAULTS: readonly Fault[] = [
  api('shopify-down', 'down'),
  api('shopify-throttled', 'throttled'),
  refusedRefresh,
  doubled,
  reversed,
  late,
  threeTopics,
];
