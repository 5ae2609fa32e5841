/** Numbers, money and dates in the reader's language and the shop's time zone, the same on the server and in the browser. */
import { createContext, useContext, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DAY, HOUR, MINUTE } from '../lib/duration';
import { type Language, languageFor } from '../lib/language';

export interface ShopFormat {
  currency: string;
  timeZone: string;
}

const OF_NO_SHOP: ShopFormat = { currency: 'USD', timeZone: 'UTC' };

export const ShopFormatContext = createContext<ShopFormat>(OF_NO_SHOP);

/** Found once a page: a list of forty cards would look for it forty times. */
const FormatContext = createContext<Format | null>(null);

/** Around the admin, by its layout. */
export function ShopFormatProvider({ shop, children }: { shop: ShopFormat; children: React.ReactNode }) {
  return (
    <ShopFormatContext.Provider value={shop}>
      <FormatContext.Provider value={useMadeFormat(shop)}>{children}</FormatContext.Provider>
    </ShopFormatContext.Provider>
  );
}

export interface Format {
  language: Language;
  /** An amount in the shop's currency; decimal string as Postgres gives it. */
  money(amount: string): string;
  number(value: number): string;
  /** A share from 0 to 1. */
  percent(share: number): string;
  day(at: string | Date): string;
  /** A day of the calendar, `YYYY-MM-DD`. */
  calendarDay(day: string): string;
  /** The same without its year, short: for an axis. */
  shortDay(day: string): string;
  dayAndTime(at: string | Date): string;
  /** The time of day of a moment. */
  time(at: string | Date): string;
  /** Minutes after midnight. */
  timeOfDay(minute: number): string;
  country(code: string): string;
  /** Words one after the other: "logo, colors and fonts". */
  list(words: readonly string[]): string;
  /** A length of time as one that lies behind: "10 minutes ago". */
  ago(ms: number): string;
}

/** @throws Error outside of a `ShopFormatProvider` */
export function useFormat(): Format {
  const format = useContext(FormatContext);
  if (!format) throw new Error('There is no ShopFormatProvider around this.');
  return format;
}

function useMadeFormat({ currency, timeZone }: ShopFormat): Format {
  const { i18n } = useTranslation();
  const language = languageFor(i18n.language);
  return useMemo(() => formatOf(language, { currency, timeZone }), [language, currency, timeZone]);
}

/** A dozen of Intl's formats take a millisecond to make, with every page of a shop. Few shops differ in all three. */
const MOST_KEPT = 100;
const kept = new Map<string, Format>();

function formatOf(language: Language, shop: ShopFormat): Format {
  const key = [language, shop.currency, shop.timeZone].join(' ');
  const known = kept.get(key);
  if (known) return known;
  if (kept.size >= MOST_KEPT) kept.clear();
  const format = makeFormat(language, shop);
  kept.set(key, format);
  return format;
}

const UNITS = [
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute'],
] as const;

function makeFormat(language: Language, { currency, timeZone }: ShopFormat): Format {
  const locale = language === 'fr' ? 'fr-FR' : 'en-US';
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const inFull = { day: 'numeric', month: 'long', year: 'numeric' } as const;
  const day = new Intl.DateTimeFormat(locale, { timeZone, ...inFull });
  const calendarDay = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...inFull });
  const shortDay = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short' });
  const dayAndTime = new Intl.DateTimeFormat(locale, {
    timeZone,
    day: 'numeric',
    month: 'long',
    hour: language === 'fr' ? '2-digit' : 'numeric',
    minute: '2-digit',
  });
  const time = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    hour: 'numeric',
    ...(language === 'fr' ? { minute: '2-digit' } : {}),
  });
  const ago = new Intl.RelativeTimeFormat(locale);
  const timeOfMoment = new Intl.DateTimeFormat(locale, {
    timeZone,
    hour: language === 'fr' ? '2-digit' : 'numeric',
    minute: '2-digit',
  });
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  const countries = new Intl.DisplayNames(locale, { type: 'region' });
  return {
    language,
    money: (amount) => money.format(Number(amount)),
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
    day: (at) => day.format(new Date(at)),
    calendarDay: (date) => calendarDay.format(new Date(`${date}T00:00:00Z`)),
    shortDay: (date) => shortDay.format(new Date(`${date}T00:00:00Z`)),
    dayAndTime: (at) => dayAndTime.format(new Date(at)),
    time: (at) => timeOfMoment.format(new Date(at)),
    timeOfDay: (minute) => time.format(new Date(minute * 60_000)),
    country: (code) => countries.of(code) ?? code,
    list: (words) => lists.format(words),
    ago: (ms) => {
      const [length, unit] = UNITS.find(([least]) => ms >= least) ?? [MINUTE, 'minute'];
      return ago.format(-Math.floor(ms / length), unit);
    },
  };
}
