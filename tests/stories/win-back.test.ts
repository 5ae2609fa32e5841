/** The win-back scenario: one store, three weeks, customers who stopped ordering; each test tells of one of them. */
import { beforeAll, describe, expect, it } from 'vitest';
import { addDuration, DAY, type Duration } from '../../app/lib/duration';
import type { Shopper } from '../harness/shopper';
import { type Product, type Store, switchOn } from '../harness/store';
import { codeIn } from './codes';
import { clockAt, courseOf, expectSentAfter } from './course';
import { enterWorld } from './enter-world';

const world = await enterWorld();
let store: Store;
let start: Date;
let bowl: Product;
let standingBefore: string;
let people: Record<
  'once' | 'regular' | 'slow' | 'recent' | 'back' | 'codeUser' | 'longGone' | 'leaving' | 'silent' | 'ordersAgain',
  Shopper
>;

const later = (duration: Duration) => addDuration(start, duration);
const ago = (days: number) => new Date(start.getTime() - days * DAY).toISOString();
/** The moment the first e-mails of this day are planned for: ten in the morning in Paris. */
const tenOn = (day: number) => new Date(start.getTime() + day * DAY);

beforeAll(async () => {
  await world.advanceToTime('10:00');
  start = world.now();
  store = await world.openStore({ handle: 'win-back', name: 'Maison Tilleul', locale: 'fr' });
  const candle = await store.stock({ title: 'Bougie Tilleul', price: '30.00' });
  bowl = await store.stock({ title: 'Bol Sauge', price: '24.00' });
  const lastOrders = async (name: string, days: readonly number[], rest: object = {}) => {
    const person = await store.shopper({
      email: `${name}@example.com`,
      locale: 'fr',
      subscribedAt: ago(300),
      ...rest,
    });
    for (const day of days) await person.order([candle], { at: ago(day) });
    return person;
  };
  people = {
    // Sixty days where nothing is known of how often people come.
    once: await lastOrders('once', [59], { firstName: 'Camille' }),
    // Every twenty days until thirty-nine days ago: forty is twice as long.
    regular: await lastOrders('regular', [79, 59, 39]),
    // Every fifty days: a hundred is twice as long, and sixty is nothing.
    slow: await lastOrders('slow', [159, 109, 59]),
    recent: await lastOrders('recent', [10]),
    back: await lastOrders('back', [59]),
    codeUser: await lastOrders('code-user', [59], { locale: 'en' }),
    longGone: await lastOrders('long-gone', [200]),
    leaving: await lastOrders('leaving', [59]),
    silent: await lastOrders('silent', [59], { subscribedAt: undefined }),
    ordersAgain: await lastOrders('orders-again', [59]),
  };
  await store.install();
  await world.settle();
  await switchOn(store, 'win-back');
  standingBefore = JSON.stringify(await people.longGone.decisions());
  await world.advanceTo(later('12h'));
  await people.ordersAgain.order([candle]);
  await world.advanceTo(later('53h'));
  await people.back.order([bowl]);
  await people.leaving.withdraw();
  await world.advanceTo(later('10d'));
  const offer = (await people.codeUser.mails()).at(-1);
  await people.codeUser.order([bowl], { code: codeIn(offer) ?? 'none' });
  await world.advanceTo(later('17d'));
}, 180_000);

describe('a customer who stopped ordering', () => {
  it('gets ideas after sixty days, a code a week later, a last call five days after that', async () => {
    expect(await courseOf(people.once)).toEqual(['picks sent', 'code sent', 'last-call sent']);
    const mails = await people.once.mails();
    expectSentAfter(mails, tenOn(1), ['0min', '7d', '12d']);
    expect(clockAt(mails[0] as never, 'Europe/Paris')).toBe('10:00');
  });

  it('reads of what they do not own yet, in their language', async () => {
    const [picks] = await people.once.mails();
    expect(picks?.text).toContain('Bol Sauge');
    expect(picks?.text).not.toContain('Bougie Tilleul');
    expect(picks?.untrackedHtml).toMatch(/lang="fr/);
    expect((await people.codeUser.mails())[0]?.untrackedHtml).toMatch(/lang="en/);
  });

  it('finds the code in the second e-mail, and the same one in the third', async () => {
    const [picks, code, lastCall] = await people.once.mails();
    expect(codeIn(picks)).toBeNull();
    expect(codeIn(code)).not.toBeNull();
    expect(codeIn(lastCall)).toBe(codeIn(code));
  });

  it('who came every twenty days is missed after forty; who came every fifty is not missed yet', async () => {
    expect((await courseOf(people.regular))[0]).toBe('picks sent');
    const [begun] = await people.regular.decisions();
    expect(begun).toMatchObject({ kind: 'enrolled', reason: 'lapsed-own-gap', facts: { days: 40 } });
    expect(await courseOf(people.slow)).toEqual([]);
    expect(await courseOf(people.recent)).toEqual([]);
    expect((await people.once.decisions())[0]).toMatchObject({ reason: 'lapsed-days', facts: { days: 60 } });
  });

  it('hears nothing more once they order, with the code or without', async () => {
    expect(await courseOf(people.back)).toEqual(['picks sent', 'ended: order-placed']);
    expect(await courseOf(people.codeUser)).toEqual(['picks sent', 'code sent', 'ended: order-placed']);
    expect(await courseOf(people.ordersAgain)).toEqual([]);
  });

  it('hears nothing without consent, or after leaving', async () => {
    expect(await courseOf(people.silent)).toEqual([]);
    expect(await courseOf(people.leaving)).toEqual(['picks sent', 'ended: unsubscribed']);
  });
});

describe('those who stopped long before', () => {
  it('get nothing by themselves', async () => {
    expect(standingBefore).toBe('[]');
    expect(await courseOf(people.longGone)).toEqual([]);
  });

  it('get it when the owner says so, once, however often the button is pressed', async () => {
    await store.admin.enrollStanding('win-back', 1);
    await store.admin.enrollStanding('win-back', 1);
    await world.advance('2d');
    expect(await courseOf(people.longGone)).toEqual(['picks sent']);
    expect((await people.longGone.decisions())[0]).toMatchObject({ kind: 'enrolled', reason: 'added-by-owner' });
  });
});

it('the order with the code counts for win-back', async () => {
  const counted = await store.ask<{ scenario: string; by: string }>(
    'select scenario, by from attributions where shop_id = $1',
    [store.shopId()],
  );
  expect(counted).toEqual([{ scenario: 'win-back', by: 'code' }]);
});
