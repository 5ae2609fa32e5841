/** On what ground a reminder may go to somebody who never subscribed, where the owner allows it. */
import { beforeAll, describe, expect, it } from 'vitest';
import { DAY } from '../../app/lib/duration';
import type { Shopper } from '../harness/shopper';
import { courseOf } from './course';
import { enterWorld } from './enter-world';
import { installIn, openShop } from './shop';

const world = await enterWorld();

describe('the ground of a reminder', () => {
  let people: Record<'american' | 'buyer' | 'french' | 'left', Shopper>;

  beforeAll(async () => {
    await world.advanceToTime('10:00');
    const shop = await openShop(world);
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
    await installIn(world, shop);
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
