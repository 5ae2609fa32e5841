/** Sample data for previews: a made-up shopper and made-up products, named as such. Called by the admin's preview and by tests. */

import type { Language } from '../lib/language';
import { type Brand, defaultBrand } from './brand';
import { formatMoney } from './format';
import type { EmailValues, ItemValues, ProductValues } from './values';

const SHOP = 'https://shop.example';

/** Stands where a shopper's own code will. */
export const SAMPLE_CODE = 'MERCI-7K2P';

const PRODUCTS = [
  { handle: 'fig-candle', picture: 'candle-1', fr: 'Bougie Figuier', en: 'Fig Candle', price: '29.00', was: null },
  {
    handle: 'linen-throw',
    picture: 'blanket-2',
    fr: 'Plaid en lin lavé',
    en: 'Washed Linen Throw',
    price: '79.00',
    was: '95.00',
  },
  { handle: 'stoneware-cup', picture: 'cup-3', fr: 'Tasse en grès', en: 'Stoneware Cup', price: '18.50', was: null },
  { handle: 'olive-soap', picture: 'soap-4', fr: 'Savon à l’olive', en: 'Olive Oil Soap', price: '9.00', was: null },
] as const;

function money(amount: string, language: Language): string {
  return formatMoney({ amount, currency: 'EUR', locale: language === 'fr' ? 'fr-FR' : 'en-IE' });
}

function madeUpProducts(language: Language, pictures: string | undefined): ProductValues[] {
  return PRODUCTS.map((product) => ({
    title: product[language],
    url: `${SHOP}/products/${product.handle}`,
    imageUrl: pictures === undefined ? null : `${pictures}/${product.picture}.png`,
    price: money(product.price, language),
    compareAtPrice: product.was === null ? null : money(product.was, language),
  }));
}

function items(products: readonly ProductValues[], language: Language): ItemValues[] {
  const variant = { fr: 'Grand format', en: 'Large' }[language];
  return products.slice(0, 2).map((product, index) => ({
    ...product,
    variantTitle: index === 0 ? variant : null,
    quantity: 1,
    lowStock: index === 0 ? 3 : null,
    unavailable: false,
  }));
}

export interface SampleOptions {
  withCode?: boolean;
  boughtAtCheckout?: boolean;
  /** Real products of the shop in place of the made-up ones. */
  products?: readonly ProductValues[];
  /** Address under which the made-up products' pictures lie; without it they have none. */
  pictures?: string;
}

/** One made-up recipient with everything an e-mail can show. */
export function sampleValues(language: Language, options: SampleOptions = {}): EmailValues {
  const products = options.products ?? madeUpProducts(language, options.pictures);
  return {
    firstName: 'Camille',
    items: items(products, language),
    total: money('108.00', language),
    checkoutUrl: `${SHOP}/checkouts/sample/recover?key=sample`,
    mostBought: products,
    recommended: products.toReversed(),
    code: options.withCode
      ? {
          code: SAMPLE_CODE,
          description: { fr: '10\u00a0% de réduction', en: '10% off' }[language],
          endsOn: { fr: '30 novembre', en: 'November 30' }[language],
        }
      : null,
    boughtAtCheckout: options.boughtAtCheckout ?? false,
    ground: 'subscribed',
    links: {
      unsubscribe: `${SHOP}/unsubscribe/sample`,
      preferences: `${SHOP}/preferences/sample`,
      store: `${SHOP}/`,
    },
    linkQuery: 'utm_source=relance&utm_medium=email',
  };
}

export function sampleBrand(): Brand {
  return defaultBrand({
    name: 'Maison Tilleul',
    storeUrl: `${SHOP}/`,
    postalAddress: '12 rue des Tilleuls\n69004 Lyon\nFrance',
  });
}
