// The number behind a discount's gid; both names Shopify has for it are taken. Used by queries and mutations.
import { idOf } from '../../ids';

export function discountIdOf(gid: unknown): string | null {
  const text = String(gid);
  return idOf(text, 'DiscountCodeNode') ?? idOf(text, 'DiscountNode');
}
