/** What SendGrid may answer, and what it tells afterwards. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Shopper } from '../harness/shopper';
import { type Product, type Store, switchOn } from '../harness/store';
import { courseOf, only } from './course';
import { enterWorld } from './enter-world';

const world = await enterWorld();
let store: Store;
let candle: Product;
let count = 0;

beforeAll(async () => {
  await world.advanceToTime('10:00');
  store = await world.openStore({ handle: 'sendgrid', locale: 'fr' });
  candle = await store.stock({ title: 'Bougie Tilleul', price: '29.00' });
  await store.install();
  await world.settle();
  await switchOn(store, 'welcome', 'abandoned-checkout');
}, 60_000);

beforeEach(() => world.mailTrouble(null));

/** SendGrid keeps who bounced: each address is used by one run alone. */
const addressOf = (number: number) => `reader-${number}@${store.domain.replace('.myshopify.com', '.example')}`;

const stranger = () => {
  count += 1;
  return store.stranger({ email: addressOf(count), locale: 'fr' });
};

/** Somebody subscribes while SendGrid is in this trouble. */
async function subscribeDuring(trouble: object): Promise<Shopper> {
  const shopper = stranger();
  await world.mailTrouble(trouble);
  await shopper.subscribe();
  await world.settle();
  return shopper;
}

async function statusOf(shopper: Shopper): Promise<string | undefined> {
  const rows = await store.ask<{ status: string }>(
    "select status from messages where customer_id = $1 and step = 'hello'",
    [shopper.id()],
  );
  return rows[0]?.status;
}

async function suppressedOf(shopper: Shopper): Promise<string | null | undefined> {
  const rows = await store.ask<{ suppressed: string | null }>('select suppressed from customers where id = $1', [
    shopper.id(),
  ]);
  return rows[0]?.suppressed;
}

describe('when SendGrid takes nothing', () => {
  it.each([
    ['429, too many requests', { kind: 'answer', status: 429, resetSeconds: 2 }],
    ['503, come back later', { kind: 'answer', status: 503 }],
  ])('and answers %s, the e-mail goes out later, once', async (_what, fault) => {
    const shopper = await subscribeDuring({ send: [{ ...fault, times: 1 }] });
    expect(await courseOf(shopper)).toEqual(['hello put-off: provider-unavailable']);
    await world.advance('11min');
    expect(await courseOf(shopper)).toEqual(['hello put-off: provider-unavailable', 'hello sent']);
  });

  it('and refuses the key, everything is kept, and goes out when the key works', async () => {
    const shopper = await subscribeDuring({ send: [{ kind: 'answer', status: 401, times: 1 }] });
    expect(await courseOf(shopper)).toEqual(['hello put-off: provider-paused']);
    const other = stranger();
    await other.subscribe();
    await world.settle();
    expect(await other.mails()).toEqual([]);
    await world.advance('1d');
    expect((await courseOf(shopper)).slice(0, 2)).toEqual(['hello put-off: provider-paused', 'hello sent']);
    expect((await courseOf(other)).slice(0, 2)).toEqual(['hello put-off: provider-paused', 'hello sent']);
  });
});

describe('when nobody knows whether SendGrid took it', () => {
  it.each([
    ['500, although it took it', { kind: 'answer', status: 500, accept: true }],
    ['nothing, the connection was cut, although it took it', { kind: 'reset', accept: true }],
  ])('as it answered %s, its own event says that it did', async (_what, fault) => {
    const shopper = stranger();
    await world.mailTrouble({ send: [{ ...fault, times: 1 }], events: { hold: true } });
    await shopper.subscribe();
    await expect.poll(() => statusOf(shopper), { timeout: 10_000 }).toBe('unsettled');
    await world.mailTrouble({ events: { hold: false } });
    await world.settle();
    expect(await statusOf(shopper)).toBe('sent');
    expect(await courseOf(shopper)).toEqual(['hello sent']);
  });

  it('as no answer ever came, although it took it, nothing is sent twice', async () => {
    const shopper = stranger();
    await world.mailTrouble({ send: [{ kind: 'silence', times: 1 }] });
    await shopper.subscribe();
    await world.settle();
    await world.advance('1h');
    expect(await courseOf(shopper)).toEqual(['hello sent']);
    expect(await shopper.mails()).toHaveLength(1);
  });

  it('and no event comes for a day, it is closed as unknown and never sent again', async () => {
    const shopper = await subscribeDuring({ send: [{ kind: 'answer', status: 500, times: 1 }] });
    expect(await statusOf(shopper)).toBe('unsettled');
    await world.advance('25h');
    await expect.poll(() => statusOf(shopper), { timeout: 40_000, interval: 500 }).toBe('unknown');
    await world.settle();
    expect(await courseOf(shopper)).toEqual(['hello withheld: outcome-unknown']);
    expect(await shopper.mails()).toEqual([]);
  });
});

describe('one bad address in a batch', () => {
  it('is found and left out; everybody else gets the e-mail', async () => {
    const people = Array.from({ length: 9 }, () => stranger());
    const bad = people[4];
    await world.mailTrouble({ refuseRecipients: [bad?.email ?? ''] });
    await world.trouble({ webhooks: { hold: true } });
    for (const one of people) await one.subscribe();
    await world.trouble({ webhooks: { hold: false } });
    await world.settle();
    for (const one of people)
      expect(await courseOf(one)).toEqual([one === bad ? 'hello withheld: refused-by-provider' : 'hello sent']);
  });
});

describe('what SendGrid tells later', () => {
  it('a bounce ends it for that address, whatever is abandoned later', async () => {
    const shopper = stranger();
    await world.mailTrouble({ recipients: { [shopper.email]: 'bounce' } });
    await shopper.subscribe();
    await world.settle();
    expect(await suppressedOf(shopper)).toBe('bounced');
    await world.advanceToTime('10:00');
    await shopper.abandon([candle]);
    await world.advance('62min');
    const lines = (await shopper.decisions()).map((row) => `${row.kind}: ${row.reason}`);
    expect(lines).toContain('ended: bounced');
    expect(lines).toContain('withheld: bounced');
    expect(await shopper.mails()).toEqual([]);
  });

  it('a block of the day ends nothing', async () => {
    const shopper = await subscribeDuring({ recipients: { [addressOf(count + 1)]: 'block' } });
    expect(await suppressedOf(shopper)).toBeNull();
  });

  it('a delay is only a delay', async () => {
    const shopper = await subscribeDuring({ recipients: { [addressOf(count + 1)]: 'defer' } });
    expect(await shopper.mails()).toEqual([]);
    await world.advance('11min');
    await world.settle();
    expect(await courseOf(shopper)).toEqual(['hello sent']);
  });

  it('a complaint ends everything, and Shopify is told', async () => {
    const shopper = stranger();
    await shopper.subscribe();
    await world.settle();
    await world.mailbox.reportSpam(only(await shopper.mails()));
    await world.settle();
    expect(await suppressedOf(shopper)).toBe('complained');
    expect(await courseOf(shopper)).toEqual(['hello sent', 'ended: complained']);
    const { consent } = await store.look<{ consent: { state: string } }>(`customers/${shopper.id()}`);
    expect(consent.state).toBe('UNSUBSCRIBED');
  });

  it('events that come twice and in any order count once', async () => {
    const shopper = await subscribeDuring({ events: { double: true, shuffle: true } });
    await world.advance('10min');
    const mail = only(await shopper.mails());
    await world.mailbox.click(mail, store.url);
    await world.settle();
    const rows = await store.ask<{ person: boolean }>('select person from clicks where customer_id = $1', [
      shopper.id(),
    ]);
    expect(rows).toEqual([{ person: true }]);
    expect(await courseOf(shopper)).toEqual(['hello sent']);
  });

  it('a click within seconds is a machine’s and counts for nobody', async () => {
    const shopper = await subscribeDuring({});
    await world.mailbox.click(only(await shopper.mails()), store.url);
    await world.settle();
    const rows = await store.ask<{ person: boolean }>('select person from clicks where customer_id = $1', [
      shopper.id(),
    ]);
    expect(rows).toEqual([{ person: false }]);
  });

  it('is believed only with SendGrid’s signature', async () => {
    const shopper = await subscribeDuring({});
    const mail = only(await shopper.mails());
    const event = { event: 'spamreport', sg_event_id: 'forged', timestamp: 1, ...mail.customArgs };
    const headers = {
      'content-type': 'application/json',
      'x-twilio-email-event-webhook-signature': Buffer.alloc(70).toString('base64'),
      'x-twilio-email-event-webhook-timestamp': String(Math.floor(Date.now() / 1000)),
    };
    const answer = await fetch(`${world.stack.appUrl}/webhooks/sendgrid`, {
      method: 'POST',
      headers,
      body: JSON.stringify([event]),
    });
    expect(answer.status).toBe(401);
    await world.settle();
    expect(await suppressedOf(shopper)).toBeNull();
  });
});
