/** How a discount of ours is called in the owner's list of discounts in Shopify; shoppers do not see it. */
import { type MadeOffer, minimumOf } from '../../domain/offer';
import type { ScenarioKey } from '../../domain/scenario';
import { formatMoney } from '../../emails/format';
import { type Language, languageFor } from '../../lib/language';

interface Titled {
  scenario: ScenarioKey;
  offer: MadeOffer;
  /** `YYYY-MM-DD` */
  endDay: string;
  shop: { currency: string; locale: string };
}

interface Words {
  scenarios: Record<ScenarioKey, string>;
  percent: (percent: number) => string;
  freeShipping: string;
  minimum: (amount: string) => string;
  products: (count: number) => string;
  collections: (count: number) => string;
  until: (day: string) => string;
}

const WORDS: Record<Language, Words> = {
  en: {
    scenarios: {
      welcome: 'Welcome',
      'abandoned-checkout': 'Abandoned cart',
      birthday: 'Birthday',
      'win-back': 'Win-back',
      vip: 'VIP',
    },
    percent: (percent) => `${percent}%`,
    freeShipping: 'Free shipping',
    minimum: (amount) => `from ${amount}`,
    products: (count) => (count === 1 ? '1 product' : `${count} products`),
    collections: (count) => (count === 1 ? '1 collection' : `${count} collections`),
    until: (day) => `until ${day}`,
  },
  fr: {
    scenarios: {
      welcome: 'Bienvenue',
      'abandoned-checkout': 'Panier abandonné',
      birthday: 'Anniversaire',
      'win-back': 'Reconquête',
      vip: 'VIP',
    },
    percent: (percent) => `${percent} %`,
    freeShipping: 'Livraison offerte',
    minimum: (amount) => `dès ${amount}`,
    products: (count) => (count === 1 ? '1 produit' : `${count} produits`),
    collections: (count) => (count === 1 ? '1 collection' : `${count} collections`),
    until: (day) => `jusqu’au ${day}`,
  },
};

/** E.g. `Relance · Birthday · 10% · from €50.00 · until 2026-12-06`. */
export function discountTitle({ scenario, offer, endDay, shop }: Titled): string {
  const words = WORDS[languageFor(shop.locale)];
  const money = (amount: string) => formatMoney({ amount, currency: shop.currency, locale: shop.locale });
  const value =
    offer.kind === 'percentage'
      ? words.percent(offer.percent)
      : offer.kind === 'amount'
        ? money(offer.amount)
        : words.freeShipping;
  const items = offer.kind === 'free-shipping' ? { on: 'all' as const } : offer.items;
  const minimum = minimumOf(offer);
  const limits = [
    ...(items.on === 'all' ? [] : [words[items.on](items.items.length)]),
    ...(minimum === null ? [] : [words.minimum(money(minimum))]),
  ];
  return ['Relance', words.scenarios[scenario], value, ...limits, words.until(endDay)].join(' · ');
}
