/** Pictures in the size e-mails show them, where Shopify's CDN can make it. Called by the pipeline for products, by the blocks for the owner's own. */
import { parseWebAddress } from '../lib/web-address';

const CDN = 'cdn.shopify.com';
/** Twice the width of a shelf's cell, for sharp screens. */
const SIDE = '600';

/** Pictures as they are shown: the same products stand in many carts. */
const squares = new Map<string, string>();
const MOST_SQUARES = 4000;

/** The address of the same picture, cut square around its middle, where Shopify's CDN can do that; any other as it is. */
export function squarePicture(address: string | null): string | null {
  if (address === null) return null;
  const known = squares.get(address);
  if (known !== undefined) return known;
  const square = squareOf(address);
  if (squares.size >= MOST_SQUARES) squares.clear();
  squares.set(address, square);
  return square;
}

function squareOf(address: string): string {
  const url = parseWebAddress(address);
  if (url?.host !== CDN) return address;
  url.searchParams.set('width', SIDE);
  url.searchParams.set('height', SIDE);
  url.searchParams.set('crop', 'center');
  return url.href;
}

/** The owner's picture no larger than sharp screens need for the width it is shown in; a GIF as it is, since it may move. */
export function fittingPicture(address: string, width: number): string {
  const url = parseWebAddress(address);
  if (url?.host !== CDN || /\.gif$/i.test(url.pathname) || url.searchParams.has('width')) return address;
  url.searchParams.set('width', String(2 * width));
  return url.href;
}
