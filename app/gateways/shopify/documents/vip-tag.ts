/** The tag of the best customers, and the mark beside it that says it is ours: the owner's own tag is never taken away. */
import { z } from 'zod';
import { VIP_TAG } from '../../../domain/audience';
import { text } from '../fields';
import { customerGid } from './customer';
import type { AdminDocument } from './document';

/** A metafield of the app's own namespace: with the tag in Shopify, it outlives whatever becomes of our tables. */
const MARK = { namespace: '$app', key: 'vip_tag' } as const;

export interface TagState {
  tagged: boolean;
  /** Whether the tag is one we set. */
  marked: boolean;
}

/** Variables: `{ id: gid }`. Null when Shopify has no such customer (any more). */
export const VIP_TAG_STATE: AdminDocument<TagState | null> = {
  name: 'VipTagState',
  text: `query VipTagState($id: ID!) {
    customer(id: $id) { tags mark: metafield(namespace: "${MARK.namespace}", key: "${MARK.key}") { value } }
  }`,
  read(data) {
    const shape = z.object({ tags: z.array(z.string()), mark: z.object({ value: text }).nullish() });
    const { customer } = z.object({ customer: shape.nullish() }).parse(data);
    if (!customer) return null;
    const tagged = customer.tags.some((tag) => tag.toLowerCase() === VIP_TAG.toLowerCase());
    return { tagged, marked: customer.mark?.value === 'true' };
  },
};

const userErrors = z.array(z.object({ message: z.string() }));
const outcome = z.object({ userErrors });

/** Variables: `addVipTagInput(…)`. The mark goes first: a tag without it would stay for ever. Answers what Shopify refused it for, or null. */
export const ADD_VIP_TAG: AdminDocument<string | null> = {
  name: 'AddVipTag',
  text: `mutation AddVipTag($id: ID!, $tags: [String!]!, $mark: [MetafieldsSetInput!]!) {
    mark: metafieldsSet(metafields: $mark) { userErrors { message } }
    tag: tagsAdd(id: $id, tags: $tags) { userErrors { message } }
  }`,
  read: readBoth,
};

/** Variables: `removeVipTagInput(…)`. The tag goes first, so that a failure in between is tried again. */
export const REMOVE_VIP_TAG: AdminDocument<string | null> = {
  name: 'RemoveVipTag',
  text: `mutation RemoveVipTag($id: ID!, $tags: [String!]!, $mark: [MetafieldIdentifierInput!]!) {
    tag: tagsRemove(id: $id, tags: $tags) { userErrors { message } }
    mark: metafieldsDelete(metafields: $mark) { userErrors { message } }
  }`,
  read: readBoth,
};

function readBoth(data: unknown): string | null {
  const { tag, mark } = z.object({ tag: outcome, mark: outcome }).parse(data);
  return [...mark.userErrors, ...tag.userErrors][0]?.message ?? null;
}

export function addVipTagInput(customerId: string): Record<string, unknown> {
  const id = customerGid(customerId);
  return { id, tags: [VIP_TAG], mark: [{ ...MARK, ownerId: id, type: 'boolean', value: 'true' }] };
}

export function removeVipTagInput(customerId: string): Record<string, unknown> {
  const id = customerGid(customerId);
  return { id, tags: [VIP_TAG], mark: [{ ...MARK, ownerId: id }] };
}
