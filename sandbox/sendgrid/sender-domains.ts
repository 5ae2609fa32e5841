// The authenticated domains and branded links of the account and its subusers: made, checked against DNS, deleted. Used by the whitelabel routes and by the check of who may send.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { DnsTable } from './dns';
import type { SendgridSettings } from './host';
import { lookUp, type Proof, type ProofResult } from './proofs';

export interface SenderDomain {
  id: number;
  /** Whose it is: a subuser's name, or empty for the account itself. */
  account: string;
  userId: number;
  domain: string;
  subdomain: string;
  isDefault: boolean;
  valid: boolean;
  dns: Record<'mail_cname' | 'dkim1' | 'dkim2', Proof>;
  /** Subusers the account lets use it. */
  lentTo: string[];
  /** Named by the sandbox's settings, and gone when they no longer name it. */
  given: boolean;
}

export interface BrandedLink {
  id: number;
  account: string;
  userId: number;
  domain: string;
  subdomain: string;
  isDefault: boolean;
  valid: boolean;
  dns: Record<'domain_cname' | 'owner_cname', Proof>;
}

interface Kept {
  next: number;
  domains: SenderDomain[];
  links: BrandedLink[];
}

export interface Owner {
  account: string;
  userId: number;
}

export interface SenderDomainsParts {
  file: string;
  dns: DnsTable;
  settings: SendgridSettings;
}

export class SenderDomains {
  private readonly parts: SenderDomainsParts;
  private readonly kept: Kept;

  constructor(parts: SenderDomainsParts) {
    this.parts = parts;
    const { file } = parts;
    this.kept = existsSync(file)
      ? (JSON.parse(readFileSync(file, 'utf8')) as Kept)
      : { next: 1, domains: [], links: [] };
  }

  /** Those of one account. What the settings name is there from the start, its records entered. */
  list(account: string): SenderDomain[] {
    this.takeGiven();
    return this.kept.domains.filter((one) => one.account === account);
  }

  find(account: string, id: number): SenderDomain | undefined {
    return this.list(account).find((one) => one.id === id);
  }

  /** Those the account lets a subuser use. */
  lentTo(username: string): SenderDomain[] {
    return this.list('').filter((one) => one.lentTo.includes(username));
  }

  /** @returns undefined where another authentication stands at the same name */
  create(owner: Owner, wish: { domain: string; subdomain?: string; selector?: string; isDefault: boolean }) {
    const id = this.kept.next;
    const domain = wish.domain.toLowerCase();
    const subdomain = wish.subdomain ?? `em${1000 + id}`;
    const host = `${subdomain}.${domain}`;
    if (this.list(owner.account).some((one) => `${one.subdomain}.${one.domain}` === host)) return undefined;
    const user = `u${owner.userId}`;
    const [first, second] = wish.selector === undefined ? ['s1', 's2'] : [wish.selector, `${wish.selector}2`];
    const key = (selector: string): Proof => ({
      valid: false,
      host: `${selector}._domainkey.${domain}`,
      data: `${selector}.domainkey.${user}.wl.sendgrid.net`,
    });
    const made: SenderDomain = {
      ...owner,
      ...{ id, domain, subdomain, isDefault: wish.isDefault, valid: false, lentTo: [], given: false },
      dns: {
        mail_cname: { valid: false, host, data: `${user}.wl.sendgrid.net` },
        dkim1: key(first ?? 's1'),
        dkim2: key(second ?? 's2'),
      },
    };
    this.kept.next += 1;
    this.kept.domains.push(made);
    this.save();
    return made;
  }

  validate(one: SenderDomain): { valid: boolean; results: Record<string, ProofResult> } {
    const looked = lookUp(this.parts.dns, one.dns);
    one.valid = looked.valid;
    this.save();
    return looked;
  }

  remove(one: SenderDomain): void {
    const { settings } = this.parts;
    this.kept.domains = this.kept.domains.filter((other) => other !== one);
    settings.authenticatedDomains = settings.authenticatedDomains.filter((name) => name !== one.domain);
    this.save();
  }

  lend(one: SenderDomain, username: string): void {
    one.lentTo = [...new Set([...one.lentTo, username])];
    this.save();
  }

  links(account: string): BrandedLink[] {
    return this.kept.links.filter((one) => one.account === account);
  }

  createLink(owner: Owner, wish: { domain: string; subdomain?: string; isDefault: boolean }): BrandedLink | undefined {
    const id = this.kept.next;
    const domain = wish.domain.toLowerCase();
    const subdomain = wish.subdomain ?? `url${1000 + id}`;
    const host = `${subdomain}.${domain}`;
    if (this.links(owner.account).some((one) => `${one.subdomain}.${one.domain}` === host)) return undefined;
    const made: BrandedLink = {
      ...owner,
      ...{ id, domain, subdomain, isDefault: wish.isDefault, valid: false },
      dns: {
        domain_cname: { valid: false, host, data: 'sendgrid.net' },
        owner_cname: { valid: false, host: `${owner.userId}.${domain}`, data: 'sendgrid.net' },
      },
    };
    this.kept.next += 1;
    this.kept.links.push(made);
    this.save();
    return made;
  }

  validateLink(one: BrandedLink): { valid: boolean; results: Record<string, ProofResult> } {
    const looked = lookUp(this.parts.dns, one.dns);
    one.valid = looked.valid;
    this.save();
    return looked;
  }

  removeLink(one: BrandedLink): void {
    this.kept.links = this.kept.links.filter((other) => other !== one);
    this.save();
  }

  /** Whether mail of this account may come from a domain, or from one beneath it. */
  lets(account: string, domain: string): boolean {
    const own = [...this.list(account), ...(account === '' ? [] : this.lentTo(account))];
    return own.some((one) => one.valid && (domain === one.domain || domain.endsWith(`.${one.domain}`)));
  }

  /** Domains the settings name, and no longer name, since the last look: proven, with their records in DNS. */
  private takeGiven(): void {
    const { settings, dns } = this.parts;
    this.kept.domains = this.kept.domains.filter(
      (one) => !one.given || settings.authenticatedDomains.includes(one.domain),
    );
    for (const domain of settings.authenticatedDomains) {
      if (this.kept.domains.some((one) => one.account === '' && one.domain === domain)) continue;
      const id = this.kept.next;
      this.kept.next += 1;
      const proof = (host: string, data: string): Proof => ({ valid: true, host: `${host}.${domain}`, data });
      const given: SenderDomain = {
        ...{ id, account: '', userId: 1, domain, subdomain: `em${1000 + id}` },
        ...{ isDefault: id === 1, valid: true, lentTo: [], given: true },
        dns: {
          mail_cname: proof(`em${1000 + id}`, 'u1.wl.sendgrid.net'),
          dkim1: proof('s1._domainkey', 's1.domainkey.u1.wl.sendgrid.net'),
          dkim2: proof('s2._domainkey', 's2.domainkey.u1.wl.sendgrid.net'),
        },
      };
      for (const { host, data } of Object.values(given.dns)) dns.write(host, 'cname', [data]);
      this.kept.domains.push(given);
    }
  }

  private save(): void {
    writeFileSync(this.parts.file, JSON.stringify(this.kept));
  }
}
