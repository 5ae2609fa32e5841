// REST-shaped payloads about the shop itself: shop/update, app/uninstalled and the three privacy topics.
import type { CustomerRecord } from '../../records';
import type { ShopifyState, ShopState } from '../../state';
import { storefrontUrl } from '../../urls';
import { countryName, locationOf, restNumber, zoned } from './json';

export function shopPayload(state: ShopifyState, shop: ShopState) {
  const { record } = shop;
  const { address, timezone, currency } = record;
  return {
    id: restNumber(record.id),
    name: record.name,
    email: record.email,
    domain: new URL(storefrontUrl(state, record)).hostname,
    province: address.province,
    country: address.countryCode,
    address1: address.address1,
    zip: address.zip,
    city: address.city,
    source: null,
    phone: address.phone,
    latitude: null,
    longitude: null,
    primary_locale: record.locale,
    address2: address.address2,
    created_at: zoned(record.createdAt, timezone),
    updated_at: zoned(record.updatedAt, timezone),
    country_code: address.countryCode,
    country_name: countryName(address.countryCode),
    currency,
    customer_email: record.contactEmail,
    timezone: `(GMT) ${timezone}`,
    iana_timezone: timezone,
    shop_owner: record.ownerName,
    money_format: '{{amount}}',
    money_with_currency_format: `{{amount}} ${currency}`,
    weight_unit: 'kg',
    province_code: address.provinceCode,
    taxes_included: record.taxesIncluded,
    auto_configure_tax_inclusivity: null,
    tax_shipping: null,
    county_taxes: true,
    plan_display_name: record.planDisplayName,
    plan_name: record.planName,
    has_discounts: true,
    has_gift_cards: false,
    myshopify_domain: record.domain,
    google_apps_domain: null,
    google_apps_login_enabled: null,
    money_in_emails_format: '{{amount}}',
    money_with_currency_in_emails_format: `{{amount}} ${currency}`,
    eligible_for_payments: true,
    requires_extra_payments_agreement: false,
    password_enabled: false,
    has_storefront: true,
    finances: true,
    primary_location_id: restNumber(locationOf(shop)),
    checkout_api_supported: true,
    multi_location_enabled: true,
    setup_required: false,
    pre_launch_enabled: false,
    enabled_presentment_currencies: record.presentmentCurrencies,
    marketing_sms_consent_enabled_at_checkout: false,
    transactional_sms_disabled: false,
  };
}

function privacyBase(shop: ShopState) {
  return { shop_id: restNumber(shop.record.id), shop_domain: shop.domain };
}

function privacyCustomer({ id, email, phone }: CustomerRecord) {
  return { id: restNumber(id), email, phone };
}

function ordersOf(shop: ShopState, customer: CustomerRecord) {
  return shop.ordersOf(customer.id).map((order) => restNumber(order.id));
}

export function dataRequestPayload(shop: ShopState, customer: CustomerRecord, requestId: string) {
  return {
    ...privacyBase(shop),
    orders_requested: ordersOf(shop, customer),
    customer: privacyCustomer(customer),
    data_request: { id: restNumber(requestId) },
  };
}

export function redactCustomerPayload(shop: ShopState, customer: CustomerRecord) {
  return { ...privacyBase(shop), customer: privacyCustomer(customer), orders_to_redact: ordersOf(shop, customer) };
}

export function redactShopPayload(shop: ShopState) {
  return privacyBase(shop);
}
