/** How far a cart reminder may go without a subscription, as the country table and the owner's settings both say it. */

/** From wide to narrow. `anyone`: leaving an address is enough; `earlier-buyer`: only after a purchase; `never`: consent alone. */
export const CHECKOUT_RULES = ['anyone', 'earlier-buyer', 'never'] as const;
export type CheckoutRule = (typeof CHECKOUT_RULES)[number];

/** Stands for every country without a row of its own, where the owner narrows by country. */
export const ELSEWHERE = 'else';

/** Whether `rule` lets through nobody whom `limit` keeps out. */
export function isAsStrict(rule: CheckoutRule, limit: CheckoutRule): boolean {
  return CHECKOUT_RULES.indexOf(rule) >= CHECKOUT_RULES.indexOf(limit);
}
