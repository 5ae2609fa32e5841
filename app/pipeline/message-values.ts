/** Gathers what an e-mail shows one person: their cart as it is now, what sells best, their links. Used by deliver and preview alike. */

import type { CheckoutLine } from '../domain/checkout';
import type { Ground } from '../domain/consent';
import type { ScenarioKey } from '../domain/scenario';
import type { Shop } from '../domain/shop';
import { formatMoney, formattingLocale } from '../emails/format';
import type { EmailValues, ItemValues, ProductValues } from '../emails/values';
import { DAY } from '../lib/duration';
import type { Language } from '../lib/language';
import { signToken } from '../lib/signed-token';
import type { ShopScope } from '../store/scope';
import {
  type CheckoutNow,
  loadCheckoutsNow,
  loadMostBought,
  loadVariantsNow,
  type ShelfProduct,
  type VariantNow,
} from '../store/shelf';

/** Up to this many pieces the true stock is told. */
const LOW_STOCK = 5;
const SHELF_SIZE = 6;
const BEST_SELLER_DAYS = 90;

/** What the e-mails of one batch are filled from; read once, in one transaction. */
export interface Shelf {
  mostBought: ShelfProduct[];
  checkouts: Map<string, CheckoutNow>;
  variants: Map<string, VariantNow>;
}

/** Reads the shelf for these checkouts. */
export async function loadShelf(shop: ShopScope, checkoutIds: readonly string[], now: Date): Promise<Shelf> {
  const checkouts = await loadCheckoutsNow(shop, checkoutIds);
  const variantIds = [...checkouts.values()].flatMap((one) =>
    one.lines.flatMap((line) => (line.variantId ? [line.variantId] : [])),
  );
  return {
    checkouts,
    variants: await loadVariantsNow(shop, [...new Set(variantIds)]),
    mostBought: await loadMostBought(shop, {
      since: new Date(now.getTime() - BEST_SELLER_DAYS * DAY),
      most: SHELF_SIZE,
    }),
  };
}

/** A line of the checkout with its variant as it is now. */
interface LiveLine {
  line: CheckoutLine;
  now: VariantNow;
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
    mostBought: shelf.mostBought.map((product) => toProduct(shop, product, locale)),
    recommended: [],
    code: null,
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

function linkQuery({ scenario, step, messageId, links, shop }: ValuesInput): string {
  const query = new URLSearchParams({
    utm_source: 'relance',
    utm_medium: 'email',
    utm_campaign: scenario,
    utm_content: step,
  });
  if (messageId) query.set('rl', signToken(links.linkSecret, 'click', `${shop.id}:${messageId}`));
  return query.toString();
}

function toProduct(shop: Shop, product: ShelfProduct, locale: string): ProductValues {
  const money = (amount: string) => formatMoney({ amount, currency: shop.currency, locale });
  return {
    title: product.title,
    url: `${shop.url}/products/${product.handle}`,
    imageUrl: product.imageUrl,
    price: money(product.price),
    compareAtPrice: isReduced(product) && product.compareAtPrice ? money(product.compareAtPrice) : null,
  };
}

/**
 * A cart of the shop's own best sellers, for a preview of somebody who left none; null while the shop has nothing to show.
 * @param locale as for `valuesFor`
 */
export function exampleCart(shop: Shop, shelf: Shelf, locale: string): Pick<EmailValues, 'items' | 'total'> | null {
  const products = shelf.mostBought.slice(0, 2);
  if (products.length === 0) return null;
  const sum = products.reduce((all, { price }) => all + tenThousandths(price), 0n);
  return {
    items: products.map((product) => ({
      ...toProduct(shop, product, locale),
      variantTitle: null,
      quantity: 1,
      lowStock: null,
      unavailable: false,
    })),
    total: formatMoney({ amount: fromTenThousandths(sum), currency: shop.currency, locale }),
  };
}

function isReduced(product: { price: string; compareAtPrice: string | null }): boolean {
  return product.compareAtPrice !== null && Number(product.compareAtPrice) > Number(product.price);
}

/** The catalogue's price is in the shop's currency: shown where the shopper saw that one, else the price they saw. */
function priceNow(shop: Shop, checkout: CheckoutNow, { line, now }: LiveLine): string {
  return checkout.currency === shop.currency ? now.price : line.price;
}

function toItem(shop: Shop, checkout: CheckoutNow, live: LiveLine, locale: string): ItemValues {
  const { line, now } = live;
  const stock = now.inventoryQuantity;
  const sameCurrency = checkout.currency === shop.currency;
  const money = (amount: string) => formatMoney({ amount, currency: checkout.currency, locale });
  return {
    title: now.productTitle,
    variantTitle: variantName(now.variantTitle),
    url: `${shop.url}/products/${now.handle}`,
    imageUrl: now.imageUrl,
    quantity: line.quantity,
    price: money(priceNow(shop, checkout, live)),
    compareAtPrice: sameCurrency && isReduced(now) && now.compareAtPrice ? money(now.compareAtPrice) : null,
    lowStock: now.available && stock !== null && stock > 0 && stock <= LOW_STOCK ? stock : null,
    unavailable: !now.available,
  };
}

/** Shopify names the only variant of a product "Default Title"; no shopper should read that. */
function variantName(title: string | null): string | null {
  return title === 'Default Title' ? null : title;
}

/** Shopify's own total while nothing changed (it knows taxes and discounts), else the sum of what is left at today's prices. */
function totalNow(shop: Shop, checkout: CheckoutNow, lines: readonly LiveLine[]): string {
  const unchanged =
    lines.length === checkout.lines.length &&
    lines.every((live) => Number(priceNow(shop, checkout, live)) === Number(live.line.price));
  if (unchanged) return checkout.total;
  const sum = lines.reduce(
    (all, live) => all + tenThousandths(priceNow(shop, checkout, live)) * BigInt(live.line.quantity),
    0n,
  );
  return fromTenThousandths(sum);
}

/** Money as whole ten-thousandths: every currency has at most four decimals. */
function tenThousandths(amount: string): bigint {
  return BigInt(Math.round(Number(amount) * 10_000));
}

function fromTenThousandths(sum: bigint): string {
  return `${sum / 10_000n}.${String(sum % 10_000n).padStart(4, '0')}`;
}
