/** A shop as decisions see it: where it is, what the owner set, and whether anything may go out at all. */
import { LANGUAGES, type Language, languageFor, writtenAs } from '../lib/language';
import type { MinuteOfDay } from '../lib/time-zone';
import { type BirthDateReading, type BirthDateSource, STANDARD_BIRTH_DATE } from './birth-date-source';
import { type BrandSettings, type FoundBrand, NO_BRAND_SETTINGS } from './brand';
import type { CheckoutRule } from './checkout-rule';
import type { Pace } from './mail-pace';

export interface PostalAddress {
  company: string;
  line1: string;
  line2: string;
  postalCode: string;
  city: string;
  region: string;
  country: string;
}

export interface LeftOutSegment {
  id: string;
  name: string;
}

export interface EmailLanguages {
  /** At least one; a shopper who reads another gets the fallback. */
  use: Language[];
  /** Null: the store's own language. */
  fallback: Language | null;
}

/** What the owner set for the whole shop. Defaults stand in `DEFAULT_SHOP_SETTINGS`. */
export interface ShopSettings {
  /** The name recipients see. Null: the shop's own name. */
  senderName: string | null;
  /** Null: the operator's shared sender. */
  senderEmail: string | null;
  replyTo: string | null;
  address: PostalAddress | null;
  quietHours: { from: MinuteOfDay; to: MinuteOfDay };
  frequency: { gapHours: number; maxIn7Days: number };
  /** Customers with one of these tags get nothing. */
  leftOutTags: string[];
  /** Shopify customer segments (their gids) whose members get nothing; the names are for people to read. */
  leftOutSegments: LeftOutSegment[];
  /** Whether checkout reminders go to everyone who left an address, where the country table allows it. */
  checkoutGround: 'subscribed' | 'left-address';
  /** By country (ISO 3166-1 alpha-2, or `ELSEWHERE`) where the owner is stricter than the country table. */
  checkoutCountries: Record<string, CheckoutRule>;
  /** Whether only those are written to as subscribers who confirmed it (double opt-in). */
  confirmedOnly: boolean;
  attributionDays: number;
  /** Where birth dates are read, besides Shopify's own metafield. */
  birthDateFrom: BirthDateSource;
  languages: EmailLanguages;
  brand: BrandSettings;
}

export const DEFAULT_SHOP_SETTINGS: ShopSettings = {
  senderName: null,
  senderEmail: null,
  replyTo: null,
  address: null,
  quietHours: { from: 21 * 60, to: 8 * 60 },
  frequency: { gapHours: 16, maxIn7Days: 3 },
  leftOutTags: [],
  leftOutSegments: [],
  checkoutGround: 'subscribed',
  checkoutCountries: {},
  confirmedOnly: false,
  attributionDays: 5,
  birthDateFrom: STANDARD_BIRTH_DATE,
  languages: { use: [...LANGUAGES], fallback: null },
  brand: NO_BRAND_SETTINGS,
};

export interface Shop {
  id: number;
  domain: string;
  name: string;
  email: string | null;
  currency: string;
  timeZone: string;
  country: string | null;
  locale: string;
  url: string;
  address: PostalAddress | null;
  installedAt: Date | null;
  uninstalledAt: Date | null;
  pausedAt: Date | null;
  pace: Pace;
  /** Its own sender is not used for now: its domain is no longer proven. */
  senderHeld?: boolean;
  ordersKnownUntil: Date | null;
  /** What the store's theme says of its look; null until it was looked at. */
  foundBrand: FoundBrand | null;
  settings: ShopSettings;
}

/** The first of these tags that leaves its customer out, as the customer has it; null when none does. */
export function leftOutTag({ leftOutTags }: Pick<ShopSettings, 'leftOutTags'>, tags: readonly string[]): string | null {
  const outside = new Set(leftOutTags.map((tag) => tag.toLowerCase()));
  return tags.find((tag) => outside.has(tag.toLowerCase())) ?? null;
}

/**
 * The language of an e-mail or of the preference page: the shopper's own where the shop writes in it, else the shop's fallback.
 * @param locales of the shopper, most wanted first
 */
export function shopperLanguage(
  shop: Pick<Shop, 'locale'> & { settings: Pick<ShopSettings, 'languages'> },
  ...locales: readonly (string | null | undefined)[]
): Language {
  const { use, fallback } = shop.settings.languages;
  for (const locale of locales) {
    const language = writtenAs(locale);
    if (language && use.includes(language)) return language;
  }
  const otherwise = fallback ?? languageFor(shop.locale);
  return use.includes(otherwise) ? otherwise : (use[0] ?? otherwise);
}

/** How this shop's birth dates are read. */
export function birthDateReading({ country, settings }: Pick<Shop, 'country' | 'settings'>): BirthDateReading {
  return { source: settings.birthDateFrom, country };
}
