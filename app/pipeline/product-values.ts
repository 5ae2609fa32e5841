/** Products and cart lines as an e-mail shows them: prices in words, pictures square, the stock when it is low. Called by message-values and preview. */
import type { CheckoutLine } from '../domain/checkout';
import type { Shop } from '../domain/shop';
import { formatMoney } from '../emails/format';
import { squarePicture } from '../emails/picture';
import type { EmailValues, ItemValues, ProductValues } from '../emails/values';
import type { CheckoutNow, ShelfProduct, VariantNow } from '../store/shelf';

/** Up to this many pieces the true stock is told. */
const LOW_STOCK = 5;

/** A line of the checkout with its variant as it is now. */
export interface LiveLine {
  line: CheckoutLine;
  now: VariantNow;
}

/** A product of the shelf as shown; prices are in the shop's currency. */
export function toProduct(shop: Shop, product: ShelfProduct, locale: string): ProductValues {
  const money = (amount: string) => formatMoney({ amount, currency: shop.currency, locale });
  return {
    title: product.title,
    url: `${shop.url}/products/${product.handle}`,
    imageUrl: squarePicture(product.imageUrl),
    price: money(product.price),
    compareAtPrice: isReduced(product) && product.compareAtPrice ? money(product.compareAtPrice) : null,
  };
}

/**
 * A cart of the shop's own best sellers, for a preview of somebody who left none; null while the shop has nothing to show.
 * @param locale as for `valuesFor`
 */
export function exampleCart(
  shop: Shop,
  mostBought: readonly ShelfProduct[],
  locale: string,
): Pick<EmailValues, 'items' | 'total'> | null {
  const products = mostBought.slice(0, 2);
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

/** A line of the cart as shown, in the currency the shopper saw. */
export function toItem(shop: Shop, checkout: CheckoutNow, live: LiveLine, locale: string): ItemValues {
  const { line, now } = live;
  const stock = now.inventoryQuantity;
  const sameCurrency = checkout.currency === shop.currency;
  const money = (amount: string) => formatMoney({ amount, currency: checkout.currency, locale });
  return {
    title: now.productTitle,
    variantTitle: variantName(now.variantTitle),
    url: `${shop.url}/products/${now.handle}`,
    imageUrl: squarePicture(now.imageUrl),
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
export function totalNow(shop: Shop, checkout: CheckoutNow, lines: readonly LiveLine[]): string {
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
