/** What the owner is editing and has not made live, one row per scenario. */
import { and, eq } from 'drizzle-orm';
import type { ScenarioKey } from '../domain/scenario';
import { scenarioDrafts } from './schema';
import type { ShopScope } from './scope';

export type KeptRow = typeof scenarioDrafts.$inferSelect;

const ofScenario = (shop: ShopScope, scenario: ScenarioKey) =>
  and(eq(scenarioDrafts.shopId, shop.shopId), eq(scenarioDrafts.scenario, scenario));

/** The draft of one scenario; null where nothing waits to be made live. */
export async function findScenarioDraft(shop: ShopScope, scenario: ScenarioKey): Promise<KeptRow | null> {
  const [row] = await shop.tx.select().from(scenarioDrafts).where(ofScenario(shop, scenario));
  return row ?? null;
}

/** The scenarios with changes that are not live, and when they were made. */
export function listScenarioDrafts(shop: ShopScope): Promise<Pick<KeptRow, 'scenario' | 'keptAt'>[]> {
  return shop.tx
    .select({ scenario: scenarioDrafts.scenario, keptAt: scenarioDrafts.keptAt })
    .from(scenarioDrafts)
    .where(eq(scenarioDrafts.shopId, shop.shopId));
}

export interface DraftToKeep {
  scenario: ScenarioKey;
  draft: object;
  basedOn: number;
  /** Names this write. */
  token: string;
  /** The write this one follows: null where there was none; absent to write over whatever is there. */
  follows?: string | null;
  by: string | null;
  at: Date;
}

/**
 * Keeps a draft, unless another window's is there that this one does not know of.
 * @returns the other's, where that is so
 */
export async function keepScenarioDraft(shop: ShopScope, wish: DraftToKeep): Promise<KeptRow | null> {
  const { scenario, draft, basedOn, token, follows, by: keptBy, at: keptAt } = wish;
  const row = { draft, basedOn, token, keptBy, keptAt };
  const own = follows === undefined ? undefined : eq(scenarioDrafts.token, follows ?? token);
  const written = await shop.tx
    .insert(scenarioDrafts)
    .values({ shopId: shop.shopId, scenario, ...row })
    .onConflictDoUpdate({
      target: [scenarioDrafts.shopId, scenarioDrafts.scenario],
      set: row,
      ...(own ? { setWhere: own } : {}),
    })
    .returning({ token: scenarioDrafts.token });
  return written.length > 0 ? null : findScenarioDraft(shop, scenario);
}

/**
 * Drops the draft: it is live now, or is not wanted.
 * @param known the write whoever drops it knows of: another window's stays; absent to drop whatever is there
 * @returns another window's that stays
 */
export async function dropScenarioDraft(
  shop: ShopScope,
  scenario: ScenarioKey,
  known?: string | null,
): Promise<KeptRow | null> {
  const own = known == null ? undefined : eq(scenarioDrafts.token, known);
  if (known !== null) await shop.tx.delete(scenarioDrafts).where(and(ofScenario(shop, scenario), own));
  return findScenarioDraft(shop, scenario);
}
