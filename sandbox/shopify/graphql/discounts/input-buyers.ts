// Who may use a discount: `context`, or `customerSelection` that it replaces. Part of input.ts.
import { idOf } from '../../ids';
import { complain, objectOf, type Reading } from './reading';
import { badRequest } from './user-error';

/** Customer ids, or null for everyone. */
export function readBuyers(reading: Reading): string[] | null {
  const { input, before } = reading;
  const field = input.context ? 'context' : 'customerSelection';
  const wanted = objectOf(input[field]);
  if (input.context && input.customerSelection) {
    complain(reading, ['context'], 'Only one of context or customerSelection can be provided.', 'INVALID');
  }
  if (!wanted) {
    if (!before) complain(reading, ['context'], "Context can't be blank", 'BLANK');
    return before?.customerIds ?? null;
  }
  for (const kind of ['customerSegments', 'markets']) {
    if (wanted[kind]) throw badRequest(`The sandbox keeps no ${kind} for discounts.`, 'SANDBOX_NOT_IMPLEMENTED');
  }
  const customers = objectOf(wanted.customers);
  if (wanted.all && customers) {
    throw badRequest(
      'A discount cannot have customerSelection set to all, when customers or customerSavedSearches is specified.',
    );
  }
  if (!customers) return null;
  const added = readIds(reading, [field, 'customers', 'add'], customers.add);
  const removed = new Set(idsOf(customers.remove, 'Customer'));
  const ids = [...new Set([...(before?.customerIds ?? []), ...added])].filter((id) => !removed.has(id));
  return ids;
}

function readIds(reading: Reading, path: string[], value: unknown): string[] {
  const ids = idsOf(value, 'Customer');
  for (const id of ids) {
    if (!reading.ctx.shop.customers.has(id)) complain(reading, path, `Customer with id: ${id} is invalid`, 'INVALID');
  }
  return ids;
}

/** The numbers of a list of gids; what is no such gid keeps its tail, so that it is found missing. */
export function idsOf(value: unknown, type: string): string[] {
  if (!Array.isArray(value)) return [];
  return value.map((gid) => idOf(String(gid), type) ?? String(gid).split('/').at(-1) ?? '');
}
