// Works out what codes take off a basket: product codes first, then whole-order codes, then shipping. Used by the verbs and the cart page.
import { fromMinor, toMinor } from '../money';
import type { DiscountCodeUse } from '../records';
import type { ShopState } from '../state';
import { type Basket, lineMinor } from './basket';
import { checkCode, type UsableCode } from './check';
import { type CombinesWith, type DiscountClass, discountClass } from './records';
import type { CodeProblem } from './refusal';
import { spread } from './spread';

export interface PricedCodes {
  uses: DiscountCodeUse[];
  refused: { code: string; problem: CodeProblem }[];
}

const order: DiscountClass[] = ['PRODUCT', 'ORDER', 'SHIPPING'];

/** A code that cannot be combined with one named before it is refused. */
export function priceCodes(shop: ShopState, basket: Basket, texts: readonly string[], now: number): PricedCodes {
  const taken: UsableCode[] = [];
  const refused: PricedCodes['refused'] = [];
  for (const text of texts) {
    const found = checkCode(shop, basket, text, now);
    if ('reason' in found) refused.push({ code: text, problem: found });
    else if (taken.some((other) => other.code.id === found.code.id)) continue;
    else if (taken.every((other) => canCombine(other, found))) taken.push(found);
    else refused.push({ code: text, problem: { reason: 'not-with-others' } });
  }
  const left = basket.lines.map((line) => lineMinor(line, basket.currency));
  const classOf = ({ discount }: UsableCode) => order.indexOf(discountClass(discount));
  const uses = taken.sort((a, b) => classOf(a) - classOf(b)).map((one) => use(one, basket, left));
  return { uses, refused };
}

const combination: Record<DiscountClass, keyof CombinesWith> = {
  ORDER: 'orderDiscounts',
  PRODUCT: 'productDiscounts',
  SHIPPING: 'shippingDiscounts',
};

function canCombine(one: UsableCode, other: UsableCode): boolean {
  const allows = (a: UsableCode, b: UsableCode) => a.discount.combinesWith[combination[discountClass(b.discount)]];
  return allows(one, other) && allows(other, one);
}

/** Takes its share off `left`, the minor units still to be paid for each line. */
function use({ code, discount, entitled }: UsableCode, basket: Basket, left: number[]): DiscountCodeUse {
  const { currency } = basket;
  const { value } = discount;
  const selection = discount.items.kind === 'all' ? ('all' as const) : ('entitled' as const);
  const common = { discountId: discount.id, class: discountClass(discount), selection };
  const money = (minor: number) => fromMinor(minor, currency);
  if (value.kind === 'free-shipping') {
    const perLine = left.map(() => money(0));
    const applied = { ...common, value: '100.0', isPercentage: true, method: 'each' as const, perLine };
    return { code: code.code, amount: money(toMinor(basket.shippingPrice, currency)), type: 'shipping', applied };
  }
  const shares = sharesOf(value, { basket, entitled, left });
  for (const [index, share] of shares.entries()) left[index] = (left[index] ?? 0) - share;
  const isPercentage = value.kind === 'percentage';
  const method = value.kind === 'amount' && value.onEachItem ? ('each' as const) : ('across' as const);
  const shown = value.kind === 'percentage' ? percentText(value.percentage) : value.amount;
  return {
    code: code.code,
    amount: money(shares.reduce((sum, share) => sum + share, 0)),
    type: isPercentage ? 'percentage' : 'fixed_amount',
    applied: { ...common, value: shown, isPercentage, method, perLine: shares.map(money) },
  };
}

function sharesOf(
  value: Exclude<UsableCode['discount']['value'], { kind: 'free-shipping' }>,
  { basket, entitled, left }: { basket: Basket; entitled: boolean[]; left: number[] },
): number[] {
  const open = left.map((minor, index) => (entitled[index] ? minor : 0));
  const sum = open.reduce((total, minor) => total + minor, 0);
  if (value.kind === 'percentage') return spread(Math.round(sum * value.percentage), open);
  const amount = toMinor(value.amount, basket.currency);
  if (!value.onEachItem) return spread(Math.min(amount, sum), open);
  return open.map((minor, index) => Math.min(minor, amount * (basket.lines[index]?.quantity ?? 0)));
}

/** 0.1 → "10.0" */
function percentText(percentage: number): string {
  const percent = Math.round(percentage * 1_000_000) / 10_000;
  return Number.isInteger(percent) ? percent.toFixed(1) : String(percent);
}
