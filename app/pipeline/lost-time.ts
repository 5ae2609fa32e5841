/**
 * After a restore from a copy: what is planned again although it may have left in the lost time begins as held, and what
 * SendGrid told of it before it was planned again is applied. Called by advance.
 */
import type { Enrollment } from '../domain/enrollment';
import { isRemembered, type LostTime, mayHaveLeft, soonestReminder } from '../domain/lost-time';
import type { ScenarioDefinition } from '../domain/scenario';
import type { Queue } from '../queue/enqueue';
import { routeJobs } from '../queue/route-jobs';
import { findCheckoutStart, findLostTime, hasMessages, reopenUnknown } from '../store/restored';
import type { ShopScope } from '../store/scope';

/** The lost time in which the e-mail of this step may have left; null when it cannot have. */
export type MayHaveLeft = (
  definition: ScenarioDefinition,
  enrollment: Enrollment,
  email: { step: string; plannedAt: Date },
) => Promise<LostTime | null>;

/** Reads the shop's lost time once, when it is first asked. */
export function makeMayHaveLeft(shop: ShopScope, now: Date): MayHaveLeft {
  let found: Promise<LostTime | null> | null = null;
  return async (definition, enrollment, { step, plannedAt }) => {
    found ??= findLostTime(shop);
    const lost = await found;
    if (!lost || !isRemembered(lost, now)) return null;
    if (mayHaveLeft(lost, plannedAt)) return lost;
    const soonest = soonestReminder(definition, step, await checkoutStart(shop, enrollment));
    // Once an e-mail of it is known, nothing was moved since.
    const isMoved = soonest !== null && mayHaveLeft(lost, soonest) && !(await hasMessages(shop, enrollment.id));
    return isMoved ? lost : null;
  };
}

async function checkoutStart(shop: ShopScope, { subject: { checkoutId } }: Enrollment): Promise<Date | null> {
  return checkoutId === undefined ? null : findCheckoutStart(shop, checkoutId);
}

/** Events that came before their message was planned again are routed once more: they settle it. */
export async function reopenTold(queue: Queue, shop: ShopScope, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) return;
  const lost = await findLostTime(shop);
  if (!lost) return;
  const { shopId } = shop;
  const keys = await reopenUnknown(shop, messageIds, lost.from);
  await queue.enqueue(shop, 'event.route', routeJobs(keys.map((key) => ({ shopId, ...key }))));
}
