/** The birthday scenario: one store, two weeks, people with a birthday in them; each test tells of one of them. */
import { beforeAll, describe, expect, it } from 'vitest';
import { addDuration, DAY, type Duration } from '../../app/lib/duration';
import type { Shopper } from '../harness/shopper';
import { type Product, type Store, switchOn } from '../harness/store';
import { codeIn, codesOf } from './codes';
import { clockAt, courseOf, only } from './course';
import { enterWorld } from './enter-world';

const PARIS = 'Europe/Paris';
const world = await enterWorld();
let store: Store;
let start: Date;
let people: Record<
  'camille' | 'oliver' | 'today' | 'yesterday' | 'marc' | 'leaving' | 'tokyo' | 'told' | 'toldLate' | 'moved' | 'twins',
  Shopper
>;

const later = (duration: Duration) => addDuration(start, duration);

/** The day this many days from the start, in another year. */
function bornIn(days: number): string {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: PARIS }).format(new Date(start.getTime() + days * DAY));
  return `1988${day.slice(4)}`;
}

/** Days from the start and time of day of each e-mail, on a wall in Paris: `2 09:00`. */
const momentsOf = async (person: Shopper) =>
  (await person.mails()).map((mail) => {
    const days = (day: Date) => Date.parse(new Intl.DateTimeFormat('en-CA', { timeZone: PARIS }).format(day));
    return `${(days(new Date(mail.sentAt)) - days(start)) / DAY} ${clockAt(mail, PARIS)}`;
  });

beforeAll(async () => {
  await world.advanceToTime('10:00');
  start = world.now();
  store = await world.openStore({ handle: 'birthday', name: 'Maison Tilleul', locale: 'fr' });
  const candle: Product = await store.stock({ title: 'Bougie Tilleul', price: '30.00' });
  const subscribedAt = new Date(start.getTime() - 90 * DAY).toISOString();
  const born = (name: string, days: number | null, rest: object = {}) =>
    store.shopper({
      email: `${name}@example.com`,
      locale: 'fr',
      subscribedAt,
      ...(days === null ? {} : { birthDate: bornIn(days) }),
      ...rest,
    });
  people = {
    camille: await born('camille', 2, { firstName: 'Camille' }),
    oliver: await born('oliver', 2, { locale: 'en', firstName: 'Oliver' }),
    today: await born('today', 0),
    yesterday: await born('yesterday', -1),
    marc: await store.shopper({ email: 'marc@example.com', locale: 'fr', birthDate: bornIn(2) }),
    leaving: await born('leaving', 2),
    tokyo: await born('tokyo', 3, { country: 'JP' }),
    told: await born('told', null),
    toldLate: await born('told-late', null),
    moved: await born('moved', 1),
    twins: await born('twins', 2, { tags: ['Staff'] }),
  };
  await store.install();
  await world.settle();
  await store.admin.saveSettings({ leftOutTags: ['staff'] });
  await switchOn(store, 'birthday');
  await world.advanceTo(later('25h'));
  await people.told.tellBirthDate(bornIn(1));
  await people.toldLate.tellBirthDate(bornIn(0));
  await world.advanceTo(later('27h'));
  await people.moved.tellBirthDate(bornIn(3));
  await world.advanceTo(later('34h'));
  await people.leaving.withdraw();
  await world.advanceTo(later('5d'));
  await people.oliver.order([candle], { code: codeIn(only(await people.oliver.mails())) ?? 'none' });
  await world.advanceTo(later('16d'));
}, 180_000);

describe('on their birthday', () => {
  it('a subscriber is written to at nine, by name, in their language, with a code of their own', async () => {
    const [day] = await people.camille.mails();
    expect((await momentsOf(people.camille))[0]).toBe('2 09:00');
    expect(day?.subject).toContain('Camille');
    expect(day?.untrackedHtml).toMatch(/lang="fr/);
    expect(day?.text).toMatch(/10\s%/);
    const [english] = await people.oliver.mails();
    expect(english?.untrackedHtml).toMatch(/lang="en/);
    expect(english?.text).toContain('10%');
    expect(codeIn(day)).not.toBeNull();
    expect(codeIn(english)).not.toBe(codeIn(day));
  });

  it('nine is nine where they live', async () => {
    const mail = only((await people.tokyo.mails()).slice(0, 1));
    expect(clockAt(mail, 'Asia/Tokyo')).toBe('09:00');
  });

  it('is today: written to at once, though nine has passed', async () => {
    expect((await momentsOf(people.today))[0]).toMatch(/^0 10:0/);
  });

  it('became known this morning: written to the same day', async () => {
    expect((await momentsOf(people.told))[0]).toMatch(/^1 1/);
  });

  it('was yesterday, or became known after it: next year', async () => {
    expect(await courseOf(people.yesterday)).toEqual([]);
    expect(await courseOf(people.toldLate)).toEqual([]);
  });

  it('moved to another day after the e-mail: no second one', async () => {
    expect((await courseOf(people.moved)).filter((line) => line === 'the-day sent')).toHaveLength(1);
  });

  it('without consent, left out, or having left: nothing', async () => {
    expect(await people.marc.mails()).toEqual([]);
    expect(await people.twins.mails()).toEqual([]);
    expect(await courseOf(people.leaving)).toEqual(['ended: unsubscribed']);
  });
});

describe('the reminder', () => {
  it('comes three days before the code ends, with the same code', async () => {
    const [day, reminder] = await people.camille.mails();
    expect(await courseOf(people.camille)).toEqual(['the-day sent', 'reminder sent']);
    expect((await momentsOf(people.camille))[1]).toBe('14 09:00');
    expect(codeIn(reminder)).toBe(codeIn(day));
  });

  it('does not come once the code was used', async () => {
    expect(await courseOf(people.oliver)).toEqual(['the-day sent', 'ended: condition-not-met']);
    const used = (await codesOf(store)).find(({ customerId }) => customerId === people.oliver.id());
    expect(used?.usedOrderId).not.toBeNull();
  });
});

it('an order with the code counts for the birthday', async () => {
  const counted = await store.ask<{ scenario: string; by: string }>(
    'select scenario, by from attributions where shop_id = $1',
    [store.shopId()],
  );
  expect(counted).toEqual([{ scenario: 'birthday', by: 'code' }]);
});
