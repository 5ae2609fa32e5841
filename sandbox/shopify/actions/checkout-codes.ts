// Verbs of a shopper with a code: put it into the checkout, take it out. The checkout is priced again and the app is told.
import { SandboxRefusal } from '../../http/refusal';
import { CodeRefusal } from '../discounts/refusal';
import type { CheckoutRecord } from '../records';
import type { ShopState } from '../state';
import { checkoutPayload } from '../webhooks/payloads/checkout';
import { type ActionParts, momentOf, stamp, tell, type When } from './parts';
import { repriceDiscounts, setCodes } from './sale-discounts';

export function checkoutCodeActions(parts: ActionParts) {
  const { state } = parts;

  function openCheckout(domain: string, id: string): { shop: ShopState; checkout: CheckoutRecord } {
    const shop = state.shop(domain);
    const checkout = shop.checkout(id);
    if (checkout.completedAt) throw new SandboxRefusal('This checkout is completed.', 409);
    return { shop, checkout };
  }

  function changed(shop: ShopState, checkout: CheckoutRecord, when?: When): CheckoutRecord {
    checkout.updatedAt = stamp(parts, when);
    shop.touch();
    tell(parts, when, shop)('checkouts/update', () => checkoutPayload(state, shop, checkout));
    return checkout;
  }

  const ownCodes = (checkout: CheckoutRecord) =>
    checkout.discountCodes.filter((use) => use.applied).map(({ code }) => code);

  /** The shopper types a code; one it cannot be combined with gives way. Refuses (CodeRefusal) what does not fit. */
  function applyDiscountCode(domain: string, checkoutId: string, code: string, when?: When): CheckoutRecord {
    const { shop, checkout } = openCheckout(domain, checkoutId);
    const draft = { ...checkout };
    const now = momentOf(parts, when);
    const refused = setCodes(shop, draft, [code, ...ownCodes(checkout)], now);
    const mine = refused.find((one) => one.code === code);
    if (mine) throw new CodeRefusal(code, mine.problem);
    const { discountCodes, totalDiscounts } = draft;
    Object.assign(checkout, { discountCodes, totalDiscounts });
    return changed(shop, checkout, when);
  }

  function removeDiscountCode(domain: string, checkoutId: string, code: string, when?: When): CheckoutRecord {
    const { shop, checkout } = openCheckout(domain, checkoutId);
    const wanted = code.trim().toUpperCase();
    checkout.discountCodes = checkout.discountCodes.filter((use) => use.code.toUpperCase() !== wanted);
    setCodes(shop, checkout, ownCodes(checkout), momentOf(parts, when));
    return changed(shop, checkout, when);
  }

  /** Before paying: a code that ended or was used up meanwhile is taken out, and the payment refused once. */
  function confirmCodes(shop: ShopState, checkout: CheckoutRecord, when?: When): void {
    const [first] = repriceDiscounts(shop, checkout, momentOf(parts, when));
    if (!first) return;
    changed(shop, checkout, when);
    throw new CodeRefusal(first.code, first.problem);
  }

  return { applyDiscountCode, removeDiscountCode, confirmCodes };
}
