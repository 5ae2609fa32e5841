/** What a change of consent means: given, found given before, confirmed, withdrawn, or neither. */
import type { ConsentState } from '../../domain/customer';
import type { DomainEvent } from '../../domain/event';
import { unreachable } from '../../lib/invariant';
import type { ConsentChange } from '../../store/customer-consent';

export function consentEvents(changes: readonly ConsentChange[]): DomainEvent[] {
  return changes.flatMap(({ customerId, from, to, at, dated, confirmed }) => {
    if (confirmed) return { type: 'consent.confirmed' as const, customerId, at };
    if (to === 'subscribed') return { type: dated ? 'consent.given' : 'consent.found', customerId, at };
    return isWithdrawal(from, to) ? { type: 'consent.withdrawn' as const, customerId, at } : [];
  });
}

/** Waiting for a double opt-in takes nothing away from somebody who had not subscribed. */
function isWithdrawal(from: ConsentState, to: Exclude<ConsentState, 'subscribed'>): boolean {
  switch (to) {
    case 'unsubscribed':
    case 'redacted':
    case 'invalid':
      return true;
    case 'not_subscribed':
    case 'pending':
      return from === 'subscribed';
    default:
      return unreachable(to);
  }
}
