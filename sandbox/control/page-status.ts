// What the control page shows of the sandbox, as one JSON answer; asked for every few seconds.
import type { SandboxContext } from '../http/context';
import { SandboxRefusal } from '../http/refusal';
import type { ShopState } from '../shopify/state';

const HOUR = 3_600_000;
const MORNING = 9;

function partsIn(moment: number, timezone: string): { day: string; hour: number; minute: number } {
  const format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: timezone });
  const [day = '', time = ''] = format.format(new Date(moment)).split(' ');
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return { day, hour, minute };
}

/** Tomorrow 9:00 on the wall clock of that time zone, in milliseconds; right on the days the clocks change, too. */
export function nextMorning(now: number, timezone: string): number {
  const today = partsIn(now, timezone).day;
  const tomorrow = new Date(`${today}T00:00:00Z`);
  tomorrow.setUTCDate(tomorrow.getUTCDate() + 1);
  const wanted = tomorrow.toISOString().slice(0, 10);
  let moment = Date.parse(`${wanted}T09:00:00Z`);
  // Two corrections are enough: the first lands within an hour of a clock change.
  for (let turn = 0; turn < 2; turn++) {
    const { day, hour, minute } = partsIn(moment, timezone);
    const days = (Date.parse(`${day}T00:00:00Z`) - Date.parse(`${wanted}T00:00:00Z`)) / (24 * HOUR);
    moment -= days * 24 * HOUR + (hour - MORNING) * HOUR + minute * 60_000;
  }
  return moment;
}

function shopStatus(ctx: SandboxContext, shop: ShopState) {
  const consents = [...shop.customers.values()].filter((customer) => customer.consent.state === 'SUBSCRIBED');
  const recent = [...shop.customers.values()].filter((customer) => customer.email !== null).slice(-30);
  return {
    handle: shop.record.handle,
    name: shop.record.name,
    installed: shop.installation !== null,
    counts: {
      products: shop.products.size,
      customers: shop.customers.size,
      subscribed: consents.length,
      orders: shop.orders.size,
      openCheckouts: [...shop.checkouts.values()].filter((checkout) => !checkout.completedAt).length,
    },
    webhooks: ctx.webhooks.counts(shop.domain),
    people: recent.reverse().map((customer) => customer.email),
  };
}

/** The page's whole content, for the shop asked for or the first there is. */
export function controlStatus(ctx: SandboxContext, wanted: string | undefined) {
  const shops = [...ctx.state.shops.values()];
  const shop = (wanted === undefined ? undefined : ctx.state.findShop(wanted)) ?? shops[0];
  const timezone = shop?.record.timezone ?? 'Europe/Paris';
  const now = ctx.clock.now();
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone: timezone });
  return {
    clock: {
      now: new Date(now).toISOString(),
      text: format.format(new Date(now)),
      timezone,
      aheadMs: ctx.clock.offsetMs(),
    },
    shops: shops.map(({ record }) => ({ handle: record.handle, name: record.name })),
    shop: shop ? shopStatus(ctx, shop) : null,
    faults: { shopify: ctx.faults, webhooks: ctx.webhooks.faults },
  };
}

/** Moves the clock on: by milliseconds, or to the next morning in the shop's time zone. */
export function moveClock(ctx: SandboxContext, wish: { by?: number | undefined; shop?: string | undefined }): void {
  if (wish.by !== undefined) {
    if (!(wish.by > 0)) throw new SandboxRefusal('The clock moves only forward.', 400);
    ctx.clock.advance(wish.by);
    return;
  }
  const shop = wish.shop === undefined ? undefined : ctx.state.findShop(wish.shop);
  ctx.clock.moveTo(nextMorning(ctx.clock.now(), shop?.record.timezone ?? 'Europe/Paris'));
}
