// Payloads of the discounts/* topics.
import { type DiscountRecord, discountStatus, type RedeemCodeRecord } from '../../discounts/records';
import { gid } from '../../ids';
import type { ShopState } from '../../state';
import { zoned } from './json';

export function discountPayload(shop: ShopState, discount: DiscountRecord, now: number) {
  const { timezone } = shop.record;
  return {
    admin_graphql_api_id: gid('DiscountCodeNode', discount.id),
    title: discount.title,
    status: discountStatus(discount, now),
    created_at: zoned(discount.createdAt, timezone),
    updated_at: zoned(discount.updatedAt, timezone),
  };
}

export function discountDeletedPayload(shop: ShopState, discount: DiscountRecord, at: string) {
  return {
    admin_graphql_api_id: gid('DiscountCodeNode', discount.id),
    deleted_at: zoned(at, shop.record.timezone),
  };
}

export function redeemCodePayload(shop: ShopState, code: RedeemCodeRecord, at: string) {
  return {
    admin_graphql_api_id: gid('DiscountCodeNode', code.discountId),
    redeem_code: { id: gid('DiscountRedeemCode', code.id), code: code.code },
    updated_at: zoned(at, shop.record.timezone),
  };
}
