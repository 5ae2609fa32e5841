// The small pieces all webhook payloads share: exact big numbers, zoned times, money sets, addresses.
import { convert } from '../../money';
import type { AddressRecord, MoneyContext } from '../../records';
import type { ShopState } from '../../state';

type RawJson = { readonly rawJSON: string };
const { rawJSON } = JSON as unknown as { rawJSON(text: string): RawJson };

/** An id as a bare JSON number with all its digits, also beyond 2^53. */
export function restNumber(id: string): RawJson {
  return rawJSON(id);
}

export function restNumberOrNull(id: string | null): RawJson | null {
  return id === null ? null : rawJSON(id);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** "2026-11-22T08:30:00Z" → "2026-11-22T09:30:00+01:00" for Europe/Paris, as webhook payloads write times. */
export function zoned(iso: string, timezone: string): string;
export function zoned(iso: string | null, timezone: string): string | null;
export function zoned(iso: string | null, timezone: string): string | null {
  if (iso === null) return null;
  let formatter = formatters.get(timezone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      timeZoneName: 'longOffset',
    });
    formatters.set(timezone, formatter);
  }
  const part = Object.fromEntries(formatter.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]));
  const offset = part.timeZoneName === 'GMT' ? '+00:00' : (part.timeZoneName ?? '').replace('GMT', '');
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}${offset}`;
}

/** The same amount in the shop's and the shopper's currency. */
export function moneySet(amount: string, money: MoneyContext) {
  const { currency, presentmentCurrency, presentmentRate } = money;
  return {
    shop_money: { amount, currency_code: currency },
    presentment_money: {
      amount: convert(amount, currency, presentmentCurrency, presentmentRate),
      currency_code: presentmentCurrency,
    },
  };
}

export function presented(amount: string, money: MoneyContext): string {
  return convert(amount, money.currency, money.presentmentCurrency, money.presentmentRate);
}

export function countryName(code: string): string {
  return new Intl.DisplayNames(['en'], { type: 'region' }).of(code) ?? code;
}

/** Every sandbox shop has one location, numbered as the shop. */
export function locationOf(shop: ShopState): string {
  return shop.record.id;
}

/** The member of staff who does what the merchant does. */
export const staffId = '90254163501';

export function fullName(first: string | null, last: string | null): string {
  return [first, last].filter(Boolean).join(' ');
}

/** Shipping and billing addresses of orders and checkouts. */
export function saleAddress(address: AddressRecord | null) {
  if (!address) return null;
  return {
    first_name: address.firstName,
    address1: address.address1,
    phone: address.phone,
    city: address.city,
    zip: address.zip,
    province: address.province,
    country: countryName(address.countryCode),
    last_name: address.lastName,
    address2: address.address2,
    company: address.company,
    latitude: null,
    longitude: null,
    name: fullName(address.firstName, address.lastName),
    country_code: address.countryCode,
    province_code: address.provinceCode,
  };
}
