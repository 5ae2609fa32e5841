// Shop and the app's own installation in it.
import { gid } from '../../ids';
import type { InstallationRecord } from '../../records';
import type { ShopState } from '../../state';
import { storefrontUrl } from '../../urls';
import { fields, type GraphqlContext } from '../context';
import { metafieldOwner } from './metafield';

function offsetMinutes(timezone: string, now: number): number {
  const name = new Intl.DateTimeFormat('en-US', { timeZone: timezone, timeZoneName: 'longOffset' })
    .formatToParts(now)
    .find((part) => part.type === 'timeZoneName')?.value;
  const found = /GMT([+-])(\d{2}):(\d{2})/.exec(name ?? '');
  if (!found) return 0;
  return (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3]));
}

function offsetText(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
}

const moneyFormat = '{{amount}}';

export const shopResolvers = {
  Shop: fields<ShopState>({
    id: ({ record }) => gid('Shop', record.id),
    metafield: ({ record }, args) => metafieldOwner.metafield(record, args),
    metafields: ({ record }, args, ctx) => metafieldOwner.metafields(record, args, ctx),
    name: ({ record }) => record.name,
    email: ({ record }) => record.email,
    contactEmail: ({ record }) => record.contactEmail,
    description: () => null,
    shopOwnerName: ({ record }) => record.ownerName,
    myshopifyDomain: ({ record }) => record.domain,
    url: ({ record }, _args, ctx) => storefrontUrl(ctx.state, record),
    primaryDomain: ({ record }) => record,
    currencyCode: ({ record }) => record.currency,
    enabledPresentmentCurrencies: ({ record }) => record.presentmentCurrencies,
    currencyFormats: ({ record }) => ({
      moneyFormat,
      moneyInEmailsFormat: moneyFormat,
      moneyWithCurrencyFormat: `${moneyFormat} ${record.currency}`,
      moneyWithCurrencyInEmailsFormat: `${moneyFormat} ${record.currency}`,
    }),
    ianaTimezone: ({ record }) => record.timezone,
    timezoneAbbreviation: ({ record }, _args, ctx) => offsetText(offsetMinutes(record.timezone, ctx.clock.now())),
    timezoneOffset: ({ record }, _args, ctx) => offsetText(offsetMinutes(record.timezone, ctx.clock.now())),
    timezoneOffsetMinutes: ({ record }, _args, ctx) => offsetMinutes(record.timezone, ctx.clock.now()),
    shopAddress: ({ record }) => record.address,
    billingAddress: ({ record }) => record.address,
    plan: ({ record }) => ({
      publicDisplayName: record.planDisplayName,
      displayName: record.planDisplayName,
      shopifyPlus: record.shopifyPlus,
      partnerDevelopment: false,
    }),
    taxesIncluded: ({ record }) => record.taxesIncluded,
    taxShipping: () => false,
    weightUnit: () => 'KILOGRAMS',
    unitSystem: () => 'METRIC_SYSTEM',
    setupRequired: () => false,
    checkoutApiSupported: () => true,
    marketingSmsConsentEnabledAtCheckout: () => false,
    transactionalSmsDisabled: () => false,
    customerAccounts: () => 'OPTIONAL',
    customerAccountsV2: ({ record }, _args, ctx) => ({
      customerAccountsVersion: 'NEW_CUSTOMER_ACCOUNTS',
      loginLinksVisibleOnStorefrontAndCheckout: true,
      loginRequiredAtCheckout: false,
      url: `${storefrontUrl(ctx.state, record)}/account`,
    }),
    shipsToCountries: ({ record }) => [record.address.countryCode],
    createdAt: ({ record }) => record.createdAt,
    updatedAt: ({ record }) => record.updatedAt,
    shopPolicies: () => [],
    orderNumberFormatPrefix: () => '#',
    orderNumberFormatSuffix: () => '',
  }),
  Domain: fields<ShopState['record']>({
    id: (record) => gid('Domain', record.id),
    host: (record, _args, ctx) => new URL(storefrontUrl(ctx.state, record)).host,
    url: (record, _args, ctx) => storefrontUrl(ctx.state, record),
    sslEnabled: () => true,
    localization: (record) => ({ country: null, defaultLocale: record.locale, alternateLocales: record.otherLocales }),
    marketWebPresence: () => null,
  }),
  AppInstallation: fields<InstallationRecord>({
    id: (installation) => gid('AppInstallation', installation.id),
    accessScopes: (installation) =>
      installation.scopes.map((handle) => ({ handle, description: handle.replace('_', ' ') })),
    app: (installation) => installation,
    launchUrl: (_installation, _args, ctx) => `${ctx.state.baseUrl}/admin/store/${ctx.shop.record.handle}`,
    uninstallUrl: () => null,
    activeSubscriptions: () => [],
    metafield: () => null,
  }),
  App: fields<InstallationRecord>({
    id: () => gid('App', '4711'),
    apiKey: (_installation, _args, ctx) => ctx.apiKey,
    handle: () => 'relance',
    title: () => 'Relance',
    embedded: () => true,
    installation: (installation) => installation,
    requestedAccessScopes: (installation) => installation.scopes.map((handle) => ({ handle, description: handle })),
    launchUrl: (_installation, _args, ctx) => ctx.appUrl,
    webhookApiVersion: () => '2026-10',
  }),
};

export function shopLocales(ctx: GraphqlContext) {
  const { locale, otherLocales } = ctx.shop.record;
  const names = new Intl.DisplayNames(['en'], { type: 'language' });
  return [locale, ...otherLocales].map((code, index) => ({
    locale: code,
    name: names.of(code) ?? code,
    primary: index === 0,
    published: true,
    marketWebPresences: [],
  }));
}
