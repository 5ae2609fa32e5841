// Click tracking: finds the links of an e-mail that SendGrid would rewrite and puts tracking addresses in their place.
import { escapeHtml } from '../admin/html';
import { decodeHtml } from './html';

export interface TrackedText {
  text: string;
  /** The original addresses, in the order of their numbers. */
  links: string[];
}

type TrackingUrl = (link: number) => string;

const TAGS = /<!--[\s\S]*?-->|<a\b(?:[^>"']|"[^"]*"|'[^']*')*>/gi;
const HREF = /(\shref\s*=\s*)("([^"]*)"|'([^']*)'|([^\s>]+))/i;
const CLICKTRACKING = /\sclicktracking\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i;
const PLAIN_URL = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/gi;

/**
 * Rewrites the `<a href>` of an HTML body. A link marked `clicktracking=off` keeps its address and loses the mark;
 * anything but http and https is left alone.
 */
export function trackHtmlLinks(
  html: string,
  first: number,
  urlOf: TrackingUrl,
  change: (url: string) => string,
): TrackedText {
  const links: string[] = [];
  const text = html.replace(TAGS, (tag) => {
    if (tag.startsWith('<!--')) return tag;
    const mark = CLICKTRACKING.exec(tag);
    if (mark !== null) {
      const bare = tag.replace(CLICKTRACKING, '');
      if ((mark[1] ?? mark[2] ?? mark[3] ?? '').toLowerCase() === 'off') return bare;
    }
    return tag
      .replace(CLICKTRACKING, '')
      .replace(HREF, (whole, name: string, _value, double?: string, single?: string, bare?: string) => {
        const address = decodeHtml(double ?? single ?? bare ?? '').trim();
        if (!/^https?:\/\//i.test(address)) return whole;
        links.push(change(address));
        return `${name}"${escapeHtml(urlOf(first + links.length - 1))}"`;
      });
  });
  return { text, links };
}

/** Rewrites the addresses written out in a text body. */
export function trackTextLinks(
  body: string,
  first: number,
  urlOf: TrackingUrl,
  change: (url: string) => string,
): TrackedText {
  const links: string[] = [];
  const text = body.replace(PLAIN_URL, (address) => {
    links.push(change(address));
    return urlOf(first + links.length - 1);
  });
  return { text, links };
}

/** Every http(s) link of an HTML body, without changing it. */
export function listLinks(html: string): string[] {
  return trackHtmlLinks(
    html,
    0,
    () => '',
    (url) => url,
  ).links;
}

/** Takes the `clicktracking` marks out, as SendGrid does whether or not it tracks. */
export function withoutMarks(html: string): string {
  return html.replace(TAGS, (tag) => (tag.startsWith('<!--') ? tag : tag.replace(CLICKTRACKING, '')));
}
