/** Addresses that may stand in an e-mail: http and https only, always in their encoded form. Called by fill, conditions and content. */

/** The address as a URL, or null when it is anything but a complete http(s) address. */
export function parseWebAddress(text: string): URL | null {
  const url = URL.parse(text);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  // A name and password in an address are how phishing hides the real host.
  if (url.username !== '' || url.password !== '') return null;
  return url;
}

/** The address with the campaign query (`utm_…=…&…`) behind its own, or null when it is not a web address. */
export function storeAddress(text: string, query: string): string | null {
  const url = parseWebAddress(text);
  if (!url) return null;
  if (query !== '') url.search = url.search === '' ? query : `${url.search}&${query}`;
  return url.href;
}
