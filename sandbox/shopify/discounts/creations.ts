// Brings codes in beside the server, a moment after discountRedeemCodeBulkAdd asked for it. Made by register.ts, asked by the mutation.
import type { SandboxContext } from '../../http/context';
import type { ShopState } from '../state';
import type { CodeCreationRecord } from './records';

export interface CodeCreations {
  start(shop: ShopState, creation: CodeCreationRecord): void;
  close(): void;
}

const delayMs = 30;

export function createCodeCreations({ state, clock, actions, faults }: SandboxContext): CodeCreations {
  const timers = new Set<NodeJS.Timeout>();

  function run(shop: ShopState, creation: CodeCreationRecord): void {
    if (faults.codesHang) later(shop, creation);
    else finish(shop, creation);
  }

  /** What a fault holds back is looked at again until it is lifted. */
  function later(shop: ShopState, creation: CodeCreationRecord): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run(shop, creation);
    }, delayMs);
    timer.unref();
    timers.add(timer);
  }

  function finish(shop: ShopState, creation: CodeCreationRecord): void {
    const isThere = state.findShop(shop.domain) === shop && shop.discounts.has(creation.discountId);
    const texts = creation.codes.map(({ code }) => code);
    creation.codes = isThere
      ? actions.addRedeemCodes(shop.domain, creation.discountId, texts)
      : texts.map((code) => ({ code, codeId: null, error: 'Discount does not exist' }));
    creation.done = true;
    const discount = shop.discounts.get(creation.discountId);
    if (discount) discount.updatedAt = `${new Date(clock.now()).toISOString().slice(0, 19)}Z`;
    shop.touch();
  }

  for (const shop of state.shops.values()) {
    for (const creation of shop.codeCreations.values()) if (!creation.done) later(shop, creation);
  }
  const close = (): void => {
    for (const timer of timers) clearTimeout(timer);
  };
  return { start: later, close };
}
