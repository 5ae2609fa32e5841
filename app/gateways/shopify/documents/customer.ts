/** Customers: whole, because the webhooks leave out consent, locale, tags and birth date. */
import { z } from 'zod';
import {
  type BirthDateReading,
  type BirthDateSource,
  readBirthDate,
  STANDARD_READING,
  taggedBirthDate,
} from '../../../domain/birth-date-source';
import type { CustomerSnapshot } from '../../../domain/snapshot';
import { address, country, day, gid, id, text, time, whole } from '../fields';
import { consentState, optInLevel } from '../payloads/consent';
import { BIRTH_DATE } from '../payloads/customer';
import { type AdminDocument, type Page, readPage } from './document';

const CUSTOMER_FIELDS = `
  id
  firstName
  lastName
  createdAt
  updatedAt
  locale
  tags
  numberOfOrders
  defaultEmailAddress { emailAddress marketingState marketingOptInLevel marketingUpdatedAt openTrackingLevel }
  defaultAddress { countryCodeV2 }
  birthDate: metafield(namespace: "${BIRTH_DATE.namespace}", key: "${BIRTH_DATE.key}") { value }`;

/** Everything we keep, with the metafield the owner named. */
function fieldsFor(source: BirthDateSource): string {
  if (source.from === 'tag') return CUSTOMER_FIELDS;
  const [namespace = '', key = ''] = source.key.split('.');
  if (namespace === BIRTH_DATE.namespace && key === BIRTH_DATE.key) return CUSTOMER_FIELDS;
  return `${CUSTOMER_FIELDS}
  ownBirthDate: metafield(namespace: "${namespace}", key: "${key}") { value }`;
}

const node = z.object({
  id: id.pipe(z.string()),
  firstName: text,
  lastName: text,
  createdAt: time,
  updatedAt: time,
  locale: text,
  tags: z.array(z.string()),
  numberOfOrders: whole,
  defaultEmailAddress: z
    .object({
      emailAddress: address,
      marketingState: text,
      marketingOptInLevel: text,
      marketingUpdatedAt: time,
      openTrackingLevel: text,
    })
    .nullish(),
  defaultAddress: z.object({ countryCodeV2: country }).nullish(),
  birthDate: z.object({ value: day }).nullish(),
  ownBirthDate: z.object({ value: text }).nullish(),
});

/**
 * Shopify's standard metafield goes first: what a shopper said on the preference page stands there. Where it is empty, what
 * the owner named is read.
 */
function birthDateOf(
  told: z.output<typeof node>,
  seenAt: string,
  { source, country }: BirthDateReading,
): string | null {
  const standard = told.birthDate?.value ?? null;
  if (standard !== null) return standard;
  const now = new Date(seenAt);
  if (source.from === 'tag') return taggedBirthDate(told.tags, source.prefix, { country, now });
  const own = told.ownBirthDate?.value ?? null;
  return own === null ? null : readBirthDate(own, country, now);
}

/** @param seenAt when it was asked for, so that a webhook told later wins */
export function readCustomerNode(data: unknown, seenAt: string, reading: BirthDateReading): CustomerSnapshot {
  const told = node.parse(data);
  const email = told.defaultEmailAddress;
  const state = consentState(email?.marketingState);
  return {
    id: told.id,
    email: email?.emailAddress ?? null,
    firstName: told.firstName,
    lastName: told.lastName,
    country: told.defaultAddress?.countryCodeV2 ?? null,
    createdAt: told.createdAt,
    updatedAt: told.updatedAt,
    seenAt,
    locale: told.locale,
    tags: told.tags,
    birthDate: birthDateOf(told, seenAt, reading),
    ordersCount: told.numberOfOrders ?? 0,
    openTracking: email?.openTrackingLevel?.toLowerCase() ?? 'unknown',
    ...(state && email
      ? {
          consent: {
            state,
            level: optInLevel(email.marketingOptInLevel),
            updatedAt: email.marketingUpdatedAt,
            seenAt,
          },
        }
      : {}),
  };
}

/** Variables: `{ id: gid }`. Null when Shopify has no such customer (any more). */
export function customerDocument(
  seenAt: string,
  reading: BirthDateReading = STANDARD_READING,
): AdminDocument<CustomerSnapshot | null> {
  return {
    name: 'Customer',
    text: `query Customer($id: ID!) { customer(id: $id) { ${fieldsFor(reading.source)} } }`,
    read(data) {
      const { customer } = z.object({ customer: z.unknown() }).parse(data);
      return customer ? readCustomerNode(customer, seenAt, reading) : null;
    },
  };
}

export const customerGid = (customerId: string) => gid('Customer', customerId);

/**
 * Where they say whether it may be seen that they open e-mails. Variables: `{ id: gid }`. Null when Shopify has no such customer
 * (any more), or no address of theirs.
 */
export const OPEN_TRACKING_PAGE: AdminDocument<string | null> = {
  name: 'OpenTrackingPage',
  text: 'query OpenTrackingPage($id: ID!) { customer(id: $id) { defaultEmailAddress { openTrackingUrl } } }',
  read(data) {
    const email = z.object({ openTrackingUrl: z.url() }).nullish();
    const { customer } = z.object({ customer: z.object({ defaultEmailAddress: email }).nullish() }).parse(data);
    return customer?.defaultEmailAddress?.openTrackingUrl ?? null;
  },
};

/** Customers changed since a moment. Variables: `{ query, after }`. */
export function customersDocument(
  seenAt: string,
  reading: BirthDateReading = STANDARD_READING,
): AdminDocument<Page<CustomerSnapshot>> {
  return {
    name: 'Customers',
    text: `query Customers($query: String!, $after: String) {
      customers(first: 50, after: $after, query: $query, sortKey: UPDATED_AT) {
        nodes { ${fieldsFor(reading.source)} }
        pageInfo { hasNextPage endCursor }
      }
    }`,
    read: (data) => readPage(data, 'customers', (one) => readCustomerNode(one, seenAt, reading)),
  };
}

/** Every customer, for the import. */
export function customersInBulk({ source }: BirthDateReading): string {
  return `{ customers { edges { node { ${fieldsFor(source)} } } } }`;
}
