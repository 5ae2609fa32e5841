/** Shopify out of reach at the moment a reminder is due. */
import { expect, it } from 'vitest';
import { courseOf } from './course';
import { enterWorld } from './enter-world';
import { installIn, openShop } from './shop';

const world = await enterWorld();

it('nobody is reminded of a cart they may have paid; the reminder comes when it is known that they did not', async () => {
  await world.advanceToTime('10:00');
  const shop = await openShop(world);
  const waiting = await shop.subscriber('waiting');
  const paid = await shop.subscriber('paid-meanwhile');
  await installIn(world, shop);
  await waiting.abandon([shop.candle]);
  const cart = await paid.abandon([shop.candle]);
  await world.advance('50min');
  await world.trouble({ shopify: { down: true } });
  await shop.store.act('payCheckout', { id: cart.id, quiet: true });
  await world.advance('15min');
  for (const one of [waiting, paid])
    expect(await courseOf(one)).toEqual(['first-reminder put-off: orders-not-confirmed']);
  await world.trouble({ shopify: { down: false } });
  await world.advance('3min');
  expect(await courseOf(waiting)).toEqual(['first-reminder put-off: orders-not-confirmed', 'first-reminder sent']);
  expect(await paid.mails()).toEqual([]);
});
