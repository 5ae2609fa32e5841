/** Money, days and what a code gives, as a shopper reads them. Called by the pipeline when it fills `EmailValues`. */
import type { Offer } from '../domain/offer';
import type { Language } from '../lib/language';

interface MoneyFormat {
  format: Intl.NumberFormat;
  /** Amounts as they were written: prices of a catalogue come again with every e-mail. */
  written: Map<string, string>;
}

const moneyFormats = new Map<string, MoneyFormat>();
const MOST_WRITTEN = 2000;

function moneyFormat(locale: string, currency: string): MoneyFormat {
  const key = `${locale} ${currency}`;
  let format = moneyFormats.get(key);
  if (!format) {
    format = { format: new Intl.NumberFormat(locale, { style: 'currency', currency }), written: new Map() };
    moneyFormats.set(key, format);
  }
  return format;
}

// Some mail fonts have no narrow no-break space and draw a box.
const withCommonSpaces = (text: string) => text.replaceAll('\u202f', '\u00a0');

function isDecimal(amount: string): amount is `${number}` {
  return /^-?\d+(\.\d+)?$/.test(amount);
}

/**
 * An amount with its currency, in as many decimals as that currency has (none in yen, three in dinar).
 * @param amount decimal string as Shopify gives it (`"29.9"`); it never passes through a float.
 * @param locale BCP 47, e.g. `fr-FR`; an unknown one falls back to English.
 */
export function formatMoney(money: { amount: string; currency: string; locale: string }): string {
  const { amount, currency } = money;
  if (!isDecimal(amount) || !/^[A-Za-z]{3}$/.test(currency)) return `${amount} ${currency}`.trim();
  const { format, written } = moneyFormat(knownLocale(money.locale), currency.toUpperCase());
  const known = written.get(amount);
  if (known !== undefined) return known;
  if (written.size >= MOST_WRITTEN) written.clear();
  const text = withCommonSpaces(format.format(amount));
  written.set(amount, text);
  return text;
}

/** Locales as they were written, which come again with every e-mail; strangers' spellings must not fill the memory. */
const knownLocales = new Map<string, string>();
const MOST_LOCALES = 500;

function knownLocale(locale: string): string {
  const known = knownLocales.get(locale);
  if (known !== undefined) return known;
  if (knownLocales.size >= MOST_LOCALES) knownLocales.clear();
  const found = canonicalLocale(locale);
  knownLocales.set(locale, found);
  return found;
}

function canonicalLocale(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale.replaceAll('_', '-'))[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/**
 * The locale an e-mail's numbers are written in: the shopper's own where it is of the e-mail's language, else the language as
 * spoken in the shop's country.
 */
export function formattingLocale(parts: { language: Language; locale: string | null; country: string | null }): string {
  const own = knownLocale(parts.locale ?? '');
  if (parts.locale && own.toLowerCase().split('-')[0] === parts.language) return own;
  return knownLocale(parts.country ? `${parts.language}-${parts.country.toUpperCase()}` : parts.language);
}

const dayFormats = new Map<string, Intl.DateTimeFormat>();

function dayFormat(locale: string, timeZone: string): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone}`;
  let format = dayFormats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone });
    if (dayFormats.size >= MOST_LOCALES) dayFormats.clear();
    dayFormats.set(key, format);
  }
  return format;
}

/** A day as `30 novembre` or `November 30`, in the time zone it is meant in. */
export function formatDay(day: { date: Date; locale: string; timeZone: string }): string {
  const locale = knownLocale(day.locale);
  const written = dayFormat(locale, day.timeZone).format(day.date);
  // French says "le premier" of the first day alone, which Intl does not know.
  return locale.startsWith('fr') ? written.replace(/^1(?= )/, '1er') : written;
}

/** The last day on which something that ends at `endsAt` still counts. */
export function formatLastDay({ endsAt, ...place }: { endsAt: Date; locale: string; timeZone: string }): string {
  return formatDay({ ...place, date: new Date(endsAt.getTime() - 1) });
}

interface OfferWords {
  percentage: (percent: number) => string;
  amount: (money: string) => string;
  freeShipping: string;
  /** Behind a reduction that is not for everything. */
  someItems: string;
  /** The order that is asked for: behind a reduction of all of it, of some items, and of its shipping. */
  minimum: Record<'all' | 'some' | 'shipping', (money: string) => string>;
}

const OFFER_WORDS: Record<Language, OfferWords> = {
  fr: {
    percentage: (percent) => `${percent}\u00a0% de réduction`,
    amount: (money) => `${money} de réduction`,
    freeShipping: 'livraison offerte',
    someItems: ' sur une sélection',
    minimum: {
      all: (money) => ` dès ${money} d’achat`,
      some: (money) => `, dès ${money} d’achat`,
      shipping: (money) => ` dès ${money} d’achat`,
    },
  },
  en: {
    percentage: (percent) => `${percent}% off`,
    amount: (money) => `${money} off`,
    freeShipping: 'free shipping',
    someItems: ' selected items',
    minimum: {
      all: (money) => ` orders of ${money} or more`,
      some: (money) => `, on orders of ${money} or more`,
      shipping: (money) => ` on orders of ${money} or more`,
    },
  },
};

/**
 * What a code gives, in words that fit inside a sentence: `10 % de réduction dès 50,00 € d’achat`, `free shipping`.
 * @param currency the shop's, in which amounts and minimums are kept
 */
export function describeOffer(parts: { offer: Offer; language: Language; currency: string; locale: string }): string {
  const { offer, language } = parts;
  if (offer.kind === 'fixed-code') return offer.description[language];
  const words = OFFER_WORDS[language];
  const money = (amount: string) => formatMoney({ amount, currency: parts.currency, locale: parts.locale });
  const minimum = offer.minimum !== null && Number(offer.minimum) > 0 ? money(offer.minimum) : null;
  const from = (what: keyof OfferWords['minimum']) => (minimum ? words.minimum[what](minimum) : '');
  if (offer.kind === 'free-shipping') return words.freeShipping + from('shipping');
  const given = offer.kind === 'percentage' ? words.percentage(offer.percent) : words.amount(money(offer.amount));
  return given + (offer.items.on === 'all' ? from('all') : words.someItems + from('some'));
}
