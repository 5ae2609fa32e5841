/** What was seen when a scenario's links, pictures, code and sender were last looked at, and whether somebody asked for another look. */
import { and, eq, sql } from 'drizzle-orm';
import type { ScenarioKey } from '../domain/scenario';
import type { Seen } from '../domain/seen';
import { scenarioLooks } from './schema';
import type { ShopScope } from './scope';

export interface ScenarioLook {
  askedAt: Date;
  /** Null until the first look is done. */
  lookedAt: Date | null;
  seen: Seen | null;
}

export async function findScenarioLook(shop: ShopScope, scenario: ScenarioKey): Promise<ScenarioLook | null> {
  const [row] = await shop.tx
    .select()
    .from(scenarioLooks)
    .where(and(eq(scenarioLooks.shopId, shop.shopId), eq(scenarioLooks.scenario, scenario)));
  return row ?? null;
}

/**
 * Notes that a look is wanted, unless one is under way that was asked for after `stillWaitedFor`.
 * @returns whether it is to be put on the queue
 */
export async function claimLook(
  shop: ShopScope,
  { scenario, now, stillWaitedFor }: { scenario: ScenarioKey; now: Date; stillWaitedFor: Date },
): Promise<boolean> {
  const claimed = await shop.tx
    .insert(scenarioLooks)
    .values({ shopId: shop.shopId, scenario, askedAt: now })
    .onConflictDoUpdate({
      target: [scenarioLooks.shopId, scenarioLooks.scenario],
      set: { askedAt: now },
      setWhere: sql`${scenarioLooks.lookedAt} >= ${scenarioLooks.askedAt}
        or ${scenarioLooks.askedAt} < ${stillWaitedFor.toISOString()}::timestamptz`,
    })
    .returning({ scenario: scenarioLooks.scenario });
  return claimed.length > 0;
}

export async function keepLook(
  shop: ShopScope,
  { scenario, seen, at }: { scenario: ScenarioKey; seen: Seen; at: Date },
): Promise<void> {
  await shop.tx
    .update(scenarioLooks)
    .set({ seen, lookedAt: at })
    .where(and(eq(scenarioLooks.shopId, shop.shopId), eq(scenarioLooks.scenario, scenario)));
}
