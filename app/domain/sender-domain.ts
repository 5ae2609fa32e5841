/** Which domains a shop may send from: neither a mail provider's, nor anybody else's. Asked when the settings are saved. */

/** Providers with a domain in many countries, with nothing before their name. */
const WORLDWIDE =
  /^(gmail|googlemail|yahoo|ymail|rocketmail|outlook|hotmail|live|msn|aol|gmx|yandex|protonmail)\.(com|net|org|[a-z]{2}|com?\.[a-z]{2})$/;

const OTHERS = new Set([
  ...['icloud.com', 'me.com', 'mac.com', 'proton.me', 'pm.me', 'mail.com', 'mail.ru', 'zoho.com', 'fastmail.com'],
  ...['orange.fr', 'wanadoo.fr', 'free.fr', 'laposte.net', 'sfr.fr', 'neuf.fr', 'bbox.fr', 'numericable.fr'],
  ...['web.de', 't-online.de', 'freenet.de', 'libero.it', 'bluewin.ch', 'skynet.be', 'telenet.be', 'ziggo.nl'],
  ...['btinternet.com', 'sky.com', 'comcast.net', 'att.net', 'verizon.net', 'videotron.ca', 'sympatico.ca'],
]);

/**
 * Whether people's mailboxes live there, or every shop of Shopify: nobody else may send in such a name (DMARC). A shop's
 * own `mail.brand.com` is none of these.
 */
export function isPublicMailDomain(domain: string): boolean {
  const name = domain.toLowerCase();
  return WORLDWIDE.test(name) || OTHERS.has(name) || /(^|\.)myshopify\.com$/.test(name);
}

/** Under which anybody may register: `com`, `co.uk`, `com.au`. */
const ANYBODY = /^([^.]*|(ac|asso|co|com|edu|gob|gouv|gov|ne|net|or|org)\.[a-z]{2})$/;

/**
 * Whether a domain is that of one of these names or beneath it (`em.brand.com` of `brand.com`). Of what is above, only
 * `www.` says anything: whoever has `shop.host.com` need not have `host.com`.
 * @param names the shop's own: of its storefront, of its own e-mail address
 */
export function isOwnDomain(domain: string, names: readonly string[]): boolean {
  const asked = domain.toLowerCase();
  return names
    .map((name) => name.toLowerCase().replace(/^www\./, ''))
    .filter((name) => !ANYBODY.test(name) && !isPublicMailDomain(name))
    .some((name) => asked === name || asked.endsWith(`.${name}`));
}

/** The domain an address is at. */
export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase();
}
