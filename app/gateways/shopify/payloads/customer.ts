/** Reads the customers/* payloads and the customer that orders and checkouts carry inside them. */
import { z } from 'zod';
import type { ConsentSnapshot, CustomerSnapshot, StoreChange } from '../../../domain/snapshot';
import { address, anything, country, day, id, listOf, maybe, rootId, tagText, text, time } from '../fields';
import { consentState, optInLevel } from './consent';

/** The metafield Shopify's standard definition keeps a birth date in; shopify.app.toml asks webhooks to bring it. */
export const BIRTH_DATE = { namespace: 'facts', key: 'birth_date' } as const;

const consentShape = z.object({ state: text, opt_in_level: text, consent_updated_at: time });

const customerShape = z.looseObject({
  id: anything,
  admin_graphql_api_id: anything,
  email: address,
  first_name: text,
  last_name: text,
  created_at: time,
  updated_at: time,
  default_address: maybe(z.object({ country_code: country })),
  email_marketing_consent: maybe(consentShape),
  tags: anything,
  metafields: anything,
});

/**
 * @param seenAt when Shopify told it
 * @param toldAt the carrying object's own timestamp, for a customer inside one that has none
 */
export function readCustomer(payload: unknown, seenAt: string, toldAt: Date | null = null): CustomerSnapshot | null {
  const read = customerShape.safeParse(payload);
  if (!read.success) return null;
  const told = read.data;
  const customerId = rootId(told);
  if (customerId === null) return null;
  const consent = told.email_marketing_consent && readConsent(told.email_marketing_consent, seenAt);
  return {
    id: customerId,
    email: told.email,
    firstName: told.first_name,
    lastName: told.last_name,
    country: told.default_address?.country_code ?? null,
    createdAt: told.created_at,
    updatedAt: told.updated_at ?? toldAt,
    seenAt,
    ...(typeof told.tags === 'string' ? { tags: tagText.parse(told.tags) } : {}),
    ...(Array.isArray(told.metafields) ? { birthDate: birthDateIn(told.metafields) } : {}),
    ...(consent ? { consent } : {}),
  };
}

const metafields = listOf(z.object({ namespace: text, key: text, value: day }));

function birthDateIn(list: unknown[]): string | null {
  const { namespace, key } = BIRTH_DATE;
  return metafields.parse(list).find((one) => one.namespace === namespace && one.key === key)?.value ?? null;
}

function readConsent(told: z.output<typeof consentShape>, seenAt: string): ConsentSnapshot | null {
  const state = consentState(told.state);
  if (!state) return null;
  return { state, level: optInLevel(told.opt_in_level), updatedAt: told.consent_updated_at, seenAt };
}

const consentTopic = z.looseObject({ customer_id: id, email_address: address, email_marketing_consent: consentShape });

/** customers_email_marketing_consent/update */
export function readConsentChange(payload: unknown, seenAt: string): StoreChange | null {
  const read = consentTopic.safeParse(payload);
  if (!read.success || read.data.customer_id === null) return null;
  const consent = readConsent(read.data.email_marketing_consent, seenAt);
  if (!consent) return null;
  return { kind: 'consent-changed', customerId: read.data.customer_id, email: read.data.email_address, consent };
}

const mergeTopic = z.looseObject({
  admin_graphql_api_customer_kept_id: id,
  admin_graphql_api_customer_deleted_id: id,
  status: text,
});

/** customers/merge; only a completed merge changed anything. */
export function readMerge(payload: unknown): StoreChange | null {
  const read = mergeTopic.safeParse(payload);
  if (!read.success) return null;
  const { admin_graphql_api_customer_kept_id: kept, admin_graphql_api_customer_deleted_id: gone, status } = read.data;
  if (kept === null || gone === null) return null;
  if (status !== 'completed' || kept === gone) return { kind: 'nothing', why: 'merge-not-completed' };
  return { kind: 'customer-merged', kept, gone };
}

const deleteTopic = z.looseObject({ id: anything, admin_graphql_api_id: anything });

/** customers/delete */
export function readCustomerDelete(payload: unknown): StoreChange | null {
  const read = deleteTopic.safeParse(payload);
  const customerId = read.success ? rootId(read.data) : null;
  return customerId === null ? null : { kind: 'customer-deleted', customerId };
}
