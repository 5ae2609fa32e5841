/** The running stack as a story sees it: stores to open, one mailbox, one clock. Used by the tests of `tests/stories` and by the demo's story. */
import { addDuration, type Duration } from '../../app/lib/duration';
import { nextLocalTime } from '../../app/lib/time-zone';
import { openClock } from '../../scripts/local/clock';
import type { StackAddresses } from '../../scripts/local/stack';
import { type JsonDoor, jsonDoor } from './json-door';
import { type Mailbox, openMailbox } from './mailbox';
import { openRows, type Rows } from './rows';
import { advanceTo, settle } from './settle';
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
  advanceTo(moment: Date): Promise<void>;
  /** Moves on to the next time the clock on the wall shows this, `10:30`, in Paris unless said. */
  advanceToTime(time: `${number}:${number}`, zone?: string): Promise<void>;
  /** Switches troubles of the sandbox's Shopify and of its webhooks. */
  trouble(faults: { shopify?: object; webhooks?: object }): Promise<void>;
  /** Switches troubles of its SendGrid; `null` ends all of them. */
  mailTrouble(faults: object | null): Promise<void>;
  close(): Promise<void>;
}

export async function openWorld(stack: StackAddresses): Promise<World> {
  const sandbox = jsonDoor(stack.sandboxUrl);
  const rows = openRows(stack.databases.worker);
  const mailbox = openMailbox(sandbox, stack.sandboxUrl);
  const clock = openClock(stack.clockFile);
  const stores: Store[] = [];
  const now = () => clock.now();
  const shopIds = () => stores.flatMap((store) => shopIdIfInstalled(store));
  const settling = { sandbox, rows, now, shopIds };
  const moveTo = (moment: Date) => advanceTo(settling, moment);
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
    async advanceToTime(time, zone = 'Europe/Paris') {
      const [hours = 0, minutes = 0] = time.split(':').map(Number);
      await moveTo(nextLocalTime(now(), zone, hours * 60 + minutes));
    },
    trouble: (faults) => sandbox.post('/control/api/faults', faults),
    mailTrouble: (faults) =>
      faults === null
        ? sandbox.remove('/control/api/sendgrid/faults')
        : sandbox.post('/control/api/sendgrid/faults', faults),
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
