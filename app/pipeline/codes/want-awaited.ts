/**
 * Asks for the code of e-mails that wait for one nobody asked for: the owner chose to give it once their step was passed.
 * Called by `deliver`, in the transaction of the last look that found them waiting.
 */
import { findAwaiting, wantCode } from '../../store/codes';
import type { ShopScope } from '../../store/scope';
import { loadScenario } from '../effective-scenario';
import { type CodeParts, textOf } from './parts';

export async function wantAwaited(
  { queue }: Pick<CodeParts, 'queue'>,
  shop: ShopScope,
  messageIds: readonly string[],
  now: Date,
): Promise<void> {
  const byScenario = Map.groupBy(await findAwaiting(shop, messageIds), (one) => `${one.scenario} ${one.version}`);
  for (const some of byScenario.values()) {
    const [any] = some;
    const offer = any && (await loadScenario(shop, any.scenario, any.version)).definition.offer;
    if (!offer) continue;
    for (const { version: _, ...who } of some) await wantCode(shop, { ...who, offer, code: textOf(offer) }, now);
    await queue.enqueue(
      shop,
      'code.issue',
      some.map(({ enrollmentId }) => ({ shopId: shop.shopId, enrollmentId })),
    );
  }
}
