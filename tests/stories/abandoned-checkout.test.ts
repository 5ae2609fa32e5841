/** The abandoned checkout: one store, three days, many carts; each test tells of one shopper. */
import { beforeAll, describe, expect, it } from 'vitest';
import { readableHtml } from '../../scripts/story/readable-html';
import type { Mail } from '../harness/mailbox';
import type { Shopper } from '../harness/shopper';
import type { Store } from '../harness/store';
import { BOUGHT, courseOf, expectSentAfter, only } from './course';
import { enterWorld } from './enter-world';
import { playThreeDays, type ThreeDays } from './three-days-of-carts';

const world = await enterWorld();
let store: Store;
let start: Date;
let people: ThreeDays['people'];
let phoneOnly: ThreeDays['phoneOnly'];

beforeAll(async () => {
  ({ store, start, people, phoneOnly } = await playThreeDays(world));
}, 120_000);

const text = async (shopper: Shopper, index = 0) => (await shopper.mails())[index]?.text ?? '';
const leads = (mail: Mail | undefined, url: string) => mail?.links.some((link) => link.url.startsWith(url)) ?? false;

describe('a cart that nobody comes back to', () => {
  it('brings three reminders: after 1, 24 and 48 hours', async () => {
    expect(await courseOf(people.camille)).toEqual([
      'first-reminder sent',
      'second-reminder sent',
      'last-reminder sent',
    ]);
    expectSentAfter(await people.camille.mails(), start, ['1h', '24h', '48h']);
  });

  it('is shown with its items, variants, prices, total and the way back to it', async () => {
    const [first] = await people.camille.mails();
    expect(first?.subject).toBe('Votre panier vous attend, camille');
    for (const words of ['Bougie Tilleul', 'Bol Argile', 'Sable']) {
      expect(first?.text).toContain(words);
      expect(first?.untrackedHtml).toContain(words);
    }
    expect(first?.text).toMatch(/29,00\s€/);
    expect(first?.text).toMatch(/78,00\s€/);
    const [checkout] = (await store.look<{ checkouts: { token: string }[] }>('checkouts?email=camille@example.com'))
      .checkouts;
    expect(leads(first, `${store.url}/checkouts/${checkout?.token}/recover`)).toBe(true);
  });

  it('is told of in the shopper’s own language', async () => {
    const subjects = (await people.oliver.mails()).map((mail) => mail.subject);
    expect(subjects).toEqual([
      'Your cart is waiting, Oliver',
      'A question about Bougie Tilleul?',
      'A last reminder about your cart',
    ]);
    expect(await text(people.oliver)).toContain('€78.00');
  });

  it('is shown again with what the store asks for it now, and what is sold out', async () => {
    const [first, second] = await people.watcher.mails();
    expect(first?.text).toMatch(/119,00\s€/);
    expect(second?.text).toMatch(/99,00\s€/);
    expect(readableHtml(second?.untrackedHtml)).toMatch(/99,00\s€/);
    expect(first?.text).not.toMatch(/Indisponible pour le moment/);
    expect(second?.text).toMatch(/Indisponible pour le moment/);
  });

  it('says how many are left when few are', async () => {
    expect(await text(people.watcher)).toMatch(/n’en reste que 3/);
    expect(await text(people.camille)).not.toMatch(/n’en reste/);
  });
});

describe('paying', () => {
  it('before the first reminder keeps all of them back', async () => {
    expect(await courseOf(people.paidAtOnce)).toEqual([BOUGHT]);
  });

  it('after the first reminder keeps the others back', async () => {
    expect(await courseOf(people.paidAfterOne)).toEqual(['first-reminder sent', BOUGHT]);
  });

  it('after the second reminder keeps the third back', async () => {
    expect(await courseOf(people.paidAfterTwo)).toEqual(['first-reminder sent', 'second-reminder sent', BOUGHT]);
  });

  it('for something on another device ends the reminders too', async () => {
    expect(await courseOf(people.otherDevice)).toEqual(['first-reminder sent', 'ended: order-placed']);
  });

  it('under another spelling of the address ends them too', async () => {
    expect(await courseOf(people.otherSpelling)).toEqual(['first-reminder sent', BOUGHT]);
  });

  it('is found by asking Shopify when its webhook never came', async () => {
    const course = await courseOf(people.quietly);
    expect(course).toEqual([
      expect.stringMatching(/^(first-reminder withheld|ended): (order-placed|checkout-completed)$/),
      ...course.slice(1),
    ]);
    expect(await people.quietly.mails()).toEqual([]);
  });

  it('under another address, typed into the same checkout, ends them too', async () => {
    expect(await people.otherAddress.mails()).toEqual([]);
    expect(await courseOf(people.otherAddress)).toEqual([BOUGHT]);
  });

  it('does not keep a later cart from its own reminder', async () => {
    expect(await courseOf(people.again)).toEqual([
      'first-reminder sent',
      'second-reminder sent',
      BOUGHT,
      'first-reminder sent',
    ]);
    const mails = await people.again.mails();
    expectSentAfter(mails, start, ['1h', '24h', '52h']);
    expect(mails[2]?.text).toContain('Lampe Aube');
  });
});

describe('a cart that changes', () => {
  it('is shown without what was taken out, and the first reminder waits an hour from the change', async () => {
    const mails = await people.removed.mails();
    expectSentAfter(mails, start, ['90min', '1470min', '2910min']);
    expect(mails[0]?.text).toContain('Bol Argile');
    expect(mails[0]?.text).not.toContain('Bougie Tilleul');
  });

  it('shows the new quantity', async () => {
    const [first] = await people.busy.mails();
    expectSentAfter(first ? [first] : [], start, ['90min']);
    expect(first?.text).toMatch(/87,00\s€/);
  });

  it('and is emptied brings nothing', async () => {
    expect(await courseOf(people.emptied)).toEqual(['ended: checkout-emptied']);
  });

  it('and is emptied after the first reminder brings no other', async () => {
    expect(await courseOf(people.emptiedLater)).toEqual(['first-reminder sent', 'ended: checkout-emptied']);
  });

  it('and is deleted brings nothing', async () => {
    expect(await courseOf(people.discarded)).toEqual(['ended: checkout-emptied']);
  });

  it('counts from the moment it has an address to write to', async () => {
    expect(phoneOnly.enrolledBefore).toBe(false);
    const [first] = await people.nameless.mails();
    expectSentAfter(first ? [first] : [], start, ['3h']);
  });

  it('gives way to the shopper’s newer one', async () => {
    expect(await courseOf(people.twoCarts)).toEqual([
      'ended: newer-checkout',
      'first-reminder sent',
      'second-reminder sent',
      'last-reminder sent',
    ]);
    expect(await text(people.twoCarts)).toContain('Lampe Aube');
    expect(await text(people.twoCarts)).not.toContain('Bol Argile');
  });
});

describe('a product that is gone', () => {
  it('is left out of the reminder', async () => {
    const first = await text(people.halfGone);
    expect(first).toContain('Bougie Tilleul');
    expect(first).not.toContain('Vase Brume');
  });

  it('leaves nothing to remind of when it was all there was', async () => {
    expect(await courseOf(people.allGone)).toEqual([
      'first-reminder withheld: nothing-to-show',
      'second-reminder withheld: nothing-to-show',
      'last-reminder withheld: nothing-to-show',
    ]);
  });
});

describe('without consent', () => {
  const allWithheld = (reason: string) =>
    ['first', 'second', 'last'].map((step) => `${step}-reminder withheld: ${reason}`);

  it('a stranger is not reminded', async () => {
    expect(await courseOf(people.stranger)).toEqual(allWithheld('not-subscribed'));
  });

  it('who unsubscribed is not reminded', async () => {
    expect(await courseOf(people.unsubscribed)).toEqual(allWithheld('unsubscribed'));
  });

  it('who has not confirmed is not reminded', async () => {
    expect(await courseOf(people.pending)).toEqual(allWithheld('consent-pending'));
  });
});

it('sends each person one e-mail at a time', async () => {
  const mails = await store.mails();
  const keys = mails.map((mail) => `${mail.to} ${mail.subject} ${mail.sentAt.slice(0, 10)}`);
  expect(new Set(keys).size).toBe(keys.length);
  expect(only(mails.filter((mail) => mail.to === 'emptiedlater@example.com')).subject).toContain('panier');
});
