/** The log of decisions: append-only, read by the customer page and the reports. */
import type { Facts, Reason } from '../domain/reason';
import type { ScenarioKey } from '../domain/scenario';
import { type DecisionKind, decisions } from './schema';
import type { ShopScope } from './scope';

export interface NewDecision {
  at: Date;
  customerId: string;
  scenario: ScenarioKey;
  kind: DecisionKind;
  reason: Reason;
  facts?: Facts;
  enrollmentId?: number;
  messageId?: string;
  step?: string;
}

/** What a message row tells of itself to its decision. */
export interface AboutMessage {
  id: string;
  customerId: string;
  scenario: ScenarioKey;
  enrollmentId: number;
  step: string;
}

/** The decision `what` about a message. */
export function decisionAbout(
  { id, customerId, scenario, enrollmentId, step }: AboutMessage,
  what: Pick<NewDecision, 'at' | 'kind' | 'reason' | 'facts'>,
): NewDecision {
  return { ...what, customerId, scenario, enrollmentId, messageId: id, step };
}

/** Appends decisions in the order given. */
export async function recordDecisions(shop: ShopScope, rows: readonly NewDecision[]): Promise<void> {
  if (rows.length === 0) return;
  await shop.tx.insert(decisions).values(rows.map((row) => ({ ...row, shopId: shop.shopId })));
}
