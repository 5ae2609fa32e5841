/** A product's picture in the size and shape e-mails show it. Called by the pipeline when it fills `EmailValues`. */
import { parseWebAddress } from './web-address';

const CDN = 'cdn.shopify.com';
/** Twice the width of a shelf's cell, for sharp screens. */
const SIDE = '600';

/** The address of the same picture, cut square around its middle, where Shopify's CDN can do that; any other as it is. */
export function squarePicture(address: string | null): string | null {
  const url = address === null ? null : parseWebAddress(address);
  if (url?.host !== CDN) return address;
  url.searchParams.set('width', SIDE);
  url.searchParams.set('height', SIDE);
  url.searchParams.set('crop', 'center');
  return url.href;
}
