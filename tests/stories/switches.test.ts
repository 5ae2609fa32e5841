/** What the owner sets: pause, on and off, the postal address, hours, gap and waits of their own. */
import { beforeAll, describe, expect, it } from 'vitest';
import { addDuration, type Duration } from '../../app/lib/duration';
import type { Shopper } from '../harness/shopper';
import { clockAt, courseOf, expectSentAfter } from './course';
import { enterWorld } from './enter-world';
import { installIn, openShop, type Shop } from './shop';

const world = await enterWorld();

const ADDRESS = {
  company: 'Tilleul',
  line1: '3 quai Vert',
  line2: '',
  postalCode: '29000',
  city: 'Quimper',
  region: '',
  country: 'France',
};

describe('the owner’s switches', () => {
  let start: Date;
  let stores: Record<'paused' | 'off' | 'address' | 'own', Shop>;
  let people: Record<'paused' | 'late' | 'off' | 'address' | 'own', Shopper>;
  const later = (duration: Duration) => addDuration(start, duration);

  beforeAll(async () => {
    await world.advanceToTime('10:00');
    stores = {
      paused: await openShop(world),
      off: await openShop(world),
      address: await openShop(world, { hasAddress: false }),
      own: await openShop(world),
    };
    people = {
      paused: await stores.paused.subscriber('paused'),
      late: await stores.paused.subscriber('late'),
      off: await stores.off.subscriber('off'),
      address: await stores.address.subscriber('address'),
      own: await stores.own.subscriber('own'),
    };
    // Without an address nothing can be switched on: it is lost afterwards.
    await stores.address.store.install();
    await stores.address.store.admin.saveSettings({ address: ADDRESS });
    await installIn(world, ...Object.values(stores));
    await stores.address.store.admin.saveSettings({ address: null });
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
    await stores.address.store.admin.saveSettings({ address: ADDRESS });
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
