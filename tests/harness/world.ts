/** The running stack as a story sees it: stores to open, one mailbox, one clock. Used by the tests of `tests/stories` and by the demo's story. */
import { addDuration, type Duration } from '../../app/lib/duration';
import { openClock } from '../../scripts/local/clock';
import type { StackAddresses } from '../../scripts/local/stack';
import { type JsonDoor, jsonDoor } from './json-door';
import { type Mailbox, openMailbox } from './mailbox';
import { openRows, type Rows } from './rows';
import { advanceTo, type Passing, settle } from './settle';
import { nextSteadyTime } from './steady-time';
import { type Store, storeOf } from './store';

export interface StoreWish {
  /** Name in front of a number that makes it unique. */
  handle?: string;
  name?: string;
  currency?: string;
  timezone?: string;
  locale?: string;
  country?: string;
  hasAddress?: boolean;
  presentmentCurrencies?: string[];
}

export interface World {
  stack: Pick<StackAddresses, 'appUrl' | 'sandboxUrl'>;
  sandbox: JsonDoor;
  mailbox: Mailbox;
  rows: Rows;
  /** Business time. */
  now(): Date;
  /** Opens a store that nobody else uses; the app is not installed in it yet. */
  openStore(wish?: StoreWish): Promise<Store>;
  settle(): Promise<void>;
  /** Moves on, through every due moment of the stores of this world. */
  advance(duration: Duration): Promise<void>;
  advanceTo(moment: Date, passing?: Passing): Promise<void>;
  /** Moves on to the next time the clock on a wall in Paris shows this, on a day followed by weeks without a change of time. */
  advanceToTime(time: `${number}:${number}`): Promise<void>;
  /** Switches troubles of the sandbox's Shopify and of its webhooks. */
  trouble(faults: { shopify?: object; webhooks?: object }): Promise<void>;
  /** Switches troubles of its SendGrid; `null` ends all of them. */
  mailTrouble(faults: object | null): Promise<void>;
  /** Ends all troubles and takes the app out of the stores opened here, so that nothing of them goes on. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

const NO_TROUBLE = {
  shopify: { down: false, throttled: false, slowMs: 0 },
  webhooks: { duplicate: 0, shuffle: 0, hold: false },
};

export async function openWorld(stack: StackAddresses): Promise<World> {
  const sandbox = jsonDoor(stack.sandboxUrl);
  const rows = openRows(stack.databases);
  const mailbox = openMailbox(sandbox, stack.sandboxUrl);
  const clock = openClock(stack.clockFile);
  const stores: Store[] = [];
  const now = () => clock.now();
  const shopIds = () => stores.flatMap((store) => shopIdIfInstalled(store));
  const settling = { sandbox, rows, now, shopIds };
  const moveTo = (moment: Date, passing?: Passing) => advanceTo(settling, moment, passing);
  return {
    stack,
    sandbox,
    mailbox,
    rows,
    now,
    async openStore(wish = {}) {
      const { handle = 'story', country = 'FR', ...rest } = wish;
      const opened = await sandbox.post<{ domain: string; storefrontUrl: string }>('/control/api/shops', {
        ...rest,
        handle: `${handle}-${Math.floor(Math.random() * 1e9).toString(36)}`,
        address: {
          company: wish.name ?? handle,
          address1: '12 rue des Lilas',
          zip: '75011',
          city: 'Paris',
          countryCode: country,
        },
      });
      const store = storeOf({ sandbox, rows, mailbox, domain: opened.domain, url: opened.storefrontUrl });
      stores.push(store);
      return store;
    },
    settle: () => settle(settling),
    advance: (duration) => moveTo(addDuration(now(), duration)),
    advanceTo: moveTo,
    async advanceToTime(time) {
      const [hours = 0, minutes = 0] = time.split(':').map(Number);
      await moveTo(nextSteadyTime(now(), { zone: 'Europe/Paris', minute: hours * 60 + minutes, days: 14 }));
    },
    trouble: (faults) => sandbox.post('/control/api/faults', faults),
    mailTrouble: (faults) =>
      faults === null
        ? sandbox.remove('/control/api/sendgrid/faults')
        : sandbox.post('/control/api/sendgrid/faults', faults),
    async leave() {
      await sandbox.post('/control/api/faults', NO_TROUBLE);
      await sandbox.remove('/control/api/sendgrid/faults');
      for (const { domain } of stores) {
        const { installed } = await sandbox.get<{ installed: boolean }>(`/control/api/shops/${domain}`);
        if (installed) await sandbox.post(`/control/api/shops/${domain}/actions/uninstallApp`);
      }
      await settle(settling);
    },
    async close() {
      clock.close();
      await rows.close();
    },
  };
}

function shopIdIfInstalled(store: Store): number[] {
  try {
    return [store.shopId()];
  } catch {
    return [];
  }
}
