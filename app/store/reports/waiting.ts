/** How many people wait at each step of a scenario now. Read once its page is shown, and waited for by nobody: every enrollment would pay for an index of its own. */
import { sql } from 'drizzle-orm';
import type { ScenarioKey } from '../../domain/scenario';
import type { ShopScope } from '../scope';

/** By step id, of every version of the scenario; a step nobody waits at is absent. */
export async function loadWaiting(shop: ShopScope, scenario: ScenarioKey): Promise<Record<string, number>> {
  const rows = await shop.tx.execute<{ step: string; people: number }>(sql`
    select cursor as step, count(*)::int as people from enrollments
    where shop_id = ${shop.shopId} and scenario = ${scenario} and status = 'active' and cursor is not null
    group by cursor`);
  return Object.fromEntries(rows.map(({ step, people }) => [step, people]));
}
