// The metafields a webhook subscription asked for, added to the payload as Shopify writes them. Used by dispatcher.ts.
import type { WebhookSubscription } from '../../http/context';
import type { MetafieldRecord } from '../records';
import type { ShopState } from '../state';
import { restNumber } from './payloads/json';

/** Adds the metafields a subscription asked for, found by the payload's own gid. */
export function withMetafields(shop: ShopState, content: unknown, subscription: WebhookSubscription): unknown {
  const { metafieldNamespaces = [], metafields = [] } = subscription;
  if (metafieldNamespaces.length + metafields.length === 0 || typeof content !== 'object' || content === null)
    return content;
  const owner = ownerOf(shop, (content as { admin_graphql_api_id?: unknown }).admin_graphql_api_id);
  if (!owner) return content;
  const wanted = owner.list.filter(
    (field) => metafieldNamespaces.includes(field.namespace) || metafields.includes(`${field.namespace}.${field.key}`),
  );
  return { ...content, metafields: wanted.map((field) => metafieldPayload(field, owner)) };
}

interface MetafieldOwner {
  list: MetafieldRecord[];
  resource: string;
  id: string;
}

function ownerOf(shop: ShopState, gid: unknown): MetafieldOwner | null {
  const match = typeof gid === 'string' ? /^gid:\/\/shopify\/(Customer|Product|Order)\/(\d+)$/.exec(gid) : null;
  if (!match) return null;
  const [, type = '', id = ''] = match;
  const record = shop.customers.get(id) ?? shop.products.get(id) ?? shop.orders.get(id);
  return record ? { list: record.metafields, resource: type.toLowerCase(), id } : null;
}

function metafieldPayload(field: MetafieldRecord, owner: MetafieldOwner) {
  return {
    id: restNumber(field.id),
    namespace: field.namespace,
    key: field.key,
    value: field.value,
    description: null,
    owner_id: restNumber(owner.id),
    created_at: field.createdAt,
    updated_at: field.updatedAt,
    owner_resource: owner.resource,
    type: field.type,
    admin_graphql_api_id: `gid://shopify/Metafield/${field.id}`,
  };
}
