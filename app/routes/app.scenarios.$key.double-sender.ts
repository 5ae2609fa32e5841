/** What Shopify tells of its own e-mails about checkouts that were left. Fetched by the scenario's page once it is shown, so that it waits for nobody. */
import type { LoaderFunctionArgs } from '@remix-run/node';
import { deps } from '../deps.server';
import { type ShopifySends, shopifySends } from '../domain/double-sender';
import { describeError } from '../lib/describe-error';
import { DAY } from '../lib/duration';
import { requireShop } from '../shopify.server';
import { requireScenarioKey } from './scenario-key';

/** The page says "in the last 30 days". */
const LOOK_BACK_MS = 30 * DAY;

export async function loader({ request, params, context }: LoaderFunctionArgs): Promise<ShopifySends> {
  const shop = await requireShop(request, context);
  if (requireScenarioKey(params.key) !== 'abandoned-checkout') return { state: 'unknown' };
  const { checkoutEmails, clock, log } = deps();
  try {
    return shopifySends(await checkoutEmails(shop.domain, new Date(clock.now().getTime() - LOOK_BACK_MS)));
  } catch (error) {
    log.warn({ event: 'checkout-emails.not-counted', shopId: shop.id, error: describeError(error) });
    return { state: 'unknown' };
  }
}
