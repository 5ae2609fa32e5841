// Which shop a request to the Shopify half is for: the dispatcher of the app writes the host it wanted into a header.
import type { Request } from 'express';
import type { ShopifyState, ShopState } from './state';

export const shopHeader = 'x-sandbox-shop';

export function shopOfRequest(state: ShopifyState, req: Request): ShopState | undefined {
  const name = req.get(shopHeader) ?? req.hostname;
  return name.endsWith('.myshopify.com') ? state.findShop(name) : undefined;
}
