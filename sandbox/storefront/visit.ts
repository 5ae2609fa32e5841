// One visitor on one page of a shop: what every storefront page is drawn from.
import type { SandboxContext } from '../http/context';
import { convert, toMinor } from '../shopify/money';
import type { ProductRecord, VariantRecord } from '../shopify/records';
import type { ShopState } from '../shopify/state';
import type { ShopSession } from './session';
import type { ShopWords } from './words';

export interface Visit {
  ctx: SandboxContext;
  shop: ShopState;
  session: ShopSession;
  words: ShopWords;
  /** `/shop/<handle>` */
  root: string;
}

/** Units of a currency for one euro; near enough for a sandbox, and the same every day. */
const RATES: Readonly<Record<string, number>> = {
  EUR: 1,
  GBP: 0.86,
  USD: 1.09,
  CHF: 0.94,
  CAD: 1.49,
  JPY: 163,
  KWD: 0.334,
};

/** Presentment units for one unit of the shop's currency. */
export function rateOf(visit: Pick<Visit, 'shop' | 'session'>): number {
  const own = RATES[visit.shop.record.currency] ?? 1;
  const wanted = RATES[visit.session.currency] ?? own;
  return Math.round((wanted / own) * 10_000) / 10_000;
}

/** An amount of the shop's currency as the visitor sees it. */
export function priceText(visit: Pick<Visit, 'shop' | 'session'>, amount: string): string {
  const { currency } = visit.session;
  const converted = convert(amount, visit.shop.record.currency, currency, rateOf(visit));
  return new Intl.NumberFormat(visit.session.language, { style: 'currency', currency }).format(Number(converted));
}

export function isForSale(variant: VariantRecord): boolean {
  return !variant.tracked || variant.inventoryPolicy === 'CONTINUE' || variant.inventoryQuantity > 0;
}

/** What the storefront shows: active and published. */
export function shownProducts(shop: ShopState): ProductRecord[] {
  return [...shop.products.values()].filter((product) => product.status === 'ACTIVE' && product.publishedAt !== null);
}

export interface CartLine {
  variant: VariantRecord;
  product: ProductRecord;
  quantity: number;
}

/** The cart's lines; what was deleted from the shop meanwhile is left out. */
export function cartLines({ shop, session }: Pick<Visit, 'shop' | 'session'>): CartLine[] {
  return [...session.cart].flatMap(([id, quantity]) => {
    const variant = shop.variants.get(id);
    const product = variant && shop.products.get(variant.productId);
    return variant && product ? [{ variant, product, quantity }] : [];
  });
}

/** Standard shipping in the shop's currency: free from 60. */
export function shippingFor(lines: readonly { price: string; quantity: number }[], currency: string): string {
  const sum = lines.reduce((minor, line) => minor + toMinor(line.price, currency) * line.quantity, 0);
  return sum === 0 || sum >= toMinor('60', currency) ? '0' : '4.90';
}
