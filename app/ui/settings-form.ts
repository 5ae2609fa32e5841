/** The settings as their form holds them, all text, and the way there and back. Used by the settings page. */
import { type BirthDateSource, isSameSource, STANDARD_BIRTH_DATE } from '../domain/birth-date-source';
import type { CheckoutRule } from '../domain/checkout-rule';
import type { LeftOutSegment, PostalAddress, ShopSettings } from '../domain/shop';
import type { Language } from '../lib/language';
import type { MinuteOfDay } from '../lib/time-zone';

/** Shopify's own metafield, another one, or a tag. */
export const BIRTH_DATE_PLACES = ['standard', 'metafield', 'tag'] as const;

export interface SettingsForm {
  senderName: string;
  senderEmail: string;
  replyTo: string;
  address: PostalAddress;
  /** `HH:MM`. */
  quietFrom: string;
  quietTo: string;
  maxIn7Days: string;
  gapHours: string;
  /** Separated by commas. */
  leftOutTags: string;
  leftOutSegments: LeftOutSegment[];
  checkoutGround: 'subscribed' | 'left-address';
  /** Only where the owner is stricter. */
  checkoutCountries: Record<string, CheckoutRule>;
  confirmedOnly: boolean;
  attributionDays: string;
  birthDatesIn: (typeof BIRTH_DATE_PLACES)[number];
  /** `namespace.key`, used where they are in a metafield of the store's own. */
  birthDateKey: string;
  /** What a tag begins with, used where they are in one. */
  birthDatePrefix: string;
  languages: Language[];
  /** Null: the store's own. */
  fallbackLanguage: Language | null;
}

export const NO_ADDRESS: PostalAddress = {
  company: '',
  line1: '',
  line2: '',
  postalCode: '',
  city: '',
  region: '',
  country: '',
};

const two = (number: number) => String(number).padStart(2, '0');
const toTime = (minute: MinuteOfDay) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;

/** @returns null for what is no time of day, which the server refuses with the reason */
function toMinute(time: string): MinuteOfDay | null {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(time) ?? [];
  return hours && minutes ? Number(hours) * 60 + Number(minutes) : null;
}

/** @returns null for what is no whole number, which the server refuses with the reason */
function toNumber(text: string): number | null {
  return /^\d+$/.test(text.trim()) ? Number(text.trim()) : null;
}

/** @param shopAddress the one from Shopify, shown until the owner writes another */
export function toForm(settings: ShopSettings, shopAddress: PostalAddress | null): SettingsForm {
  return {
    senderName: settings.senderName ?? '',
    senderEmail: settings.senderEmail ?? '',
    replyTo: settings.replyTo ?? '',
    address: settings.address ?? shopAddress ?? NO_ADDRESS,
    quietFrom: toTime(settings.quietHours.from),
    quietTo: toTime(settings.quietHours.to),
    maxIn7Days: String(settings.frequency.maxIn7Days),
    gapHours: String(settings.frequency.gapHours),
    leftOutTags: settings.leftOutTags.join(', '),
    leftOutSegments: settings.leftOutSegments,
    checkoutGround: settings.checkoutGround,
    checkoutCountries: settings.checkoutCountries,
    confirmedOnly: settings.confirmedOnly,
    attributionDays: String(settings.attributionDays),
    ...birthDateFields(settings.birthDateFrom),
    languages: settings.languages.use,
    fallbackLanguage: settings.languages.fallback,
  };
}

/** What travels to the server, in the shape of `ShopSettings` without its brand; wrong fields travel as they are and are refused there. */
export function fromForm(form: SettingsForm, shopAddress: PostalAddress | null) {
  return {
    senderName: form.senderName,
    senderEmail: form.senderEmail,
    replyTo: form.replyTo,
    address: ownAddress(form.address, shopAddress),
    quietHours: { from: toMinute(form.quietFrom), to: toMinute(form.quietTo) },
    frequency: { gapHours: toNumber(form.gapHours), maxIn7Days: toNumber(form.maxIn7Days) },
    leftOutTags: form.leftOutTags
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean),
    leftOutSegments: form.leftOutSegments,
    checkoutGround: form.checkoutGround,
    checkoutCountries: form.checkoutCountries,
    confirmedOnly: form.confirmedOnly,
    attributionDays: toNumber(form.attributionDays),
    birthDateFrom: birthDateSource(form),
    languages: { use: form.languages, fallback: form.fallbackLanguage },
  };
}

/** What was changed alone: whatever else was saved since the page was opened stays. */
export function changesOf(form: SettingsForm, saved: SettingsForm, shopAddress: PostalAddress | null) {
  const before = new Map(Object.entries(fromForm(saved, shopAddress)));
  const isChanged = ([name, value]: [string, unknown]) => JSON.stringify(value) !== JSON.stringify(before.get(name));
  return Object.fromEntries(Object.entries(fromForm(form, shopAddress)).filter(isChanged));
}

/** The form when other settings were saved meanwhile: what the owner changed stays, the rest follows. */
export function follow(form: SettingsForm, before: SettingsForm, after: SettingsForm): SettingsForm {
  const isTouched = ([name, value]: [string, unknown]) =>
    JSON.stringify(value) !== JSON.stringify(before[name as keyof SettingsForm]);
  return { ...after, ...Object.fromEntries(Object.entries(form).filter(isTouched)) };
}

function birthDateFields(
  source: BirthDateSource,
): Pick<SettingsForm, 'birthDatesIn' | 'birthDateKey' | 'birthDatePrefix'> {
  if (source.from === 'tag') return { birthDatesIn: 'tag', birthDateKey: '', birthDatePrefix: source.prefix };
  const standard = isSameSource(source, STANDARD_BIRTH_DATE);
  return {
    birthDatesIn: standard ? 'standard' : 'metafield',
    birthDateKey: standard ? '' : source.key,
    birthDatePrefix: '',
  };
}

function birthDateSource({ birthDatesIn, birthDateKey, birthDatePrefix }: SettingsForm): BirthDateSource {
  if (birthDatesIn === 'tag') return { from: 'tag', prefix: birthDatePrefix };
  return birthDatesIn === 'metafield' ? { from: 'metafield', key: birthDateKey } : STANDARD_BIRTH_DATE;
}

/** Null while the address is Shopify's own, so that a change there keeps reaching the e-mails. */
function ownAddress(address: PostalAddress, shopAddress: PostalAddress | null): PostalAddress | null {
  const fields = Object.keys(NO_ADDRESS) as (keyof PostalAddress)[];
  const like = (other: PostalAddress) => fields.every((field) => address[field].trim() === (other[field] ?? '').trim());
  return like(NO_ADDRESS) || (shopAddress && like(shopAddress)) ? null : address;
}
