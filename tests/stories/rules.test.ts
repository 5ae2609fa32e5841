/** What every e-mail obeys: night, frequency, priority, tags, preferences, and the owner's switches. */
import { beforeAll, describe, expect, it } from 'vitest';
import { addDuration, DAY, type Duration } from '../../app/lib/duration';
import type { Shopper } from '../harness/shopper';
import { type Product, type Store, switchOn } from '../harness/store';
import { clockAt, courseOf, expectSentAfter } from './course';
import { enterWorld } from './enter-world';

const world = await enterWorld();

interface Shop {
  store: Store;
  candle: Product;
  /** Somebody who subscribed long before Relance came. */
  subscriber(name: string, rest?: Partial<Parameters<Store['shopper']>[0]>): Promise<Shopper>;
}

async function openShop(wish: Parameters<typeof world.openStore>[0] = {}): Promise<Shop> {
  const store = await world.openStore({ handle: 'rules', locale: 'fr', ...wish });
  const candle = await store.stock({ title: 'Bougie Tilleul', price: '29.00' });
  const subscribedAt = new Date(world.now().getTime() - 30 * DAY).toISOString();
  return {
    store,
    candle,
    subscriber: (name, rest) => store.shopper({ email: `${name}@example.com`, locale: 'fr', subscribedAt, ...rest }),
  };
}

async function installIn(...shops: Shop[]): Promise<void> {
  for (const { store } of shops) await store.install();
  await world.settle();
  for (const { store } of shops) await switchOn(store, 'welcome', 'abandoned-checkout');
}

describe('in one week of one store', () => {
  let start: Date;
  let people: Record<'night' | 'tokyo' | 'both' | 'rival' | 'eager' | 'staff' | 'fewer' | 'noCarts', Shopper>;
  const later = (duration: Duration) => addDuration(start, duration);

  beforeAll(async () => {
    await world.advanceToTime('10:00');
    const shop = await openShop();
    const { store, candle, subscriber } = shop;
    people = {
      night: await subscriber('night'),
      tokyo: await subscriber('tokyo', { country: 'JP' }),
      both: store.stranger({ email: 'both@example.com', locale: 'fr' }),
      rival: store.stranger({ email: 'rival@example.com', locale: 'fr' }),
      eager: await subscriber('eager'),
      staff: await subscriber('staff', { tags: ['Équipe', 'VIP'] }),
      fewer: await subscriber('fewer'),
      noCarts: await subscriber('nocarts'),
    };
    await installIn(shop);
    await store.admin.saveSettings({ leftOutTags: ['équipe'] });
    start = world.now();
    await people.both.subscribe();
    await people.rival.subscribe();
    await world.advanceTo(later('30min'));
    for (const one of [people.both, people.eager, people.staff, people.fewer, people.noCarts])
      await one.abandon([candle]);
    await world.advanceTo(later('2h'));
    await choose(people.fewer, { fewer: '1', kind: ['welcome', 'abandoned-checkout'] });
    await choose(people.noCarts, { kind: ['welcome'] });
    await world.advanceTo(later('210min'));
    await people.tokyo.abandon([candle]);
    await world.advanceTo(later('720min'));
    await people.night.abandon([candle]);
    await world.advanceTo(later('1470min'));
    await people.rival.abandon([candle]);
    await world.advanceTo(later('60h'));
    await people.eager.abandon([candle]);
    await world.advanceTo(later('11d'));
  }, 120_000);

  it('a reminder due at night comes at eight in the morning', async () => {
    expect(await courseOf(people.night)).toEqual([
      'first-reminder put-off: quiet-hours',
      'first-reminder sent',
      // Due at night too, and less than the gap of 16 hours after the morning's: the morning serves both.
      'second-reminder put-off: too-soon',
      'second-reminder sent',
      'last-reminder put-off: too-soon',
      'last-reminder sent',
    ]);
    const mails = await people.night.mails();
    expect(mails.map((mail) => clockAt(mail, 'Europe/Paris'))).toEqual(['08:00', '08:00', '08:00']);
  });

  it('night is the shopper’s own: at half past two in Paris it is night in Tokyo', async () => {
    expect((await courseOf(people.tokyo)).slice(0, 2)).toEqual([
      'first-reminder put-off: quiet-hours',
      'first-reminder sent',
    ]);
    const [mail] = await people.tokyo.mails();
    expect(mail && clockAt(mail, 'Asia/Tokyo')).toBe('08:00');
  });

  it('the first reminder waits for no welcome, and then three in seven days are enough', async () => {
    expect(await courseOf(people.both)).toEqual([
      'hello sent',
      'first-reminder sent',
      'second-reminder sent',
      'choosing withheld: expired',
      'last-reminder withheld: expired',
      'last-call put-off: frequency-cap',
      'last-call sent',
    ]);
    const [row] = (await people.both.decisions()).filter((one) => one.reason === 'expired');
    expect(row?.facts).toMatchObject({ heldBy: 'frequency-cap', sentIn7Days: 3, most: 3 });
    expectSentAfter(await people.both.mails(), start, ['0min', '90min', '1470min', '7d']);
  });

  it('a welcome lets a reminder that is due soon go first', async () => {
    expect(await courseOf(people.rival)).toEqual([
      'hello sent',
      'first-reminder sent',
      'choosing put-off: higher-priority',
      'second-reminder sent',
      'choosing withheld: expired',
      'last-reminder withheld: expired',
      'last-call put-off: frequency-cap',
      'last-call sent',
    ]);
  });

  it('three e-mails in seven days are enough: a fourth that would come too late is dropped', async () => {
    const course = await courseOf(people.eager);
    expect(course.slice(0, 3)).toEqual(['first-reminder sent', 'second-reminder sent', 'last-reminder sent']);
    expect(course[3]).toBe('first-reminder withheld: expired');
    const times = (await people.eager.mails()).map((mail) => Date.parse(mail.sentAt));
    for (const [i, time] of times.entries()) {
      const inWeek = times.slice(0, i).filter((other) => other > time - 7 * DAY);
      expect(inWeek.length).toBeLessThan(3);
    }
  });

  it('a tag the owner leaves out keeps everything back, in any spelling', async () => {
    const withheld = (await courseOf(people.staff)).filter((line) => line.endsWith('withheld: left-out-by-tag'));
    expect(withheld).toHaveLength(3);
    expect(await people.staff.mails()).toEqual([]);
  });

  it('who asked for fewer gets one in seven days', async () => {
    expect(await courseOf(people.fewer)).toEqual([
      'first-reminder sent',
      'second-reminder withheld: expired',
      'last-reminder withheld: expired',
    ]);
  });

  it('who wants no reminders gets none, and other e-mails still', async () => {
    expect(await courseOf(people.noCarts)).toEqual(['first-reminder sent', 'ended: kind-refused']);
  });
});

/** Sends the preference page's form from the newest e-mail of a shopper. */
async function choose(shopper: Shopper, form: Record<string, string | string[]>): Promise<void> {
  const mail = (await shopper.mails()).at(-1);
  const [url = ''] = /https?:\/\/\S+\/preferences\/[\w.-]+/.exec(mail?.text ?? '') ?? [];
  const pairs = Object.entries(form).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(pairs) });
  expect(answer.status).toBe(200);
}

describe('the owner’s switches', () => {
  let start: Date;
  let stores: Record<'paused' | 'off' | 'address' | 'own', Shop>;
  let people: Record<'paused' | 'late' | 'off' | 'address' | 'own', Shopper>;
  const later = (duration: Duration) => addDuration(start, duration);

  beforeAll(async () => {
    await world.advanceToTime('10:00');
    stores = {
      paused: await openShop(),
      off: await openShop(),
      address: await openShop({ hasAddress: false }),
      own: await openShop(),
    };
    people = {
      paused: await stores.paused.subscriber('paused'),
      late: await stores.paused.subscriber('late'),
      off: await stores.off.subscriber('off'),
      address: await stores.address.subscriber('address'),
      own: await stores.own.subscriber('own'),
    };
    await installIn(...Object.values(stores));
    await stores.own.store.admin.saveSettings({
      quietHours: { from: 12 * 60, to: 14 * 60 },
      frequency: { gapHours: 0, maxIn7Days: 21 },
    });
    await stores.own.store.admin.saveDelays('abandoned-checkout', { 'one-hour': '2h', 'next-day': '3h' });
    start = world.now();
    for (const name of ['paused', 'off', 'address', 'own'] as const) await people[name].abandon([stores[name].candle]);
    await world.settle();
    await stores.paused.store.admin.pause(true);
    await stores.off.store.admin.switchScenario('abandoned-checkout', false);
    await world.advanceTo(later('3h'));
    await stores.paused.store.admin.pause(false);
    await stores.off.store.admin.switchScenario('abandoned-checkout', true);
    await stores.address.store.admin.saveSettings({
      address: {
        company: 'Tilleul',
        line1: '3 quai Vert',
        line2: '',
        postalCode: '29000',
        city: 'Quimper',
        region: '',
        country: 'France',
      },
    });
    await world.advanceTo(later('5h'));
    await people.late.abandon([stores.paused.candle]);
    await world.settle();
    await stores.paused.store.admin.pause(true);
    await world.advanceTo(later('20h'));
    await stores.paused.store.admin.pause(false);
    await world.settle();
  }, 120_000);

  it('pausing everything holds what is due; going on sends it at once', async () => {
    expect((await courseOf(people.paused)).slice(0, 2)).toEqual([
      'first-reminder put-off: everything-paused',
      'first-reminder sent',
    ]);
    expectSentAfter((await people.paused.mails()).slice(0, 1), start, ['3h']);
  });

  it('what was held past its time is not sent any more', async () => {
    expect((await courseOf(people.late)).slice(0, 2)).toEqual([
      'first-reminder put-off: everything-paused',
      'first-reminder withheld: expired',
    ]);
  });

  it('switching a scenario off holds what is under way, switching it on again sends it', async () => {
    expect((await courseOf(people.off)).slice(0, 2)).toEqual([
      'first-reminder put-off: scenario-off',
      'first-reminder sent',
    ]);
    expectSentAfter((await people.off.mails()).slice(0, 1), start, ['3h']);
  });

  it('without a postal address nothing goes out; once it is there, what waited does', async () => {
    expect((await courseOf(people.address)).slice(0, 2)).toEqual([
      'first-reminder put-off: address-missing',
      'first-reminder sent',
    ]);
    const [mail] = await people.address.mails();
    expect(mail?.text).toContain('3 quai Vert');
    expect(mail?.text).toContain('29000 Quimper');
  });

  it('the owner’s own hours, gap and waits are kept', async () => {
    expect((await courseOf(people.own)).slice(0, 3)).toEqual([
      'first-reminder put-off: quiet-hours',
      'first-reminder sent',
      'second-reminder sent',
    ]);
    const mails = await people.own.mails();
    expect(mails.slice(0, 2).map((mail) => clockAt(mail, 'Europe/Paris'))).toEqual(['14:00', '15:00']);
  });
});

describe('the ground of a reminder', () => {
  let people: Record<'american' | 'buyer' | 'french' | 'left', Shopper>;

  beforeAll(async () => {
    await world.advanceToTime('10:00');
    const shop = await openShop();
    const { store, candle } = shop;
    const person = (name: string, country: string) =>
      store.shopper({ email: `${name}@example.com`, locale: 'fr', country });
    people = {
      american: await person('american', 'US'),
      buyer: await person('buyer', 'FR'),
      french: await person('french', 'FR'),
      left: await person('left', 'US'),
    };
    await people.buyer.order([candle], { at: new Date(world.now().getTime() - 30 * DAY).toISOString() });
    await installIn(shop);
    await store.admin.saveSettings({ checkoutGround: 'left-address' });
    await people.left.withdraw();
    for (const one of Object.values(people)) await one.abandon([candle]);
    await world.advance('62min');
  }, 120_000);

  const groundOf = async (shopper: Shopper) => (await shopper.decisions()).find((row) => row.kind === 'sent')?.facts;

  it('is the address an American left, once the owner allows it', async () => {
    expect(await groundOf(people.american)).toMatchObject({ ground: 'left-address' });
  });

  it('is an earlier purchase in France', async () => {
    expect(await groundOf(people.buyer)).toMatchObject({ ground: 'earlier-buyer' });
  });

  it('is missing in France without one', async () => {
    expect(await courseOf(people.french)).toEqual(['first-reminder withheld: ground-not-allowed']);
  });

  it('is never there for who unsubscribed', async () => {
    expect(await courseOf(people.left)).toEqual(['first-reminder withheld: unsubscribed']);
  });
});
