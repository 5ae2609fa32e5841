// MailingAddress and ShopAddress.
import type { AddressRecord } from '../../records';
import { countryName, fullName } from '../../webhooks/payloads/json';
import { fields } from '../context';

/** Countries with one time zone, and the provinces of those with several that the samples use. */
const timeZones: Record<string, string> = {
  FR: 'Europe/Paris',
  BE: 'Europe/Brussels',
  CH: 'Europe/Zurich',
  LU: 'Europe/Luxembourg',
  DE: 'Europe/Berlin',
  IT: 'Europe/Rome',
  GB: 'Europe/London',
  IE: 'Europe/Dublin',
  NL: 'Europe/Amsterdam',
  AT: 'Europe/Vienna',
  PL: 'Europe/Warsaw',
  SE: 'Europe/Stockholm',
  JP: 'Asia/Tokyo',
  KW: 'Asia/Kuwait',
  IN: 'Asia/Kolkata',
  MA: 'Africa/Casablanca',
  TN: 'Africa/Tunis',
  RE: 'Indian/Reunion',
  GP: 'America/Guadeloupe',
  MQ: 'America/Martinique',
  NC: 'Pacific/Noumea',
  ES: 'Europe/Madrid',
  PT: 'Europe/Lisbon',
  'US-NY': 'America/New_York',
  'US-MA': 'America/New_York',
  'US-FL': 'America/New_York',
  'US-IL': 'America/Chicago',
  'US-TX': 'America/Chicago',
  'US-CO': 'America/Denver',
  'US-CA': 'America/Los_Angeles',
  'US-WA': 'America/Los_Angeles',
  'US-HI': 'Pacific/Honolulu',
  'CA-QC': 'America/Toronto',
  'CA-ON': 'America/Toronto',
  'CA-BC': 'America/Vancouver',
  'CA-AB': 'America/Edmonton',
  'AU-NSW': 'Australia/Sydney',
  'AU-WA': 'Australia/Perth',
};

const shared = {
  countryCode: (address: AddressRecord) => address.countryCode,
  countryCodeV2: (address: AddressRecord) => address.countryCode,
  country: (address: AddressRecord) => countryName(address.countryCode),
  name: (address: AddressRecord) => fullName(address.firstName, address.lastName) || null,
  latitude: () => null,
  longitude: () => null,
  coordinatesValidated: () => false,
  formattedArea: (address: AddressRecord) =>
    [address.city, countryName(address.countryCode)].filter(Boolean).join(', '),
};

function formatted(address: AddressRecord, withName: boolean, withCompany: boolean): string[] {
  const town = [address.zip, address.city].filter(Boolean).join(' ');
  const name = withName ? fullName(address.firstName, address.lastName) : null;
  const lines = [name, withCompany ? address.company : null, address.address1, address.address2, town];
  return [...lines, countryName(address.countryCode)].filter((line): line is string => Boolean(line));
}

export const addressResolvers = {
  MailingAddress: fields<AddressRecord>({
    ...shared,
    id: (address) => `gid://shopify/MailingAddress/${address.id}?model_name=CustomerAddress`,
    timeZone: ({ countryCode, provinceCode }) =>
      timeZones[`${countryCode}-${provinceCode}`] ?? timeZones[countryCode] ?? null,
    formatted: (address, args) => formatted(address, args.withName === true, args.withCompany !== false),
  }),
  ShopAddress: fields<AddressRecord>({
    ...shared,
    id: (address) => `gid://shopify/ShopAddress/${address.id}`,
    formatted: (address, args) => formatted(address, false, args.withCompany !== false),
  }),
};
