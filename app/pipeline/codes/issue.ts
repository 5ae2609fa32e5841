/**
 * Has Shopify make the codes enrollments wait for, bound to `code.issue`: never in the send path. Shopify out of reach
 * throws, and the queue tries again; what Shopify refuses is kept on the discount, told to the owner and tried hourly.
 */
import type { Shop } from '../../domain/shop';
import { type AdminError, isAdminError } from '../../gateways/shopify/admin-error';
import { DISCOUNT_OF_CODE, DISCOUNT_STATE } from '../../gateways/shopify/documents/discount';
import { HOUR } from '../../lib/duration';
import { changeWaiting, lockCodes } from '../../store/codes';
import {
  clearRefusal,
  type DiscountRow,
  dropUnmade,
  ENDED_IN_SHOPIFY,
  findDiscount,
  keepShopifyId,
  refuseDiscount,
} from '../../store/discounts';
import { inShop } from '../../store/scope';
import { addCodes } from './add-codes';
import { type MadeDiscount, makeDiscount } from './make-discount';
import { type CodeParts, settleReady } from './parts';
import { type CodePlan, type DiscountPlan, planCodes } from './plan-codes';

/** @param enrollmentIds those that wait for their code */
export type IssueCodes = (shopId: number, enrollmentIds: readonly number[]) => Promise<void>;

const REFUSED_RETRY_MS = HOUR;
/** Real time a shop that could not be asked is left alone, so that a whole queue does not knock one by one. */
const OUTAGE_MS = 5000;

/** Makes the stage. Repeating it, or running it twice at once, makes no second discount and no second code. */
export function makeIssueCodes(parts: CodeParts): IssueCodes {
  const outages = new Map<number, { until: number; error: AdminError }>();
  return async (shopId, enrollmentIds) => {
    const outage = outages.get(shopId);
    if (outage && outage.until > performance.now()) throw outage.error;
    outages.delete(shopId);
    try {
      await issue(parts, shopId, enrollmentIds);
    } catch (error) {
      if (isAdminError(error)) outages.set(shopId, { until: performance.now() + OUTAGE_MS, error });
      throw error;
    }
  };
}

async function issue(parts: CodeParts, shopId: number, enrollmentIds: readonly number[]): Promise<void> {
  const planned = () => inShop(parts.db, shopId, (shop) => planCodes(parts, shop, enrollmentIds, parts.clock.now()));
  let plan = await planned();
  if (plan && plan.strays.length > 0) {
    for (const stray of plan.strays) await bringBack(parts, plan.shop, stray).catch(ignoreRefusal);
    plan = await planned();
  }
  for (const one of plan?.plans ?? []) if (plan) await carryOut(parts, plan.shop, one);
}

/** Who may not even ask is told so by the discount itself. */
function ignoreRefusal(error: unknown): void {
  if (!isAdminError(error, 'refused')) throw error;
}

/** What Shopify refuses is this discount's affair: the others go on. */
async function carryOut(parts: CodeParts, shop: Shop, plan: DiscountPlan): Promise<void> {
  const { id, refusedAt } = plan.discount;
  const at = parts.clock.now();
  if (refusedAt && at.getTime() - refusedAt.getTime() < REFUSED_RETRY_MS) return;
  const refusal = await fill(parts, shop, plan).catch((error: unknown) => {
    if (isAdminError(error, 'refused')) return error.message;
    throw error;
  });
  if (refusal !== null) parts.log.warn({ event: 'discount.refused', shopId: shop.id, why: refusal });
  else parts.log.info({ event: 'codes.issued', shopId: shop.id, count: plan.codes.length });
  await inShop(parts.db, shop.id, (scope) =>
    refusal === null ? clearRefusal(scope, id) : refuseDiscount(scope, id, { refusal, at }),
  );
}

/** @returns what stands against it, or null */
async function fill(
  parts: CodeParts,
  shop: Shop,
  { discount, offer, first, codes }: DiscountPlan,
): Promise<string | null> {
  const there = first
    ? await makeDiscount(parts, { shop, discount, offer, first })
    : await stillThere(parts, shop, discount);
  if ('refused' in there) return there.refused;
  const rest = codes.filter(({ enrollmentId }) => enrollmentId !== first?.enrollmentId);
  return addCodes(parts, { shop, discountId: discount.id, ...there }, rest);
}

/** The owner may have ended or deleted it; its end is where they put it. A code of it would be worth nothing. */
async function stillThere(
  { admin }: CodeParts,
  shop: Shop,
  { shopifyId }: DiscountRow,
): Promise<MadeDiscount | { refused: string }> {
  const state = shopifyId === null ? null : await admin.run(shop.domain, DISCOUNT_STATE, { id: shopifyId });
  if (!state || state.status === 'expired') return { refused: ENDED_IN_SHOPIFY };
  return { shopifyId: state.id, endsAt: state.endsAt };
}

/** A first code that is to go into another discount now: unless its own was made with it after all, it is free to. */
async function bringBack(
  parts: CodeParts,
  shop: Shop,
  { code, discountId }: CodePlan['strays'][number],
): Promise<void> {
  const holder = await parts.admin.run(shop.domain, DISCOUNT_OF_CODE, { code: code.code });
  await inShop(parts.db, shop.id, async (scope) => {
    await lockCodes(scope);
    const discount = await findDiscount(scope, discountId);
    if (holder && discount && holder.title === discount.title) {
      await keepShopifyId(scope, discountId, holder.id);
      await settleReady(parts, scope, [code], { discountId, endsAt: discount.endsAt, at: parts.clock.now() });
      return;
    }
    await changeWaiting(scope, code.enrollmentId, { discountId: null });
    await dropUnmade(scope, discountId);
  });
}
