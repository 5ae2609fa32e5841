/**
 * What a local run puts around the built app: the sandbox's clock, its admin as a frame, its Shopify. Nothing of it under
 * `shopify app dev`, where the real ones are there. Called by `web.ts` and `worker.ts` before they load the app.
 */
import { openClock } from './clock';
import { allowFramingBy } from './frame-ancestors';
import { sendShopifyTo } from './local-shopify';
import { need } from './need';

export interface Surroundings {
  clock?: ReturnType<typeof openClock>;
  before?: ReturnType<typeof allowFramingBy>;
}

export function surroundings(): Surroundings {
  const sandboxUrl = process.env.SANDBOX_URL;
  if (!sandboxUrl) return {};
  sendShopifyTo(sandboxUrl);
  return { clock: openClock(need('CLOCK_FILE')), before: allowFramingBy(new URL(sandboxUrl).origin) };
}
