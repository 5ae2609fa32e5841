// Verbs on the shop itself: open one, change its settings, uninstall the app, ask for redaction.
import { SandboxRefusal } from '../../http/refusal';
import type { InstallationRecord, ShopRecord } from '../records';
import { dataRequestPayload, redactCustomerPayload, redactShopPayload, shopPayload } from '../webhooks/payloads/shop';
import { type ActionParts, type AddressInput, definedOnly, makeAddress, stamp, tell, type When } from './parts';

export interface ShopInput {
  handle: string;
  name?: string | undefined;
  email?: string | undefined;
  contactEmail?: string | undefined;
  ownerName?: string | undefined;
  currency?: string | undefined;
  presentmentCurrencies?: string[] | undefined;
  timezone?: string | undefined;
  locale?: string | undefined;
  otherLocales?: string[] | undefined;
  address?: AddressInput | undefined;
  /** false: a shop that never filled its address in. */
  hasAddress?: boolean | undefined;
  taxesIncluded?: boolean | undefined;
  shopifyPlus?: boolean | undefined;
}

export function shopActions(parts: ActionParts) {
  const { state } = parts;
  return {
    /** Opens a shop; the app is not installed in it yet. */
    createShop(input: ShopInput, when?: When): ShopRecord {
      const handle = input.handle.toLowerCase().replace(/\.myshopify\.com$/, '');
      if (!/^[a-z0-9][a-z0-9-]*$/.test(handle)) throw new SandboxRefusal(`"${input.handle}" is not a shop handle.`);
      return state.addShop(makeShop(parts, { ...input, handle }, stamp(parts, when))).record;
    },

    updateShop(domain: string, change: Partial<Omit<ShopInput, 'handle'>>, when?: When): ShopRecord {
      const shop = state.shop(domain);
      const { address, hasAddress: _, ...rest } = change;
      Object.assign(shop.record, definedOnly(rest), { updatedAt: stamp(parts, when) });
      if (address) Object.assign(shop.record.address, definedOnly(address));
      shop.touch();
      tell(parts, when, shop)('shop/update', () => shopPayload(state, shop));
      return shop.record;
    },

    /** The merchant clicks "Install" and grants the scopes the app asks for (managed install); opening the app is another step. */
    installApp(domain: string, scopes: string[] = parts.wantedScopes?.() ?? [], when?: When): InstallationRecord {
      const shop = state.shop(domain);
      if (shop.installation) return shop.installation;
      shop.installation = {
        id: state.nextId('other'),
        scopes: [...scopes],
        installedAt: stamp(parts, when),
        tokens: [],
      };
      shop.touch();
      return shop.installation;
    },

    /** As the merchant's "Uninstall": tokens die at once, then app/uninstalled is sent. */
    uninstallApp(domain: string, when?: When): void {
      const shop = state.shop(domain);
      if (!shop.installation) throw new SandboxRefusal(`The app is not installed in ${shop.domain}.`, 409);
      tell(parts, when, shop)('app/uninstalled', () => shopPayload(state, shop));
      shop.installation = null;
      shop.touch();
    },

    /** The merchant grants other scopes (or an update of the app does). */
    changeScopes(domain: string, scopes: string[], when?: When): void {
      const shop = state.shop(domain);
      const installation = shop.installation;
      if (!installation) throw new SandboxRefusal(`The app is not installed in ${shop.domain}.`, 409);
      const previous = installation.scopes;
      installation.scopes = [...scopes];
      for (const token of installation.tokens) token.scopes = [...scopes];
      shop.touch();
      tell(
        parts,
        when,
        shop,
      )('app/scopes_update', () => ({
        id: Number(state.nextId('other')),
        shop_id: `gid://shopify/Shop/${shop.record.id}`,
        previous,
        current: scopes,
        updated_at: stamp(parts, when),
      }));
    },

    /** The three privacy requests. `shop_redact` comes 48 h after an uninstall at Shopify; here when asked. */
    requestRedaction(
      domain: string,
      kind: 'data_request' | 'customer_redact' | 'shop_redact',
      customerId?: string,
    ): void {
      const shop = state.shop(domain);
      if (kind === 'shop_redact') {
        parts.emit(shop, 'shop/redact', () => redactShopPayload(shop));
        return;
      }
      if (customerId === undefined) throw new SandboxRefusal('Say which customer: customerId.');
      const customer = shop.customer(customerId);
      if (kind === 'data_request') {
        parts.emit(shop, 'customers/data_request', () => dataRequestPayload(shop, customer, state.nextId('other')));
      } else {
        parts.emit(shop, 'customers/redact', () => redactCustomerPayload(shop, customer));
      }
    },
  };
}

function makeShop(parts: ActionParts, input: ShopInput, at: string): ShopRecord {
  const name = input.name ?? input.handle;
  const email = input.email ?? `hello@${input.handle}.example`;
  const currency = input.currency ?? 'EUR';
  const noAddress = {
    id: parts.state.nextId('address'),
    firstName: null,
    lastName: null,
    company: null,
    address1: null,
  };
  const empty = {
    ...noAddress,
    address2: null,
    city: null,
    province: null,
    provinceCode: null,
    zip: null,
    phone: null,
  };
  const country = input.address?.countryCode ?? 'FR';
  const usual = { company: name, address1: '12 rue des Lilas', zip: '75011', city: 'Paris', countryCode: country };
  return {
    id: parts.state.nextId('shop'),
    domain: `${input.handle}.myshopify.com`,
    handle: input.handle,
    name,
    email,
    contactEmail: input.contactEmail ?? email,
    ownerName: input.ownerName ?? 'Camille Martin',
    currency,
    presentmentCurrencies: input.presentmentCurrencies ?? [currency],
    timezone: input.timezone ?? 'Europe/Paris',
    locale: input.locale ?? 'fr',
    otherLocales: input.otherLocales ?? [],
    address:
      input.hasAddress === false
        ? { ...empty, countryCode: country }
        : makeAddress(parts, input.address ?? usual, country),
    planName: input.shopifyPlus ? 'shopify_plus' : 'basic',
    planDisplayName: input.shopifyPlus ? 'Shopify Plus' : 'Basic',
    shopifyPlus: input.shopifyPlus ?? false,
    taxesIncluded: input.taxesIncluded ?? true,
    metafields: [],
    metafieldDefinitions: [],
    createdAt: at,
    updatedAt: at,
    nextOrderNumber: 1001,
  };
}
