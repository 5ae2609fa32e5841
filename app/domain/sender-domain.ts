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

/** Whether it is nobody's own: shops of all kinds stand beneath it. */
export function isAnybodysDomain(name: string): boolean {
  return ANYBODY.test(name);
}

const HOST_NAME = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{2,59})$/;

/**
 * A domain as an owner may write it: with `https://`, `www.`, a path, a dot at its end, or letters of any language.
 * @returns null where it is none, or one that is nobody's own
 */
export function readDomain(text: string): string | null {
  const typed = text.trim().toLowerCase().replace(/^.*@/, '');
  const url = URL.parse(/^[a-z]+:\/\//.test(typed) ? typed : `https://${typed}`);
  const name = url?.hostname.replace(/\.$/, '').replace(/^www\./, '') ?? '';
  return HOST_NAME.test(name) && !ANYBODY.test(name) ? name : null;
}

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

/**
 * What to propose as a shop's sender: the first of these that is at a domain of its own.
 * @param names addresses and web addresses, the likeliest first
 * @param mailbox what stands before the @ where no address says
 */
export function proposeSender(names: readonly string[], mailbox: string): { domain: string; mailbox: string } {
  const domain = names.map((name) => readDomain(name)).find((name) => name !== null && !isPublicMailDomain(name)) ?? '';
  const known = names.find((name) => name.includes('@') && domainOf(name) === domain);
  return { domain, mailbox: known?.slice(0, known.lastIndexOf('@')).toLowerCase() ?? mailbox };
}

/** The domain an address is at. */
export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase();
}
