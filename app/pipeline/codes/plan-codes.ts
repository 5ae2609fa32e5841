/**
 * Which discount each waiting code belongs to: one per scenario, offer and end day. Runs in one short transaction before
 * Shopify is asked for anything; fixed codes are ready right here.
 */
import { endOfDay, lastDayOf, type MadeOffer, type Offer } from '../../domain/offer';
import type { Shop } from '../../domain/shop';
import { newCodeText } from '../../lib/code-text';
import { changeWaiting, dropWaiting, findFirstCode, lockCodes, lockWaiting, type WaitingCode } from '../../store/codes';
import { type DiscountRow, takeDiscount } from '../../store/discounts';
import type { ShopScope } from '../../store/scope';
import { loadShop } from '../../store/shop-settings';
import { type EffectiveScenario, loadScenario } from '../effective-scenario';
import { discountTitle } from './discount-title';
import { offerKey } from './offer-key';
import { type CodeParts, type CodeText, goOn, settleReady } from './parts';

export interface DiscountPlan {
  discount: DiscountRow;
  offer: MadeOffer;
  /**
   * The code the discount is made with while Shopify has none. It is noted before Shopify is asked, and no two discounts
   * of a shop can have one code: whoever tries again, or at the same time, meets it there instead of making a second one.
   */
  first: CodeText | null;
  codes: CodeText[];
}

export interface CodePlan {
  shop: Shop;
  plans: DiscountPlan[];
  /** First codes of a discount that is not theirs any more: the offer was changed, or a day passed. */
  strays: { code: CodeText; discountId: string }[];
}

/** Plans what is to be asked of Shopify; null for a shop that is gone or paused. */
export async function planCodes(
  parts: Pick<CodeParts, 'queue'>,
  scope: ShopScope,
  enrollmentIds: readonly number[],
  now: Date,
): Promise<CodePlan | null> {
  const shop = await loadShop(scope);
  if (!shop.installedAt || shop.uninstalledAt || shop.pausedAt) return null;
  await lockCodes(scope);
  const made = await takeUp({ parts, scope, shop, now }, await lockWaiting(scope, enrollmentIds));
  const plan: CodePlan = { shop, plans: [], strays: [] };
  const groups = Map.groupBy(made, ({ scenario, offer }) => `${scenario} ${offerKey(offer)}`);
  for (const group of groups.values()) await planGroup(plan, scope, group, now);
  return plan;
}

type MadeCode = Omit<WaitingCode, 'offer'> & { offer: MadeOffer };

interface Context {
  parts: Pick<CodeParts, 'queue'>;
  scope: ShopScope;
  shop: Shop;
  now: Date;
}

/** What is not ready follows the offer as it is now; what Shopify has no part in is settled. */
async function takeUp(context: Context, waiting: readonly WaitingCode[]): Promise<MadeCode[]> {
  const { parts, scope, shop, now } = context;
  const scenarios = new Map<string, EffectiveScenario>();
  const left: MadeCode[] = [];
  const unwanted: number[] = [];
  for (const code of waiting) {
    const key = `${code.scenario} ${code.version}`;
    const scenario = scenarios.get(key) ?? (await loadScenario(scope, code.scenario, code.version));
    scenarios.set(key, scenario);
    // Its step waits for the owner to switch it on, and asks again then.
    if (!scenario.enabled) continue;
    const { offer } = scenario.definition;
    if (!offer) {
      await dropWaiting(scope, code.enrollmentId);
      unwanted.push(code.enrollmentId);
      continue;
    }
    const text = textFor(code, offer);
    if (text !== code.code || offerKey(offer) !== offerKey(code.offer)) {
      await changeWaiting(scope, code.enrollmentId, { offer, code: text });
    }
    if (offer.kind !== 'fixed-code') {
      left.push({ ...code, offer, code: text });
      continue;
    }
    const endsAt = offer.endsOn === null ? null : endOfDay(offer.endsOn, shop.timeZone);
    await settleReady(parts, scope, [{ ...code, code: text }], { discountId: null, endsAt, at: now });
  }
  await goOn(parts, scope, unwanted, now);
  return left;
}

function textFor({ code, offer: before }: WaitingCode, offer: Offer): string {
  if (offer.kind === 'fixed-code') return offer.code;
  return before.kind === 'fixed-code' ? newCodeText() : code;
}

async function planGroup(plan: CodePlan, scope: ShopScope, group: readonly MadeCode[], now: Date): Promise<void> {
  const [any] = group;
  if (!any) return;
  const { scenario, offer } = any;
  const endDay = lastDayOf(offer, now, plan.shop.timeZone);
  const discount = await takeDiscount(scope, {
    scenario,
    offer,
    offerKey: offerKey(offer),
    endDay,
    endsAt: endOfDay(endDay, plan.shop.timeZone),
    title: discountTitle({ scenario, offer, endDay, shop: plan.shop }),
    createdAt: now,
  });
  const isStray = (code: MadeCode) => code.discountId !== null && code.discountId !== discount.id;
  for (const { enrollmentId, code, discountId } of group.filter(isStray)) {
    if (discountId !== null) plan.strays.push({ code: { enrollmentId, code }, discountId });
  }
  const codes = group.filter((code) => !isStray(code)).map(({ enrollmentId, code }) => ({ enrollmentId, code }));
  const [oldest] = codes;
  if (!oldest) return;
  const first = discount.shopifyId === null ? await firstOf(scope, discount, oldest) : null;
  plan.plans.push({ discount, offer, first, codes });
}

async function firstOf(scope: ShopScope, discount: DiscountRow, oldest: CodeText): Promise<CodeText> {
  const noted = await findFirstCode(scope, discount.id);
  if (noted) return noted;
  await changeWaiting(scope, oldest.enrollmentId, { discountId: discount.id });
  return oldest;
}
