/** What ends an enrollment: asked by every decision and again by the last look before each send. */
import { unreachable } from '../lib/invariant';
import type { ShopperCode } from './offer';
import type { Facts, Reason } from './reason';
import type { Exit } from './scenario';

/** What a scenario's exits and checks ask about, as it is now. */
export interface ScenarioFacts {
  /** The first order the shopper placed after the enrollment began, not counting the one they opted in with. */
  orderSinceStart: { orderId: string; at: Date } | null;
  /** They gave consent in a checkout they then completed. */
  optedInAtCheckout: boolean;
  checkout: {
    completedAt: Date | null;
    deleted: boolean;
    itemCount: number;
    /** It is somebody else's now: the address at checkout was changed. */
    changedHands: boolean;
  } | null;
  /** The code made for this enrollment, once Shopify knows it. */
  code: ShopperCode | null;
  /** How often the shopper went through this scenario before. */
  earlierTimes: number;
  isVip: boolean;
  hasBirthDate: boolean;
  /** The shopper's time zone where their country has one, else the shop's. */
  zone: string;
}

/** Why these facts end the enrollment, or null while none does. */
export function exitReason(exits: readonly Exit[], facts: ScenarioFacts): { reason: Reason; facts: Facts } | null {
  // Whatever the scenario: nobody is reminded of a checkout that is another's.
  if (facts.checkout?.changedHands) return { reason: 'checkout-changed-hands', facts: {} };
  for (const exit of exits) {
    const found = checkExit(exit, facts);
    if (found) return found;
  }
  return null;
}

function checkExit(exit: Exit, facts: ScenarioFacts): { reason: Reason; facts: Facts } | null {
  switch (exit) {
    case 'order-placed': {
      const order = facts.orderSinceStart;
      return order && { reason: 'order-placed', facts: { orderId: order.orderId, orderedAt: order.at.toISOString() } };
    }
    case 'checkout-completed': {
      const at = facts.checkout?.completedAt;
      return at ? { reason: 'checkout-completed', facts: { completedAt: at.toISOString() } } : null;
    }
    case 'checkout-emptied': {
      const gone = facts.checkout?.deleted || facts.checkout?.itemCount === 0;
      return gone ? { reason: 'checkout-emptied', facts: { deleted: facts.checkout?.deleted ?? false } } : null;
    }
    case 'vip-left':
      return facts.isVip ? null : { reason: 'vip-left', facts: {} };
    case 'birth-date-gone':
      return facts.hasBirthDate ? null : { reason: 'birth-date-gone', facts: {} };
    default:
      return unreachable(exit);
  }
}
