/** The scenario an address names. Used by every route under `/app/scenarios/:key`. */
import { isScenarioKey, type ScenarioKey } from '../domain/scenario';

/** @throws Response 404 when there is no such scenario */
export function requireScenarioKey(key: string | undefined): ScenarioKey {
  if (key === undefined || !isScenarioKey(key)) throw new Response(null, { status: 404 });
  return key;
}
