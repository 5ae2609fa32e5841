// Codes as orders and checkouts carry them: what was applied, and how much of it fell on each line. Shared by their payloads.
import { perLine } from '../../discounts/spread';
import { toMinor } from '../../money';
import type { CheckoutRecord, DiscountCodeUse, LineRecord, OrderRecord } from '../../records';
import { moneySet } from './json';

export function discountApplication(use: DiscountCodeUse) {
  const { applied, amount } = use;
  return {
    target_type: use.type === 'shipping' ? 'shipping_line' : 'line_item',
    type: 'discount_code',
    value: applied?.value ?? amount,
    value_type: applied?.isPercentage ? 'percentage' : 'fixed_amount',
    allocation_method: applied?.method ?? 'across',
    target_selection: applied?.selection ?? 'all',
    code: use.code,
  };
}

/** The index points into the order's discount_applications. */
export function lineAllocations(order: OrderRecord, line: LineRecord) {
  const place = order.lines.indexOf(line);
  return order.discountCodes.flatMap((use, index) => allocation(order, perLine(order, use)[place], index));
}

export function shippingAllocations(order: OrderRecord) {
  return order.discountCodes.flatMap((use, index) =>
    use.type === 'shipping' ? allocation(order, use.amount, index) : [],
  );
}

function allocation(order: OrderRecord, amount: string | undefined, index: number) {
  if (amount === undefined || toMinor(amount, order.currency) === 0) return [];
  return [{ amount, amount_set: moneySet(amount, order), discount_application_index: index }];
}

/** In a checkout each share says itself where it comes from. */
export function checkoutLineAllocations(checkout: CheckoutRecord, line: LineRecord, show: (amount: string) => string) {
  const place = checkout.lines.indexOf(line);
  return checkout.discountCodes.flatMap((use) => {
    const amount = perLine(checkout, use)[place];
    if (amount === undefined || toMinor(amount, checkout.currency) === 0) return [];
    return [
      {
        id: null,
        amount: show(amount),
        description: use.code,
        created_at: null,
        application_type: 'discount_code',
        discount_class: (use.applied?.class ?? 'ORDER').toLowerCase(),
      },
    ];
  });
}
