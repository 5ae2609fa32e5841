// Eighteen months of orders: first ones, repeats at each person's own pace, parcels, refunds, cancellations. History: no webhooks.
import type { DiscountInput, LineInput } from '../shopify/actions';
import type { OrderRecord } from '../shopify/records';
import type { Person } from './customers';
import type { Filling } from './fill';
import type { ShelfItem } from './products';
import type { Random } from './random';
import { seasonWeight, shoppingHour } from './season';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const FREE_SHIPPING_FROM = 60;
const SHIPPING = 4.9;

/** What goes well together: buyers of the first come back for, or add, the second. */
const COMPANIONS: Readonly<Record<string, readonly string[]>> = {
  Bougies: ['Parfums d’intérieur', 'Bougies', 'Luminaires'],
  'Parfums d’intérieur': ['Bougies', 'Parfums d’intérieur'],
  Savons: ['Savons', 'Écharpes', 'Sacs'],
  Thés: ['Tasses', 'Thés'],
  Tasses: ['Thés', 'Vaisselle'],
  Vaisselle: ['Tasses', 'Vases'],
  Plaids: ['Coussins', 'Bougies'],
  Coussins: ['Plaids', 'Coussins'],
  Vases: ['Affiches', 'Vaisselle'],
  Affiches: ['Affiches', 'Vases'],
};

interface PlannedOrder {
  person: Person;
  at: number;
  /** Type bought first, so that later baskets resemble earlier ones. */
  taste: string;
  nth: number;
}

function choose(random: Random, shelf: readonly ShelfItem[], at: number, type?: string): ShelfItem {
  const sold = shelf.filter((item) => item.since < at && (type === undefined || item.type === type));
  const list = sold.length > 0 ? sold : shelf;
  return random.weighted(list.map((item) => [item, item.popularity] as const));
}

/** One to four lines around a taste. */
export function fillBasket(
  filling: Filling,
  shelf: readonly ShelfItem[],
  taste: string | undefined,
  at: number,
): LineInput[] {
  const { random, state, shop } = filling;
  const store = state.shop(shop);
  const size = random.weighted([
    [1, 52],
    [2, 28],
    [3, 14],
    [4, 6],
  ]);
  const lines = new Map<string, LineInput>();
  let type = taste;
  for (let i = 0; i < size; i++) {
    const item = choose(random, shelf, at, type);
    const variant = random.pick(store.variantsOf(item.product));
    const quantity = item.consumable && random.chance(0.25) ? random.between(2, 3) : 1;
    if (!lines.has(variant.id)) lines.set(variant.id, { variantId: variant.id, quantity });
    type = random.chance(0.7) ? random.pick(COMPANIONS[item.type] ?? [item.type]) : undefined;
  }
  return [...lines.values()];
}

function planFor(filling: Filling, shelf: readonly ShelfItem[], person: Person): PlannedOrder[] {
  const { random, now } = filling;
  if (person.habit === 'none') return [];
  const often = person.habit === 'often';
  const pace = often ? random.between(24, 60) : random.between(60, 150);
  const stops = person.habit === 'once' ? 1 : often ? random.between(3, 14) : random.between(2, 4);
  const taste = choose(random, shelf, person.since).type;
  const plan: PlannedOrder[] = [];
  let day = person.since;
  for (let nth = 1; nth <= stops; nth++) {
    const at = nth === 1 ? day : shoppingHour(day, random.next(), random.next());
    if (at >= now - HOUR) break;
    plan.push({ person, at, taste: random.chance(0.65) ? taste : choose(random, shelf, at).type, nth });
    do day += Math.max(4, pace * (1 + 0.45 * random.bell())) * DAY;
    while (random.chance(1 - Math.min(1, seasonWeight(day))) && day < now);
  }
  return plan;
}

function priceOf(filling: Filling, lines: readonly LineInput[]): number {
  const store = filling.state.shop(filling.shop);
  return lines.reduce(
    (sum, line) => sum + Number(line.variantId ? store.variant(line.variantId).price : 0) * (line.quantity ?? 1),
    0,
  );
}

function discountFor(random: Random, nth: number, sum: number): DiscountInput[] {
  if (nth === 1 && random.chance(0.22))
    return [{ code: 'BIENVENUE10', amount: (sum * 0.1).toFixed(2), type: 'percentage' }];
  if (random.chance(0.06)) return [{ code: 'LUNE15', amount: (sum * 0.15).toFixed(2), type: 'percentage' }];
  return [];
}

function landing(random: Random): string {
  return random.weighted([
    ['/', 50],
    ['/?utm_source=instagram&utm_medium=social', 22],
    ['/?utm_source=google&utm_medium=cpc&utm_campaign=bougies', 18],
    ['/collections/bougies-parfumees', 10],
  ]);
}

function place(filling: Filling, shelf: readonly ShelfItem[], planned: PlannedOrder): OrderRecord {
  const { actions, random, shop, now } = filling;
  const { person, at, nth } = planned;
  const lines = fillBasket(filling, shelf, planned.taste, at);
  const sum = priceOf(filling, lines);
  const inShop = random.chance(0.05);
  const common = {
    lines,
    discountCodes: inShop ? [] : discountFor(random, nth, sum),
    shippingAddress: inShop ? undefined : person.address,
    shippingPrice: inShop || sum >= FREE_SHIPPING_FROM ? 0 : SHIPPING,
    sourceName: inShop ? 'pos' : 'web',
    landingSite: inShop ? null : landing(random),
    customerId: person.customer.id,
    locale: person.customer.locale,
  };
  const when = { at: new Date(at), quiet: true };
  const financialStatus = now - at < 3 * DAY && random.chance(0.05) ? ('PENDING' as const) : ('PAID' as const);
  // Orders of the last month went through a checkout that is still to be seen; older ones are orders only.
  if (inShop || !person.customer.email || now - at > 30 * DAY) {
    return actions.createOrder(
      shop,
      { ...common, email: person.customer.email, financialStatus, takeStock: false },
      when,
    );
  }
  const started = { at: new Date(at - random.between(2, 25) * 60_000), quiet: true };
  const checkout = actions.startCheckout(shop, { ...common, email: person.customer.email }, started);
  return actions.payCheckout(shop, checkout.id, { financialStatus }, when);
}

/** What happened to the order afterwards, as far as it has happened by now. */
function followUp(filling: Filling, order: OrderRecord, at: number): void {
  const { actions, random, shop, now } = filling;
  const later = (moment: number) => ({ at: new Date(moment), quiet: true });
  if (order.financialStatus === 'PENDING') return;
  const cancelled = at + random.between(1, 20) * HOUR;
  if (random.chance(0.02) && cancelled < now) {
    actions.refundOrder(shop, order.id, { restock: true }, later(cancelled));
    actions.cancelOrder(shop, order.id, 'customer', later(cancelled));
    return;
  }
  const shipped = order.sourceName === 'pos' ? at : at + random.between(14, 60) * HOUR;
  if (shipped >= now) return;
  actions.fulfillOrder(
    shop,
    order.id,
    { trackingCompany: 'Colissimo', trackingNumber: `6C${order.number}${random.between(1000, 9999)}` },
    later(shipped),
  );
  const delivered = shipped + random.between(30, 110) * HOUR;
  if (order.sourceName !== 'pos' && delivered < now) actions.deliverOrder(shop, order.id, later(delivered));
  const refunded = delivered + random.between(2, 18) * DAY;
  const fate = random.next();
  if (refunded >= now || fate > 0.055) return;
  const [first] = order.lines;
  if (fate < 0.02 || order.lines.length < 2 || !first) {
    actions.refundOrder(shop, order.id, { note: 'Retour', restock: true }, later(refunded));
  } else {
    const lines = [{ lineItemId: first.id, quantity: 1 }];
    actions.refundOrder(
      shop,
      order.id,
      { lines, amount: Math.min(Number(first.price), leftOf(order)), restock: true },
      later(refunded),
    );
  }
}

/** A discounted order holds less than its lines' prices. */
function leftOf(order: OrderRecord): number {
  const lines = order.lines.reduce((sum, line) => sum + Number(line.price) * line.quantity, 0);
  return Math.max(0, lines - Number(order.totalDiscounts));
}

/** Writes everyone's orders, the earliest first, so that order numbers rise with time. */
export function writeOrders(filling: Filling, shelf: readonly ShelfItem[], people: readonly Person[]): void {
  const plan = people.flatMap((person) => planFor(filling, shelf, person));
  plan.sort((a, b) => a.at - b.at);
  for (const planned of plan) followUp(filling, place(filling, shelf, planned), planned.at);
}
