/** Addresses people write, of pages and pictures: http and https alone. */

/** The address as a URL, or null when it is anything but a complete http(s) address. */
export function parseWebAddress(text: string): URL | null {
  const url = URL.parse(text);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  // A name and password in an address are how phishing hides the real host.
  if (url.username !== '' || url.password !== '') return null;
  return url;
}
