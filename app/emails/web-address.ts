/** Addresses that may stand in an e-mail: http and https only, always in their encoded form. Called by fill, conditions and content. */
import { parseWebAddress } from '../lib/web-address';

/**
 * Addresses in their encoded form already. The same ones pass by several times for each recipient (HTML, text, fallback),
 * and parsing them is most of the work of filling an e-mail.
 */
const encoded = new Set<string>();
const MOST_ENCODED = 4000;

function remember(address: string): string {
  if (encoded.size >= MOST_ENCODED) encoded.clear();
  encoded.add(address);
  return address;
}

/** The end of a path that the URL parser leaves as it is, such as a token. */
const PLAIN_END = /^[\w-][\w.-]*$/;

/** The address in its encoded form, or null when it is anything but a complete http(s) address. */
export function webAddress(text: string): string | null {
  if (encoded.has(text)) return text;
  // A page of a known folder: links to preferences differ by their token alone, and none comes again.
  const end = text.lastIndexOf('/') + 1;
  if (encoded.has(text.slice(0, end)) && PLAIN_END.test(text.slice(end))) return text;
  const found = open(text);
  if (found === null) return null;
  if (end > 0 && found.href === text && !found.hasQuery && found.hash === '') remember(text.slice(0, end));
  return remember(found.href);
}

/** An address cut where a query can be put in. */
interface Opened {
  href: string;
  beforeHash: string;
  hasQuery: boolean;
  hash: string;
}

/** Products and the store itself: the same for every recipient of a shop. */
const opened = new Map<string, Opened | null>();
const MOST_OPENED = 4000;

function open(text: string): Opened | null {
  const known = opened.get(text);
  if (known !== undefined) return known;
  const url = parseWebAddress(text);
  const { href = '', hash = '', search = '' } = url ?? {};
  const found = url && {
    href,
    beforeHash: href.slice(0, href.length - hash.length).replace(/\?$/, ''),
    hasQuery: search !== '',
    hash,
  };
  if (opened.size >= MOST_OPENED) opened.clear();
  opened.set(text, found);
  return found;
}

/** What a query may hold for the URL parser to leave it as it is. */
const PLAIN_QUERY = /^[\w\-.~%=&+*]+$/;

/** The address with the campaign query (`utm_…=…&…`) behind its own, or null when it is not a web address. */
export function storeAddress(text: string, query: string): string | null {
  if (query === '') return webAddress(text);
  if (PLAIN_QUERY.test(query)) {
    const found = open(text);
    return found && remember(`${found.beforeHash}${found.hasQuery ? '&' : '?'}${query}${found.hash}`);
  }
  const url = parseWebAddress(text);
  if (!url) return null;
  url.search = url.search === '' ? query : `${url.search}&${query}`;
  return url.href;
}
