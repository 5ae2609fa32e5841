// The verbs on discounts and codes as JSON bodies. Part of api-verbs.ts.
import { z } from 'zod';
import { amount, id, type Run, verb } from './verb';

const codeInCheckout = { checkoutId: id, code: z.string() };

export const discountVerbs: Record<string, Run> = {
  createDiscount: verb(
    {
      code: z.string(),
      title: z.string().optional(),
      percentage: z.number().optional(),
      amount: amount.optional(),
      freeShipping: z.boolean().optional(),
      minimumSubtotal: amount.optional(),
      minimumQuantity: z.number().int().min(1).optional(),
      productIds: z.array(id).optional(),
      collectionIds: z.array(id).optional(),
      startsAt: z.iso.datetime({ offset: true }).optional(),
      endsAt: z.iso.datetime({ offset: true }).nullable().optional(),
      usageLimit: z.number().int().min(1).nullable().optional(),
      oncePerCustomer: z.boolean().optional(),
      customerIds: z.array(id).optional(),
    },
    ({ actions }, shop, input, options) => actions.createDiscount(shop, input, options),
  ),
  addRedeemCodes: verb({ id, codes: z.array(z.string()) }, ({ actions }, shop, { id, codes }, options) =>
    actions.addRedeemCodes(shop, id, codes, options),
  ),
  deactivateDiscount: verb({ id }, ({ actions }, shop, { id }, options) =>
    actions.deactivateDiscount(shop, id, options),
  ),
  activateDiscount: verb({ id }, ({ actions }, shop, { id }, options) => actions.activateDiscount(shop, id, options)),
  deleteDiscount: verb({ id }, ({ actions }, shop, { id }, options) => actions.deleteDiscount(shop, id, options)),
  applyDiscountCode: verb(codeInCheckout, ({ actions }, shop, { checkoutId, code }, options) =>
    actions.applyDiscountCode(shop, checkoutId, code, options),
  ),
  removeDiscountCode: verb(codeInCheckout, ({ actions }, shop, { checkoutId, code }, options) =>
    actions.removeDiscountCode(shop, checkoutId, code, options),
  ),
};
