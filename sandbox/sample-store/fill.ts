// Fills a shop with a believable past: products, people, eighteen months of orders, open checkouts. Called by the control API, the demo and tests.
import { SandboxRefusal } from '../http/refusal';
import type { ShopActions } from '../shopify/actions';
import type { ShopifyState } from '../shopify/state';
import { leaveCheckouts } from './checkouts';
import { inventPeople } from './customers';
import { writeOrders } from './orders';
import { countStock, stockShelves } from './products';
import { createRandom, type Random } from './random';
import { MAISON_LUNE_THEME } from './theme';

export interface SampleCounts {
  /** From the catalogue's 63; a gift card, a draft and an archived product come on top. */
  products: number;
  customers: number;
  openCheckouts: number;
  /** How far back orders go. */
  months: number;
}

export const USUAL_COUNTS: SampleCounts = { products: 63, customers: 1200, openCheckouts: 40, months: 18 };

export interface SampleRequest {
  state: ShopifyState;
  actions: ShopActions;
  /** Handle or domain; the shop is opened when there is none. */
  shop: string;
  seed?: string | undefined;
  counts?: Partial<SampleCounts> | undefined;
  /** Business time, milliseconds. */
  now: number;
}

/** What the parts of the sample store share. */
export interface Filling {
  state: ShopifyState;
  actions: ShopActions;
  random: Random;
  shop: string;
  /** Start of the past, milliseconds. */
  from: number;
  now: number;
}

export interface SampleResult {
  shop: string;
  products: number;
  customers: number;
  orders: number;
  openCheckouts: number;
}

/** The segments the merchant has made: staff, trade customers, the best, and the store's own addresses. */
function nameSegments({ actions, shop, from }: Filling): void {
  const segments = [
    ['Équipe', "customer_tags CONTAINS 'equipe'"],
    ['Clients professionnels', "customer_tags CONTAINS 'professionnel'"],
    ['Plus de 500 € dépensés', 'amount_spent >= 500'],
    ['Adresses de la maison', "customer_email_domain = 'maison-lune.example'"],
  ] as const;
  for (const [name, query] of segments) actions.createSegment(shop, { name, query }, { at: new Date(from) });
}

const MONTH = 30.44 * 86_400_000;

function openShop({ state, actions, shop }: SampleRequest, at: number): string {
  const known = state.findShop(shop);
  if (known) {
    if (known.products.size > 0)
      throw new SandboxRefusal(`${known.domain} has products already; take an empty shop.`, 409);
    return known.domain;
  }
  const record = actions.createShop(
    {
      handle: shop,
      name: 'Maison Lune',
      email: 'bonjour@maison-lune.example',
      ownerName: 'Hélène Lemaître',
      currency: 'EUR',
      presentmentCurrencies: ['EUR', 'GBP', 'USD', 'CHF'],
      timezone: 'Europe/Paris',
      locale: 'fr',
      otherLocales: ['en'],
      address: {
        company: 'Maison Lune SARL',
        address1: '8 rue des Petites-Écuries',
        zip: '75010',
        city: 'Paris',
        countryCode: 'FR',
        phone: '+33142460800',
      },
    },
    { at: new Date(at), quiet: true },
  );
  return record.domain;
}

/**
 * Fills the shop through the ordinary verbs, dated back and without webhooks: this is history from before any install.
 * The same seed, counts and time give the same store (tokens apart). About a second for the usual 1,200 customers.
 */
export function fillSampleStore(request: SampleRequest): SampleResult {
  const { state, actions, now } = request;
  const counts = { ...USUAL_COUNTS, ...request.counts };
  const from = now - counts.months * MONTH;
  const shop = openShop(request, from - 2 * MONTH);
  const random = createRandom(request.seed ?? 'maison-lune');
  const filling: Filling = { state, actions, random, shop, from, now };
  const shelf = stockShelves(filling, counts.products);
  const people = inventPeople(filling, counts.customers);
  if (shelf.length > 0) {
    writeOrders(filling, shelf, people);
    leaveCheckouts(filling, shelf, people, counts.openCheckouts);
    countStock(filling, shelf);
  }
  nameSegments(filling);
  const store = state.shop(shop);
  if (!store.record.theme) actions.publishTheme(shop, MAISON_LUNE_THEME, { at: new Date(from) });
  return {
    shop,
    products: store.products.size,
    customers: store.customers.size,
    orders: store.orders.size,
    openCheckouts: [...store.checkouts.values()].filter((checkout) => !checkout.completedAt).length,
  };
}
