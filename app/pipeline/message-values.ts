/** Gathers what an e-mail shows one person: their cart as it is now, picks for them, their code and links. Used by deliver and preview alike. */

import type { Ground } from '../domain/consent';
import type { ShopperCode } from '../domain/offer';
import type { ScenarioKey } from '../domain/scenario';
import type { Shop } from '../domain/shop';
import type { Fact } from '../emails/facts';
import { describeOffer, formatLastDay, formatMoney, formattingLocale } from '../emails/format';
import type { CodeValues, EmailValues, ProductValues } from '../emails/values';
import { DAY } from '../lib/duration';
import type { Language } from '../lib/language';
import { signToken } from '../lib/signed-token';
import { loadPicks } from '../store/picks';
import type { ShopScope } from '../store/scope';
import {
  type CheckoutNow,
  loadCheckoutsNow,
  loadMostBought,
  loadVariantsNow,
  type ShelfProduct,
  type VariantNow,
} from '../store/shelf';
import { type LiveLine, toItem, toProduct, totalNow } from './product-values';

const SHELF_SIZE = 6;
const BEST_SELLER_DAYS = 90;
/** Whose e-mails show what was published in the last days first. */
const EARLY_LOOK: { scenarios: readonly ScenarioKey[]; days: number } = { scenarios: ['vip'], days: 60 };

/** What the e-mails of one batch are filled from; read once, in one transaction. */
export interface Shelf {
  mostBought: ShelfProduct[];
  checkouts: Map<string, CheckoutNow>;
  variants: Map<string, VariantNow>;
  /** By customer; `early` begins with what was just published. */
  picks: Record<'usual' | 'early', Map<string, ShelfProduct[]>>;
}

export interface ShelfInput {
  checkoutIds: readonly string[];
  /** Who gets an e-mail, and what it shows: the rest is not read. */
  shown: readonly { customerId: string; scenario: ScenarioKey; facts: readonly Fact[] }[];
  now: Date;
}

/** Reads the shelf for these checkouts and people. */
export async function loadShelf(shop: ShopScope, { checkoutIds, shown, now }: ShelfInput): Promise<Shelf> {
  const checkouts = await loadCheckoutsNow(shop, checkoutIds);
  const variantIds = [...checkouts.values()].flatMap((one) =>
    one.lines.flatMap((line) => (line.variantId ? [line.variantId] : [])),
  );
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY);
  const shelf = { since: daysAgo(BEST_SELLER_DAYS), most: SHELF_SIZE };
  const showing = (fact: Fact) => shown.filter(({ facts }) => facts.includes(fact));
  const idsOf = (early: boolean) =>
    showing('hasRecommended')
      .filter(({ scenario }) => looksEarly(scenario) === early)
      .map(({ customerId }) => customerId);
  // Asked at once: one way to Postgres and back.
  const [variants, mostBought, usual, early] = await Promise.all([
    loadVariantsNow(shop, [...new Set(variantIds)]),
    showing('hasMostBought').length > 0 ? loadMostBought(shop, shelf) : [],
    loadPicks(shop, idsOf(false), shelf),
    loadPicks(shop, idsOf(true), { ...shelf, newSince: daysAgo(EARLY_LOOK.days) }),
  ]);
  return { checkouts, variants, mostBought, picks: { usual, early } };
}

function looksEarly(scenario: ScenarioKey): boolean {
  return EARLY_LOOK.scenarios.includes(scenario);
}

/**
 * The lines that can still be shown: a product that was deleted or unpublished since is gone. Asked again, Shopify names
 * no product for a line whose product it deleted, so a line without one is gone too.
 */
export function liveLines(shelf: Shelf, checkoutId: string | undefined): LiveLine[] {
  const checkout = checkoutId === undefined ? undefined : shelf.checkouts.get(checkoutId);
  return (checkout?.lines ?? []).flatMap((line): LiveLine[] => {
    const now = line.variantId === null ? undefined : shelf.variants.get(line.variantId);
    return now ? [{ line, now }] : [];
  });
}

export interface Links {
  appUrl: string;
  linkSecret: string;
}

export interface Person {
  id: string;
  firstName: string | null;
  locale: string | null;
}

export interface ValuesInput {
  shop: Shop;
  shelf: Shelf;
  links: Links;
  person: Person;
  scenario: ScenarioKey;
  step: string;
  /** Null in a preview: clicks in it count for nobody. */
  messageId: string | null;
  checkoutId: string | undefined;
  boughtAtCheckout: boolean;
  /** Theirs to show: neither used nor ended. */
  code: ShopperCode | null;
  ground: Ground;
  language: Language;
}

/** The view model of one e-mail to one person. */
export function valuesFor(input: ValuesInput): EmailValues {
  const { shop, shelf, person, language } = input;
  const checkout = input.checkoutId === undefined ? undefined : shelf.checkouts.get(input.checkoutId);
  const locale = formattingLocale({
    language,
    locale: person.locale ?? checkout?.locale ?? null,
    country: shop.country,
  });
  const lines = liveLines(shelf, input.checkoutId);
  return {
    firstName: person.firstName?.trim() || null,
    items: checkout ? lines.map((line) => toItem(shop, checkout, line, locale)) : [],
    total: checkout
      ? formatMoney({ amount: totalNow(shop, checkout, lines), currency: checkout.currency, locale })
      : null,
    checkoutUrl: checkout?.recoveryUrl ?? null,
    mostBought: shownList(shop, shelf.mostBought, locale),
    recommended: (shelf.picks[looksEarly(input.scenario) ? 'early' : 'usual'].get(person.id) ?? []).map((product) =>
      shown(shop, product, locale),
    ),
    code: input.code && toCode(shop, input.code, { language, locale }),
    boughtAtCheckout: input.boughtAtCheckout,
    ground: input.ground,
    // A preview or a test must not hold the key to somebody's consent.
    links: {
      ...preferenceLinks(input.links, shop.id, input.messageId === null ? SAMPLE_PERSON : person.id),
      store: shop.url,
    },
    linkQuery: linkQuery(input),
  };
}

/** Each product of a shelf in each locale, once: a batch shows the same few to everybody. A shelf is read for one shop. */
const shownProducts = new WeakMap<ShelfProduct, Map<string, ProductValues>>();

function shown(shop: Shop, product: ShelfProduct, locale: string): ProductValues {
  return once(shownProducts, product, locale, () => toProduct(shop, product, locale));
}

/** The same for lists: one that everybody sees is one to the e-mails too. */
const shownLists = new WeakMap<readonly ShelfProduct[], Map<string, ProductValues[]>>();

function shownList(shop: Shop, products: readonly ShelfProduct[], locale: string): ProductValues[] {
  return once(shownLists, products, locale, () => products.map((product) => shown(shop, product, locale)));
}

function once<K extends object, V>(kept: WeakMap<K, Map<string, V>>, of: K, locale: string, make: () => V): V {
  const known = kept.get(of) ?? new Map<string, V>();
  kept.set(of, known);
  const value = known.get(locale) ?? make();
  known.set(locale, value);
  return value;
}

function toCode(
  shop: Shop,
  { code, offer, endsAt }: ShopperCode,
  words: { language: Language; locale: string },
): CodeValues {
  return {
    code,
    description: describeOffer({ offer, currency: shop.currency, ...words }),
    endsOn: endsAt && formatLastDay({ endsAt, locale: words.locale, timeZone: shop.timeZone }),
  };
}

/** Whom the links of previews and tests belong to: nobody. Their pages open, and change nothing. */
export const SAMPLE_PERSON = 'sample';

/** The links no login stands before: they work for ever. */
export function preferenceLinks(
  { appUrl, linkSecret }: Links,
  shopId: number,
  customerId: string,
): { unsubscribe: string; preferences: string } {
  const token = signToken(linkSecret, 'preferences', `${shopId}:${customerId}`);
  return { unsubscribe: `${appUrl}/unsubscribe/${token}`, preferences: `${appUrl}/preferences/${token}` };
}

/** A token is letters, digits, `-`, `_` and a dot: as it stands in a query already. */
function linkQuery({ scenario, step, messageId, links, shop }: ValuesInput): string {
  const campaign = campaignQuery(scenario, step);
  return messageId ? `${campaign}&rl=${signToken(links.linkSecret, 'click', `${shop.id}:${messageId}`)}` : campaign;
}

/** The same for everybody an e-mail goes to. */
const campaigns = new Map<string, string>();

function campaignQuery(scenario: ScenarioKey, step: string): string {
  const key = `${scenario} ${step}`;
  const known = campaigns.get(key);
  if (known !== undefined) return known;
  const query = { utm_source: 'relance', utm_medium: 'email', utm_campaign: scenario, utm_content: step };
  const made = new URLSearchParams(query).toString();
  campaigns.set(key, made);
  return made;
}
