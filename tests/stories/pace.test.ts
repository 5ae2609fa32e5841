/** How often and when a shopper is written to: night, gap, cap, priority, tags and what they asked for. */
import { beforeAll, describe, expect, it } from 'vitest';
import { addDuration, DAY, type Duration } from '../../app/lib/duration';
import type { Shopper } from '../harness/shopper';
import { clockAt, courseOf, expectSentAfter } from './course';
import { enterWorld } from './enter-world';
import { installIn, openShop } from './shop';

const world = await enterWorld();

/** Sends the preference page's form from the newest e-mail of a shopper. */
async function choose(shopper: Shopper, form: Record<string, string | string[]>): Promise<void> {
  const mail = (await shopper.mails()).at(-1);
  const [url = ''] = /https?:\/\/\S+\/preferences\/[\w.-]+/.exec(mail?.text ?? '') ?? [];
  const pairs = Object.entries(form).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(pairs) });
  expect(answer.status).toBe(200);
}

describe('in one week of one store', () => {
  let start: Date;
  let people: Record<'night' | 'tokyo' | 'both' | 'rival' | 'eager' | 'staff' | 'fewer' | 'noCarts', Shopper>;
  const later = (duration: Duration) => addDuration(start, duration);

  beforeAll(async () => {
    await world.advanceToTime('10:00');
    const shop = await openShop(world);
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
    await installIn(world, shop);
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
    const [row] = (await people.fewer.decisions()).filter((one) => one.reason === 'expired');
    expect(row?.facts).toMatchObject({ heldBy: 'fewer-asked' });
  });

  it('who wants no reminders gets none, and other e-mails still', async () => {
    expect(await courseOf(people.noCarts)).toEqual(['first-reminder sent', 'ended: kind-refused']);
  });
});
