/** Reads discounts/update and discounts/delete. */
import { z } from 'zod';
import type { StoreChange } from '../../../domain/snapshot';
import { key, text } from '../fields';

const shape = z.looseObject({ admin_graphql_api_id: key, status: text });

/** Automatic discounts have no codes, and another id. */
function discountIdOf(payload: unknown): { id: string; status: string } | null {
  const read = shape.safeParse(payload);
  if (!read.success || read.data.admin_graphql_api_id === null) return null;
  return { id: read.data.admin_graphql_api_id, status: read.data.status?.toLowerCase() ?? '' };
}

/** The payload does not tell the end. */
export function readDiscount(payload: unknown): StoreChange | null {
  const told = discountIdOf(payload);
  if (!told) return null;
  const state = told.status === 'expired' ? 'ended' : 'active';
  return { kind: 'discount-changed', discount: { id: told.id, state } };
}

export function readDiscountDelete(payload: unknown): StoreChange | null {
  const told = discountIdOf(payload);
  return told && { kind: 'discount-changed', discount: { id: told.id, state: 'ended' } };
}
