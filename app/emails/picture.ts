/** A product's picture in the size and shape e-mails show it. Called by the pipeline when it fills `EmailValues`. */
import { parseWebAddress } from './web-address';

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
