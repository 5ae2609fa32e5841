/** Scenarios Shopify has an automation of its own for: with both on, people get each e-mail twice. Read by the admin's pages. */
import type { ScenarioKey } from './scenario';

export const DOUBLE_SENDERS = [
  'abandoned-checkout',
  'welcome',
  'birthday',
  'win-back',
] as const satisfies readonly ScenarioKey[];
export type DoubleSender = (typeof DOUBLE_SENDERS)[number];

export function asDoubleSender(key: ScenarioKey): DoubleSender | null {
  return DOUBLE_SENDERS.find((one) => one === key) ?? null;
}

/**
 * What Shopify tells of its own automation. Of abandoned checkouts it counts those it sent an e-mail about; of the others nothing can be
 * asked: `marketingActivities` shows an app its own alone (Admin schema 2026-10).
 */
export type ShopifySends = { state: 'sends' | 'silent'; count: number } | { state: 'unknown' };

/** With fewer than these left in the time asked about, none sent says nothing. */
const ENOUGH_LEFT = 20;

export function shopifySends({ sent, left }: { sent: number; left: number }): ShopifySends {
  if (sent > 0) return { state: 'sends', count: sent };
  return left >= ENOUGH_LEFT ? { state: 'silent', count: left } : { state: 'unknown' };
}
