// Fills a shop with the purchases of a file: a record shop whose orders are those of the file, its people invented. Called by the sample store's door.
import { SandboxRefusal } from '../http/refusal';
import { picturePath } from '../pictures/draw';
import type { LineInput, ShopActions } from '../shopify/actions';
import type { CustomerRecord } from '../shopify/records';
import type { ShopifyState } from '../shopify/state';
import { inventAddress, inventBirthDate, inventConsent, inventName, mailFor, registerCustomer } from './customers';
import type { Filling } from './fill';
import { ALBUMS } from './music';
import { TONGUES, type Tongue } from './people';
import type { Purchase } from './purchases';
import { createRandom, type Random } from './random';

export interface PurchaseRequest {
  state: ShopifyState;
  actions: ShopActions;
  /** Handle or domain; the shop is opened when there is none. */
  shop: string;
  seed?: string | undefined;
  purchases: readonly Purchase[];
  /** Business time, milliseconds. */
  now: number;
}

export interface PurchaseResult {
  shop: string;
  storefront: string;
  products: number;
  customers: number;
  orders: number;
}

const DAY = 86_400_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;
const ZONE = 'America/New_York';

/** Who shops at an American record shop. */
const AMERICANS: readonly (readonly [Tongue, number])[] = TONGUES.flatMap(([tongue]) => {
  const weight = { en: 86, es: 8, fr: 3, it: 2, de: 1 }[tongue.locale];
  return weight === undefined ? [] : [[{ ...tongue, lands: [['US', 100]] as const }, weight] as const];
});

function openShop({ state, actions, shop }: PurchaseRequest, at: number): string {
  const known = state.findShop(shop);
  if (known) {
    if (known.products.size > 0)
      throw new SandboxRefusal(`${known.domain} has products already; take an empty shop.`, 409);
    return known.domain;
  }
  const address = { address1: '214 Bergen Street', zip: '11217', city: 'Brooklyn', countryCode: 'US' };
  const record = actions.createShop(
    {
      handle: shop,
      name: 'Sillon Records',
      email: 'hello@sillon-records.example',
      ownerName: 'Grace Bennett',
      currency: 'USD',
      timezone: ZONE,
      locale: 'en',
      otherLocales: ['fr'],
      taxesIncluded: false,
      address: { company: 'Sillon Records Inc.', province: 'New York', provinceCode: 'NY', ...address },
    },
    { at: new Date(at), quiet: true },
  );
  return record.domain;
}

/** The albums' variants with how often each is bought. */
function stockAlbums({ actions, random, shop, from, state }: Filling): (readonly [string, number])[] {
  const at = { at: new Date(from), quiet: true };
  const ids = new Map<string, string[]>();
  const shelf = ALBUMS.map(({ title, artist, genre, price, color, popularity }, i) => {
    const product = actions.createProduct(
      shop,
      {
        title: `${title} (${artist})`,
        descriptionHtml: `<p>${artist}: “${title}”, on CD.</p>`,
        vendor: artist,
        productType: genre,
        images: [{ url: picturePath('print', color, i % 7), alt: `${title} by ${artist}`, width: 600, height: 600 }],
        variants: [{ price, sku: `CD-${String(i + 1).padStart(3, '0')}`, grams: 110, inventoryQuantity: 0 }],
      },
      at,
    );
    const [variant = ''] = product.variantIds;
    ids.set(genre, [...(ids.get(genre) ?? []), product.id]);
    actions.updateVariant(shop, variant, { inventoryQuantity: random.between(0, 60) }, at);
    return [variant, popularity] as const;
  });
  for (const [title, productIds] of ids) actions.createCollection(shop, { title, productIds }, { quiet: true });
  state.shop(shop).touch();
  return shelf;
}

/**
 * The last day of the file is today, five minutes ago (or now, just after midnight); every other day lies whole days of
 * 24 hours before. So the days between two orders, and since the last, are exactly those of the file.
 */
function lastMoment(now: number): number {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE });
  return day.format(now - 5 * MINUTE) === day.format(now) ? now - 5 * MINUTE : now;
}

interface DatedPurchase extends Purchase {
  at: number;
}

/**
 * The earliest first. What somebody bought on one day lies seconds apart in the order of the file, on their first day after
 * the others' moment and later before it: so the whole days from their first order to their last stay whole.
 */
function datePurchases(purchases: readonly Purchase[], now: number): DatedPurchase[] {
  const lastDay = purchases.reduce((latest, { day }) => Math.max(latest, day), 0);
  const end = lastMoment(now);
  const dated: DatedPurchase[] = [];
  for (const own of Map.groupBy(purchases, ({ customer }) => customer).values()) {
    const byDay = [...Map.groupBy(own, ({ day }) => day)].sort(([a], [b]) => a - b);
    for (const [nth, [day, bought]] of byDay.entries()) {
      const moment = end - (lastDay - day) * DAY;
      const first = nth === 0 && byDay.length > 1 ? moment : moment - (bought.length - 1) * 1000;
      for (const [i, purchase] of bought.entries()) dated.push({ ...purchase, at: first + i * 1000 });
    }
  }
  return dated.sort((a, b) => a.at - b.at || a.line - b.line);
}

/** One customer for each of the file, from the moment of their first purchase; of one day the first in the file has the lower id. */
function inventBuyers(filling: Filling, purchases: readonly DatedPurchase[]): Map<string, CustomerRecord> {
  const { random, now } = filling;
  const taken = new Set<string>();
  const buyers = new Map<string, CustomerRecord>();
  for (const { customer, at } of firstPurchases(purchases)) {
    const tongue = random.weighted(AMERICANS);
    const names = inventName(random, tongue);
    const about = {
      ...names,
      email: mailFor(random, taken, names),
      locale: tongue.locale,
      address: inventAddress(random, tongue, names),
      consent: inventConsent(random, at, now),
      ...inventBirthDate(random, now),
    };
    buyers.set(customer, registerCustomer(filling, about, at));
  }
  return buyers;
}

function firstPurchases(purchases: readonly DatedPurchase[]): DatedPurchase[] {
  const first = new Map<string, DatedPurchase>();
  for (const purchase of purchases) if (!first.has(purchase.customer)) first.set(purchase.customer, purchase);
  return [...first.values()].sort((a, b) => a.day - b.day || a.line - b.line);
}

/** `items` discs that cost exactly `cents` together: some of them a cent more than the others. */
function linesFor(random: Random, shelf: readonly (readonly [string, number])[], purchase: Purchase): LineInput[] {
  const { items, cents } = purchase;
  const price = Math.floor(cents / items);
  const dearer = cents - price * items;
  const priced = [
    [dearer, price + 1],
    [items - dearer, price],
  ] as const;
  return priced.flatMap(([quantity, each]) => {
    const first = quantity > 1 ? random.between(1, quantity) : quantity;
    return [first, quantity - first]
      .filter((part) => part > 0)
      .map((part) => ({ variantId: random.weighted(shelf), quantity: part, price: (each / 100).toFixed(2) }));
  });
}

function placeOrders(
  { actions, random, shop, now }: Filling,
  shelf: readonly (readonly [string, number])[],
  orders: readonly { purchase: DatedPurchase; buyer: CustomerRecord }[],
): void {
  for (const { purchase, buyer } of orders) {
    const order = actions.createOrder(
      shop,
      {
        lines: linesFor(random, shelf, purchase),
        customerId: buyer.id,
        email: buyer.email,
        locale: buyer.locale,
        shippingAddress: buyer.addresses[0],
        landingSite: '/',
        takeStock: false,
      },
      { at: new Date(purchase.at), quiet: true },
    );
    const shipped = purchase.at + random.between(10, 50) * HOUR;
    const delivered = shipped + random.between(30, 130) * HOUR;
    if (shipped < now) actions.fulfillOrder(shop, order.id, {}, { at: new Date(shipped), quiet: true });
    if (delivered < now) actions.deliverOrder(shop, order.id, { at: new Date(delivered), quiet: true });
  }
}

/**
 * Fills the shop through the ordinary verbs, dated back and without webhooks: this is history from before any install.
 * Each purchase is a paid order of exactly its amount. Names, consent and birth dates come from the seed.
 * @throws SandboxRefusal 409 when the shop has products already
 */
export function fillFromPurchases(request: PurchaseRequest): PurchaseResult {
  const { state, actions, now } = request;
  const dated = datePurchases(request.purchases, now);
  const from = (dated[0]?.at ?? now) - 30 * DAY;
  const shop = openShop(request, from);
  const filling: Filling = { state, actions, random: createRandom(request.seed ?? 'sillon'), shop, from, now };
  const shelf = stockAlbums(filling);
  const buyers = inventBuyers(filling, dated);
  placeOrders(
    filling,
    shelf,
    dated.flatMap((purchase) => {
      const buyer = buyers.get(purchase.customer);
      return buyer ? [{ purchase, buyer }] : [];
    }),
  );
  const store = state.shop(shop);
  return {
    shop,
    storefront: `${state.baseUrl}/shop/${store.record.handle}`,
    products: store.products.size,
    customers: store.customers.size,
    orders: store.orders.size,
  };
}
