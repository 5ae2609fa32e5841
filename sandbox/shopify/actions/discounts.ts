// Verbs on discounts and their codes, as the merchant or an app changes them. GraphQL, the control API and tests call them.
import { SandboxRefusal } from '../../http/refusal';
import { codeProblem } from '../discounts/code-text';
import type { DiscountRecord, DiscountTerms, RedeemCodeRecord } from '../discounts/records';
import type { ShopState } from '../state';
import { discountDeletedPayload, discountPayload, redeemCodePayload } from '../webhooks/payloads/discount';
import { type NewDiscount, termsOf } from './discount-terms';
import { type ActionParts, definedOnly, stamp, tell, type When } from './parts';

export interface AddedCode {
  code: string;
  codeId: string | null;
  /** As Shopify says it of this code. */
  error: string | null;
}

export function discountActions(parts: ActionParts) {
  const { state, clock } = parts;

  function addCode(shop: ShopState, discountId: string, code: string, when?: When): RedeemCodeRecord {
    const at = stamp(parts, when);
    const record = { id: state.nextId('redeemCode'), discountId, code, usageCount: 0, createdAt: at };
    shop.book.putCode(record);
    shop.touch();
    return record;
  }

  /** A discount with its first code. */
  function putDiscount(domain: string, terms: DiscountTerms, code: string, when?: When): DiscountRecord {
    const shop = state.shop(domain);
    const problem = codeProblem(shop.book, code);
    if (problem) throw new SandboxRefusal(`The code "${code}" ${problem}`, 409);
    const at = stamp(parts, when);
    const id = state.nextId('discount');
    const discount: DiscountRecord = { ...terms, id, usageCount: 0, usedBy: [], createdAt: at, updatedAt: at };
    shop.book.putDiscount(discount);
    addCode(shop, id, code, when);
    tell(parts, when, shop)('discounts/create', () => discountPayload(shop, discount, clock.now()));
    return discount;
  }

  /** In few words: `{ code: 'TEN', percentage: 0.1, minimumSubtotal: 40 }`. */
  function createDiscount(domain: string, input: NewDiscount, when?: When): DiscountRecord {
    const shop = state.shop(domain);
    return putDiscount(domain, termsOf(input, shop.record.currency, stamp(parts, when)), input.code, when);
  }

  function updateDiscount(domain: string, id: string, change: Partial<DiscountTerms>, when?: When): DiscountRecord {
    const shop = state.shop(domain);
    const discount = shop.discount(id);
    Object.assign(discount, definedOnly(change), { updatedAt: stamp(parts, when) });
    shop.touch();
    tell(parts, when, shop)('discounts/update', () => discountPayload(shop, discount, clock.now()));
    return discount;
  }

  /** Ends it now. */
  function deactivateDiscount(domain: string, id: string, when?: When): DiscountRecord {
    const at = stamp(parts, when);
    const { startsAt } = state.shop(domain).discount(id);
    return updateDiscount(domain, id, { endsAt: at, startsAt: earlier(startsAt, at) }, when);
  }

  /** Makes it usable now, with no end if it had ended. */
  function activateDiscount(domain: string, id: string, when?: When): DiscountRecord {
    const at = stamp(parts, when);
    const { startsAt, endsAt } = state.shop(domain).discount(id);
    const hasEnded = endsAt !== null && Date.parse(endsAt) <= Date.parse(at);
    return updateDiscount(domain, id, { startsAt: earlier(startsAt, at), endsAt: hasEnded ? null : endsAt }, when);
  }

  /** Orders keep what they had of it. */
  function deleteDiscount(domain: string, id: string, when?: When): void {
    const shop = state.shop(domain);
    const discount = shop.discount(id);
    shop.book.dropDiscount(discount.id);
    shop.touch();
    tell(parts, when, shop)('discounts/delete', () => discountDeletedPayload(shop, discount, stamp(parts, when)));
  }

  /** Each code for itself: one that is taken or unfit is told, the others come in. */
  function addRedeemCodes(domain: string, id: string, codes: readonly string[], when?: When): AddedCode[] {
    const shop = state.shop(domain);
    const discount = shop.discount(id);
    const say = tell(parts, when, shop);
    const seen = new Set<string>();
    return codes.map((code) => {
      const key = code.toUpperCase();
      const error = seen.has(key)
        ? 'Codes must be unique within BulkDiscountCodeCreation'
        : codeProblem(shop.book, code);
      seen.add(key);
      if (error) return { code, codeId: null, error };
      const record = addCode(shop, discount.id, code, when);
      say('discounts/redeemcode_added', () => redeemCodePayload(shop, record, stamp(parts, when)));
      return { code, codeId: record.id, error: null };
    });
  }

  function deleteRedeemCodes(domain: string, id: string, codeIds: readonly string[], when?: When): void {
    const shop = state.shop(domain);
    for (const codeId of codeIds) {
      const code = shop.redeemCodes.get(codeId);
      if (code?.discountId !== id) continue;
      shop.book.dropCode(code);
      tell(parts, when, shop)('discounts/redeemcode_removed', () => redeemCodePayload(shop, code, stamp(parts, when)));
    }
    shop.touch();
  }

  return {
    putDiscount,
    createDiscount,
    updateDiscount,
    deactivateDiscount,
    activateDiscount,
    deleteDiscount,
    addRedeemCodes,
    deleteRedeemCodes,
  };
}

function earlier(a: string, b: string): string {
  return Date.parse(a) <= Date.parse(b) ? a : b;
}
