// REST-shaped payloads of the customer topics. As at Shopify since 2025: no consent, locale, tags or metafields in customers/*.
import type { AddressRecord, CustomerRecord } from '../../records';
import type { ShopState } from '../../state';
import { countryName, fullName, restNumber, zoned } from './json';

export function customerPayload(shop: ShopState, customer: CustomerRecord) {
  return {
    ...embeddedCustomer(shop, customer),
    created_at: zoned(customer.createdAt, shop.record.timezone),
    updated_at: zoned(customer.updatedAt, shop.record.timezone),
    addresses: customer.addresses.map((address, index) => customerAddress(customer, address, index === 0)),
  };
}

/** The customer inside an order or a checkout. */
export function embeddedCustomer(shop: ShopState, customer: CustomerRecord) {
  const address = customer.addresses[0];
  const { timezone, currency } = shop.record;
  return {
    id: restNumber(customer.id),
    created_at: zoned(customer.createdAt, timezone),
    updated_at: zoned(customer.updatedAt, timezone),
    first_name: customer.firstName,
    last_name: customer.lastName,
    state: customer.state.toLowerCase(),
    note: customer.note,
    verified_email: customer.verifiedEmail,
    multipass_identifier: null,
    tax_exempt: customer.taxExempt,
    email: customer.email,
    phone: customer.phone,
    currency,
    tax_exemptions: [],
    admin_graphql_api_id: `gid://shopify/Customer/${customer.id}`,
    ...(address ? { default_address: customerAddress(customer, address, true) } : {}),
  };
}

function customerAddress(customer: CustomerRecord, address: AddressRecord, isDefault: boolean) {
  const country = countryName(address.countryCode);
  return {
    id: restNumber(address.id),
    customer_id: restNumber(customer.id),
    first_name: address.firstName,
    last_name: address.lastName,
    company: address.company,
    address1: address.address1,
    address2: address.address2,
    city: address.city,
    province: address.province,
    country,
    zip: address.zip,
    phone: address.phone,
    name: fullName(address.firstName, address.lastName),
    province_code: address.provinceCode,
    country_code: address.countryCode,
    country_name: country,
    default: isDefault,
  };
}

export function customerDeletePayload(customer: CustomerRecord) {
  return {
    id: restNumber(customer.id),
    tax_exemptions: [],
    admin_graphql_api_id: `gid://shopify/Customer/${customer.id}`,
  };
}

export function consentPayload(shop: ShopState, customer: CustomerRecord) {
  const { state, optInLevel, updatedAt } = customer.consent;
  return {
    customer_id: restNumber(customer.id),
    email_address: customer.email,
    email_marketing_consent: {
      state: state.toLowerCase(),
      opt_in_level: optInLevel?.toLowerCase() ?? null,
      consent_updated_at: zoned(updatedAt, shop.record.timezone),
    },
  };
}

export function customerMergePayload(keptId: string, mergedId: string) {
  return {
    admin_graphql_api_customer_kept_id: `gid://shopify/Customer/${keptId}`,
    admin_graphql_api_customer_deleted_id: `gid://shopify/Customer/${mergedId}`,
    admin_graphql_api_job_id: null,
    status: 'completed',
    errors: [],
  };
}
