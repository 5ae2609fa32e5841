// Tags and metafields of customers, products, orders and the shop.
import { SandboxRefusal } from '../../http/refusal';
import { idOf } from '../ids';
import type { CustomerRecord, MetafieldRecord, OrderRecord, ProductRecord } from '../records';
import type { ShopState } from '../state';
import { customerPayload } from '../webhooks/payloads/customer';
import { orderPayload } from '../webhooks/payloads/order';
import { productPayload } from '../webhooks/payloads/product';
import { type ActionParts, stamp, tell, type When } from './parts';

export interface MetafieldInput {
  namespace: string;
  key: string;
  type?: string | undefined;
  value: string;
}

export function writeMetafield(
  parts: ActionParts,
  list: MetafieldRecord[],
  input: MetafieldInput,
  at: string,
): MetafieldRecord {
  const known = list.find((field) => field.namespace === input.namespace && field.key === input.key);
  if (known) return Object.assign(known, { value: input.value, type: input.type ?? known.type, updatedAt: at });
  const field: MetafieldRecord = {
    id: parts.state.nextId('metafield'),
    namespace: input.namespace,
    key: input.key,
    type: input.type ?? 'single_line_text_field',
    value: input.value,
    createdAt: at,
    updatedAt: at,
  };
  list.push(field);
  return field;
}

type Owner =
  | { kind: 'Customer'; record: CustomerRecord }
  | { kind: 'Product'; record: ProductRecord }
  | { kind: 'Order'; record: OrderRecord };

function ownerOf(shop: ShopState, gid: string): Owner {
  const [customer, product, order] = [idOf(gid, 'Customer'), idOf(gid, 'Product'), idOf(gid, 'Order')];
  if (customer !== null) return { kind: 'Customer', record: shop.customer(customer) };
  if (product !== null) return { kind: 'Product', record: shop.product(product) };
  if (order !== null) return { kind: 'Order', record: shop.order(order) };
  throw new SandboxRefusal(`${gid} cannot carry tags or metafields here.`);
}

export function metafieldActions(parts: ActionParts) {
  const { state } = parts;

  function sayChanged(shop: ShopState, owner: Owner, when: When | undefined): void {
    owner.record.updatedAt = stamp(parts, when);
    shop.touch();
    const say = tell(parts, when, shop);
    if (owner.kind === 'Customer') say('customers/update', () => customerPayload(shop, owner.record));
    else if (owner.kind === 'Product') say('products/update', () => productPayload(state, shop, owner.record));
    else say('orders/updated', () => orderPayload(state, shop, owner.record));
  }

  return {
    /** On a customer, product or order by its gid, or on the shop itself. */
    setMetafield(domain: string, ownerGid: string, input: MetafieldInput, when?: When): MetafieldRecord {
      const shop = state.shop(domain);
      const at = stamp(parts, when);
      if (idOf(ownerGid, 'Shop') === shop.record.id) {
        shop.touch();
        return writeMetafield(parts, shop.record.metafields, input, at);
      }
      const owner = ownerOf(shop, ownerGid);
      const field = writeMetafield(parts, owner.record.metafields, input, at);
      sayChanged(shop, owner, when);
      return field;
    },

    setTags(domain: string, ownerGid: string, change: (tags: string[]) => string[], when?: When): string[] {
      const shop = state.shop(domain);
      const owner = ownerOf(shop, ownerGid);
      const before = owner.record.tags.join();
      owner.record.tags = change(owner.record.tags);
      if (owner.record.tags.join() !== before) sayChanged(shop, owner, when);
      return owner.record.tags;
    },
  };
}
