/**
 * What a local run puts around the built app: the sandbox's clock, its admin as a frame, its Shopify, its DNS. Nothing of it under
 * `shopify app dev`, where the real ones are there. Called by `web.ts` and `worker.ts` before they load the app.
 */
import { openClock } from './clock';
import { allowFramingBy } from './frame-ancestors';
import { txtOf } from './local-dns';
import { localReach } from './local-reach';
import { sendShopifyTo } from './local-shopify';
import { need } from './need';

export interface Surroundings {
  clock?: ReturnType<typeof openClock>;
  before?: ReturnType<typeof allowFramingBy>;
  readTxt?: ReturnType<typeof txtOf>;
  web?: ReturnType<typeof localReach>;
}

export function surroundings(): Surroundings {
  const sandboxUrl = process.env.SANDBOX_URL;
  if (!sandboxUrl) return {};
  sendShopifyTo(sandboxUrl);
  const { origin } = new URL(sandboxUrl);
  const before = allowFramingBy(origin);
  return { clock: openClock(need('CLOCK_FILE')), before, readTxt: txtOf(sandboxUrl), web: localReach(origin) };
}
