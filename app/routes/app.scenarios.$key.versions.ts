/** Earlier versions of a scenario: their list, or one of them whole with `?revision=`. */
import type { LoaderFunctionArgs } from '@remix-run/node';
import { deps } from '../deps.server';
import { loadScenario } from '../pipeline/effective-scenario';
import { loadEarlier } from '../pipeline/scenario-edits';
import { requireShop, userOf } from '../shopify.server';
import { findScenarioSave, listScenarioSaves } from '../store/scenario-saves';
import { inShop } from '../store/scope';
import type { ListedVersion } from '../ui/versions-card';
import { savedOf } from './saved-of';
import { requireScenarioKey } from './scenario-key';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const key = requireScenarioKey(params.key);
  const wanted = new URL(request.url).searchParams.get('revision');
  return inShop(deps().db, shop.id, async (scope) => {
    const live = await loadScenario(scope, key);
    if (wanted === null) {
      const user = userOf(shop);
      const saves = await listScenarioSaves(scope, key);
      return {
        versions: saves.map(
          ({ revision, savedAt, savedBy, changes }): ListedVersion => ({
            ...{ revision, changes, at: savedAt.toISOString(), isLive: revision === live.revision },
            byYou: savedBy === null || user === null ? null : savedBy === user,
          }),
        ),
      };
    }
    const revision = /^\d{1,9}$/.test(wanted) ? Number(wanted) : -1;
    const found = await loadEarlier(scope, key, revision);
    const save = await findScenarioSave(scope, key, revision);
    if (!found || !save) throw new Response(null, { status: 404 });
    return { version: { revision, at: save.savedAt.toISOString(), saved: savedOf(found) } };
  });
}
