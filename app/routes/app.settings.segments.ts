/** The store's customer segments, as Shopify lists them now. Fetched by the settings page once it is shown, so that it waits for nobody. */
import type { LoaderFunctionArgs } from '@remix-run/node';
import { deps } from '../deps.server';
import type { LeftOutSegment } from '../domain/shop';
import { describeError } from '../lib/describe-error';
import { requireShop } from '../shopify.server';

/** Null when Shopify did not answer: the page says so, and what was chosen before stays. */
export async function loader({ request, context }: LoaderFunctionArgs): Promise<{ segments: LeftOutSegment[] | null }> {
  const shop = await requireShop(request, context);
  const { segments, log } = deps();
  try {
    return { segments: await segments.list(shop.domain) };
  } catch (error) {
    log.warn({ event: 'segments.not-listed', shopId: shop.id, error: describeError(error) });
    return { segments: null };
  }
}
