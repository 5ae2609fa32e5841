// The state of reading one discount input: what was given, what was before, what is wrong. Shared by the input files.
import type { DiscountTerms } from '../../discounts/records';
import type { GraphqlContext } from '../context';
import { type DiscountUserError, userError } from './user-error';

export type DiscountArgument = 'basicCodeDiscount' | 'freeShippingCodeDiscount';

export interface InputObject {
  [field: string]: unknown;
}

/** Gathers mistakes; `before` is the discount that an update changes. */
export interface Reading {
  ctx: GraphqlContext;
  argument: DiscountArgument;
  input: InputObject;
  before: DiscountTerms | undefined;
  errors: DiscountUserError[];
}

export function objectOf(value: unknown): InputObject | undefined {
  return typeof value === 'object' && value !== null ? (value as InputObject) : undefined;
}

export function complain(reading: Reading, path: string[], message: string, code: string): void {
  reading.errors.push(userError([reading.argument, ...path], message, code));
}
