/** The VIP scenario: one store, ten customers, a hundred days; the owner calls those VIP who spent 300 in a year. */
import { beforeAll, describe, expect, it } from 'vitest';
import { addDuration, DAY, type Duration } from '../../app/lib/duration';
import type { Shopper } from '../harness/shopper';
import { type Product, type Store, switchOn } from '../harness/store';
import { codeIn } from './codes';
import { courseOf } from './course';
import { enterWorld } from './enter-world';

const world = await enterWorld();
let store: Store;
let start: Date;
let lamp: Product;
let people: Record<'already' | 'rising' | 'fallen' | 'silent' | 'modest', Shopper>;

const later = (duration: Duration) => addDuration(start, duration);
const ago = (days: number) => new Date(start.getTime() - days * DAY).toISOString();
const tagsOf = async (person: Shopper) => (await store.look<{ tags: string[] }>(`customers/${person.id()}`)).tags;

beforeAll(async () => {
  await world.advanceToTime('10:00');
  start = world.now();
  store = await world.openStore({ handle: 'vip', name: 'Maison Tilleul', locale: 'fr' });
  lamp = await store.stock({ title: 'Lampe Aube', price: '160.00' });
  await store.stock({ title: 'Lampe Brume', price: '140.00' });
  const buyer = async (name: string, days: readonly number[], rest: object = {}) => {
    const person = await store.shopper({
      email: `${name}@example.com`,
      locale: 'fr',
      subscribedAt: ago(300),
      ...rest,
    });
    for (const day of days) await person.order([lamp], { at: ago(day) });
    return person;
  };
  people = {
    already: await buyer('already', [100, 50]),
    rising: await buyer('rising', [80], { firstName: 'Camille' }),
    fallen: await buyer('fallen', [70]),
    silent: await buyer('silent', [60], { subscribedAt: undefined }),
    modest: await buyer('modest', [40]),
  };
  await store.install();
  await world.settle();
  await store.admin.saveScenario('vip', { audience: { by: 'spend', amount: '300.00' } });
  await switchOn(store, 'vip');
  await world.advanceTo(later('4h'));
  for (const one of [people.rising, people.silent]) await one.order([lamp]);
  const order = await people.fallen.order([lamp]);
  await world.advanceTo(later('25h'));
  await store.act('refundOrder', { id: order.id, amount: '160.00' });
  await world.advanceTo(later('3d'));
  await world.advanceTo(later('95d'), { skipScans: true });
  await world.advanceTo(later('97d'));
}, 180_000);

describe('a customer who becomes one of the best', () => {
  it('is thanked once, by name, with a code of their own, and tagged in Shopify', async () => {
    const [thanks] = await people.rising.mails();
    expect(thanks?.subject).toContain('Camille');
    expect(codeIn(thanks)).not.toBeNull();
    expect(thanks?.text).toMatch(/15\s%/);
    expect(await tagsOf(people.rising)).toContain('VIP');
  });

  it('gets another message, with another code, after ninety days', async () => {
    expect(await courseOf(people.rising)).toEqual(['thanks sent', 'thanks-again sent']);
    const [thanks, again] = await people.rising.mails();
    expect(again?.subject).not.toBe(thanks?.subject);
    expect(codeIn(again)).not.toBeNull();
    expect(codeIn(again)).not.toBe(codeIn(thanks));
  });

  it('is tagged but not written to without consent', async () => {
    expect(await people.silent.mails()).toEqual([]);
    expect(await tagsOf(people.silent)).toContain('VIP');
  });
});

it('who gave back what made them one loses the tag, and gets no further message', async () => {
  expect((await courseOf(people.fallen)).filter((line) => line.endsWith('sent'))).toEqual(['thanks sent']);
  expect(await tagsOf(people.fallen)).not.toContain('VIP');
});

it('who was one before gets nothing unless the owner says so', async () => {
  expect(await people.already.decisions()).toEqual([]);
  expect(await tagsOf(people.already)).toContain('VIP');
});

it('who never was one gets nothing', async () => {
  expect(await courseOf(people.modest)).toEqual([]);
  expect(await tagsOf(people.modest)).not.toContain('VIP');
});
