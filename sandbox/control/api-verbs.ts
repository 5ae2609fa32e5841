// The verbs of sandbox/shopify/actions.ts as JSON bodies: `POST /control/api/shops/<shop>/actions/<verb>`. Used by api.ts.
import { z } from 'zod';
import type { SandboxContext } from '../http/context';
import { SandboxRefusal } from '../http/refusal';
import { discountVerbs } from './discount-verbs';
import { amount, id, type Run, verb } from './verb';

const textOrNull = z.string().nullable().optional();

export const addressSchema = z.strictObject({
  firstName: textOrNull,
  lastName: textOrNull,
  company: textOrNull,
  address1: textOrNull,
  address2: textOrNull,
  city: textOrNull,
  province: textOrNull,
  provinceCode: textOrNull,
  countryCode: z.string().length(2).optional(),
  zip: textOrNull,
  phone: textOrNull,
});

const consent = z.strictObject({
  state: z.enum(['NOT_SUBSCRIBED', 'PENDING', 'SUBSCRIBED', 'UNSUBSCRIBED', 'REDACTED', 'INVALID']),
  optInLevel: z.enum(['SINGLE_OPT_IN', 'CONFIRMED_OPT_IN', 'UNKNOWN']).nullable().optional(),
  updatedAt: z.string().optional(),
});
const metafield = z.strictObject({
  namespace: z.string(),
  key: z.string(),
  type: z.string().optional(),
  value: z.string(),
});
const customerFields = {
  email: textOrNull,
  phone: textOrNull,
  firstName: textOrNull,
  lastName: textOrNull,
  locale: z.string().optional(),
  note: textOrNull,
  tags: z.array(z.string()).optional(),
  state: z.enum(['DISABLED', 'ENABLED', 'INVITED', 'DECLINED']).optional(),
  verifiedEmail: z.boolean().optional(),
  openTracking: z.enum(['OPTED_IN', 'OPTED_OUT', 'UNKNOWN']).optional(),
  address: addressSchema.optional(),
  metafields: z.array(metafield).optional(),
};
const variantFields = {
  title: z.string().optional(),
  price: amount,
  compareAtPrice: amount.nullable().optional(),
  sku: textOrNull,
  barcode: textOrNull,
  inventoryQuantity: z.number().int().optional(),
  tracked: z.boolean().optional(),
  inventoryPolicy: z.enum(['DENY', 'CONTINUE']).optional(),
  optionValues: z.array(z.string()).optional(),
  imageIndex: z.number().int().optional(),
  requiresShipping: z.boolean().optional(),
  grams: z.number().int().optional(),
};
const productFields = {
  descriptionHtml: z.string().optional(),
  vendor: z.string().optional(),
  productType: z.string().optional(),
  tags: z.array(z.string()).optional(),
  status: z.enum(['ACTIVE', 'DRAFT', 'ARCHIVED']).optional(),
  publishedAt: textOrNull,
};
const image = z.strictObject({
  url: z.string(),
  alt: textOrNull,
  width: z.number().int().optional(),
  height: z.number().int().optional(),
});
const line = z.strictObject({
  variantId: id.optional(),
  quantity: z.number().int().min(1).optional(),
  title: z.string().optional(),
  price: amount.optional(),
});
const discount = z.strictObject({
  code: z.string(),
  amount: amount.optional(),
  type: z.enum(['percentage', 'fixed_amount', 'shipping']).optional(),
});
const saleFields = {
  email: textOrNull,
  firstName: textOrNull,
  lastName: textOrNull,
  locale: z.string().optional(),
  discountCodes: z.array(discount).optional(),
  shippingAddress: addressSchema.optional(),
  shippingPrice: amount.optional(),
};
const originFields = {
  customerId: id.optional(),
  presentmentCurrency: z.string().optional(),
  presentmentRate: z.number().positive().optional(),
  sourceName: z.string().optional(),
  landingSite: textOrNull,
  referringSite: textOrNull,
};
const checkoutFields = { ...saleFields, phone: textOrNull, buyerAcceptsMarketing: z.boolean().optional() };
const lineQuantities = z.array(z.strictObject({ lineItemId: id, quantity: z.number().int().min(1) }));
const financialStatus = z.enum(['PAID', 'PENDING']).optional();

const verbs: Record<string, Run> = {
  updateShop: verb(
    {
      name: z.string().optional(),
      email: z.string().optional(),
      contactEmail: z.string().optional(),
      timezone: z.string().optional(),
      locale: z.string().optional(),
      currency: z.string().optional(),
      address: addressSchema.optional(),
    },
    ({ actions }, shop, input, options) => actions.updateShop(shop, input, options),
  ),
  installApp: verb({ scopes: z.array(z.string()).optional() }, ({ actions }, shop, { scopes }, options) =>
    actions.installApp(shop, scopes, options),
  ),
  uninstallApp: verb({}, ({ actions }, shop, _input, options) => actions.uninstallApp(shop, options)),
  changeScopes: verb({ scopes: z.array(z.string()) }, ({ actions }, shop, { scopes }, options) =>
    actions.changeScopes(shop, scopes, options),
  ),
  requestRedaction: verb(
    { kind: z.enum(['data_request', 'customer_redact', 'shop_redact']), customerId: id.optional() },
    ({ actions }, shop, { kind, customerId }) => actions.requestRedaction(shop, kind, customerId),
  ),
  publishTheme: verb(
    {
      name: z.string().min(1),
      files: z.record(z.string(), z.string()),
      pictures: z
        .array(z.strictObject({ url: z.string(), alt: z.string().nullable(), width: z.number(), height: z.number() }))
        .optional(),
    },
    ({ actions }, shop, input, options) => actions.publishTheme(shop, input, options),
  ),
  removeTheme: verb({}, ({ actions }, shop) => actions.removeTheme(shop)),
  createSegment: verb({ name: z.string().min(1), query: z.string().min(1) }, ({ actions }, shop, input, options) =>
    actions.createSegment(shop, input, options),
  ),
  deleteSegment: verb({ id }, ({ actions }, shop, { id }) => actions.deleteSegment(shop, id)),
  createCustomer: verb({ ...customerFields, consent: consent.optional() }, ({ actions }, shop, input, options) =>
    actions.createCustomer(shop, input, options),
  ),
  updateCustomer: verb({ id, ...customerFields }, ({ actions }, shop, { id, ...change }, options) =>
    actions.updateCustomer(shop, id, change, options),
  ),
  setConsent: verb({ id, ...consent.shape }, ({ actions }, shop, { id, ...input }, options) =>
    actions.setConsent(shop, id, input, options),
  ),
  deleteCustomer: verb({ id }, ({ actions }, shop, { id }, options) => actions.deleteCustomer(shop, id, options)),
  mergeCustomers: verb({ keptId: id, mergedId: id }, ({ actions }, shop, { keptId, mergedId }, options) =>
    actions.mergeCustomers(shop, keptId, mergedId, options),
  ),
  setMetafield: verb({ ownerId: z.string(), ...metafield.shape }, ({ actions }, shop, { ownerId, ...input }, options) =>
    actions.setMetafield(shop, ownerId, input, options),
  ),
  setTags: verb({ ownerId: z.string(), tags: z.array(z.string()) }, ({ actions }, shop, { ownerId, tags }, options) =>
    actions.setTags(shop, ownerId, () => tags, options),
  ),
  createProduct: verb(
    {
      title: z.string(),
      handle: z.string().optional(),
      ...productFields,
      isGiftCard: z.boolean().optional(),
      options: z.array(z.string()).optional(),
      images: z.array(image).optional(),
      variants: z.array(z.strictObject(variantFields)).optional(),
      metafields: z.array(metafield).optional(),
    },
    ({ actions }, shop, input, options) => actions.createProduct(shop, input, options),
  ),
  updateProduct: verb(
    { id, title: z.string().optional(), ...productFields },
    ({ actions }, shop, { id, ...change }, options) => actions.updateProduct(shop, id, change, options),
  ),
  deleteProduct: verb({ id }, ({ actions }, shop, { id }, options) => actions.deleteProduct(shop, id, options)),
  setStock: verb({ variantId: id, quantity: z.number().int() }, ({ actions }, shop, { variantId, quantity }, options) =>
    actions.setStock(shop, variantId, quantity, options),
  ),
  setPrice: verb(
    { variantId: id, price: amount, compareAtPrice: amount.nullable().optional() },
    ({ actions }, shop, { variantId, price, compareAtPrice }, options) =>
      actions.setPrice(shop, variantId, price, compareAtPrice, options),
  ),
  createCollection: verb({ title: z.string(), productIds: z.array(id) }, ({ actions }, shop, input, options) =>
    actions.createCollection(shop, input, options),
  ),
  startCheckout: verb(
    { lines: z.array(line), ...checkoutFields, ...originFields },
    ({ actions }, shop, input, options) => actions.startCheckout(shop, input, options),
  ),
  updateCheckout: verb(
    { id, lines: z.array(line).optional(), ...checkoutFields },
    ({ actions }, shop, { id, ...change }, options) => actions.updateCheckout(shop, id, change, options),
  ),
  deleteCheckout: verb({ id }, ({ actions }, shop, { id }, options) => actions.deleteCheckout(shop, id, options)),
  payCheckout: verb(
    { id, financialStatus, discountCode: z.string().optional() },
    ({ actions }, shop, { id, ...payment }, options) => actions.payCheckout(shop, id, payment, options),
  ),
  createOrder: verb(
    {
      lines: z.array(line),
      ...saleFields,
      ...originFields,
      financialStatus,
      tags: z.array(z.string()).optional(),
      test: z.boolean().optional(),
      takeStock: z.boolean().optional(),
    },
    ({ actions }, shop, input, options) => actions.createOrder(shop, input, options),
  ),
  markPaid: verb({ id }, ({ actions }, shop, { id }, options) => actions.markPaid(shop, id, options)),
  cancelOrder: verb({ id, reason: z.string().optional() }, ({ actions }, shop, { id, reason }, options) =>
    actions.cancelOrder(shop, id, reason, options),
  ),
  refundOrder: verb(
    {
      id,
      lines: lineQuantities.optional(),
      amount: amount.optional(),
      note: z.string().optional(),
      restock: z.boolean().optional(),
    },
    ({ actions }, shop, { id, ...input }, options) => actions.refundOrder(shop, id, input, options),
  ),
  fulfillOrder: verb(
    {
      id,
      lines: lineQuantities.optional(),
      trackingCompany: z.string().optional(),
      trackingNumber: z.string().optional(),
      trackingUrl: z.string().optional(),
    },
    ({ actions }, shop, { id, ...input }, options) => actions.fulfillOrder(shop, id, input, options),
  ),
  deliverOrder: verb({ id }, ({ actions }, shop, { id }, options) => actions.deliverOrder(shop, id, options)),
  ...discountVerbs,
};

export function verbNames(): string[] {
  return Object.keys(verbs);
}

/** What the verb answers: the record it changed, if any. */
export function runVerb(ctx: SandboxContext, shop: string, name: string, body: unknown): unknown {
  const run = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (!run) throw new SandboxRefusal(`There is no action "${name}". There are: ${verbNames().join(', ')}.`, 404);
  return run(ctx, shop, body);
}
