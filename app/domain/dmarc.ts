/** What a domain tells mailbox providers to do with mail that fails SPF and DKIM (DMARC), read from its TXT records. */
import { isAnybodysDomain } from './sender-domain';

export const DMARC_POLICIES = ['none', 'quarantine', 'reject'] as const;
export type DmarcPolicy = (typeof DMARC_POLICIES)[number];

export type Dmarc =
  | { state: 'found'; policy: DmarcPolicy; at: string }
  /** Nothing there, or nothing anybody would obey: two records, or one without a policy. */
  | { state: 'missing' }
  | { state: 'malformed'; at: string }
  /** DNS was not reached. */
  | { state: 'unknown' };

/** A name may have more than a hundred labels, and its owner's DNS may answer each question as slowly as it likes. */
const MOST_NAMES = 8;

/** Where to look, in order: at the domain, then at those above it, as mailbox providers do, which skip names in between as well. */
export function dmarcNames(domain: string): string[] {
  const labels = domain.toLowerCase().split('.');
  const [own, ...above] = labels.map((_, index) => labels.slice(index).join('.'));
  return [own ?? '', ...above.filter((name) => !isAnybodysDomain(name)).slice(1 - MOST_NAMES)].map(
    (name) => `_dmarc.${name}`,
  );
}

/** What the TXT records at one name say; null where none of them is about DMARC. Source: RFC 7489, section 6.3 and 6.6.3 */
export function readDmarc(name: string, records: readonly string[]): Dmarc | null {
  const found = records.filter((one) => /^v\s*=\s*DMARC1\s*(;|$)/.test(one));
  if (found.length === 0) return null;
  const at = name.replace(/^_dmarc\./, '');
  const [, written] = /;\s*p\s*=\s*([a-z]+)\s*(;|$)/i.exec(found[0] ?? '') ?? [];
  const policy = DMARC_POLICIES.find((one) => one === written?.toLowerCase());
  return found.length === 1 && policy ? { state: 'found', policy, at } : { state: 'malformed', at };
}

/** What to enter where there is none: nothing changes for anybody's mail, and Gmail and Yahoo ask for it. */
export function suggestedDmarc(domain: string): { host: string; value: string } {
  return { host: `_dmarc.${domain}`, value: 'v=DMARC1; p=none' };
}
