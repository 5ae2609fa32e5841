/** Money and days as a shopper reads them. Called by the pipeline when it fills `EmailValues`. */
import type { Language } from '../lib/language';

const moneyFormats = new Map<string, Intl.NumberFormat>();

function moneyFormat(locale: string, currency: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  let format = moneyFormats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale, { style: 'currency', currency });
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
  return withCommonSpaces(moneyFormat(knownLocale(money.locale), currency.toUpperCase()).format(amount));
}

function knownLocale(locale: string): string {
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

/** A day as `30 novembre` or `November 30`, in the time zone it is meant in. */
export function formatDay(day: { date: Date; locale: string; timeZone: string }): string {
  return new Intl.DateTimeFormat(knownLocale(day.locale), {
    day: 'numeric',
    month: 'long',
    timeZone: day.timeZone,
  }).format(day.date);
}
