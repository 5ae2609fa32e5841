/** Discount codes as shoppers and the store see them. */
import type { Mail } from '../harness/mailbox';
import type { Store } from '../harness/store';

/** The code an e-mail shows; null when it shows none. */
export function codeIn(mail: Mail | undefined): string | null {
  return /\b[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}\b/.exec(mail?.text ?? '')?.[0] ?? null;
}

/** The order's discount in the store's own books. */
export function reducedBy(order: { discountCodes?: readonly { code: string; amount?: string }[] }): string[] {
  return (order.discountCodes ?? []).map(({ code, amount }) => `${code} ${amount ?? ''}`);
}

/** What the app knows of its codes in this store. */
export function codesOf(store: Store) {
  return store.ask<{
    customerId: string;
    code: string;
    scenario: string;
    usedOrderId: string | null;
    endsAt: Date | null;
  }>('select customer_id, code, scenario, used_order_id, ends_at from codes where shop_id = $1 order by created_at', [
    store.shopId(),
  ]);
}
