/** A Shopify that is away or short of points, and webhooks that come twice, in the wrong order, or late. */
import { setTimeout as pause } from 'node:timers/promises';
import { between, type Fault } from '../storm';

function api(name: string, trouble: 'down' | 'throttled'): Fault {
  return {
    name,
    async run(storm) {
      const { faults } = storm.system.sandbox.context;
      // The app asks when its mark is a minute old: as old as that, it has to.
      const { sql } = storm.system.database;
      await sql`update shops set orders_known_until = orders_known_until - interval '2 minutes' where shop_id = ${storm.store.shopId}`;
      faults[trouble] = true;
      await pause(between(storm, 2000, 6000));
      faults[trouble] = false;
      return true;
    },
  };
}

function webhooks(name: string, trouble: { duplicate?: number; shuffle?: number; hold?: boolean }): Fault {
  return {
    name,
    async run(storm) {
      const { webhooks: dispatcher } = storm.system.sandbox.context;
      dispatcher.setFaults(trouble);
      await pause(between(storm, 1500, 4000));
      dispatcher.setFaults({ duplicate: 0, shuffle: 0, hold: false });
      return true;
    },
  };
}

export const SHOPIFY_FAULTS: readonly Fault[] = [
  api('shopify-down', 'down'),
  api('shopify-throttled', 'throttled'),
  webhooks('webhooks-doubled', { duplicate: 1 }),
  webhooks('webhooks-reversed', { shuffle: 0.5 }),
  webhooks('webhooks-late', { hold: true }),
];
