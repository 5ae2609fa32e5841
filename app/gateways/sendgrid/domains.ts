/** Domain authentication and link branding at SendGrid: made, checked, deleted. Called by the stages of `pipeline/sender-domain`. */
import { z } from 'zod';
import type { ProofPurpose, ProofRecord } from '../../domain/domain-proof';
import { type Asked, askSendgrid, type Provider } from './ask';

export interface ProviderDomain {
  id: string;
  records: ProofRecord[];
  valid: boolean;
  /** Whether Relance had it made, for whichever shop: then its DKIM stands under our own names. */
  isOurs: boolean;
}

/** What a check found, by the records' names. */
export interface Checked {
  valid: boolean;
  results: Record<string, { valid: boolean; found: string | null }>;
}

/** `as`: the shop's subuser, or null. */
export interface DomainAuthentication {
  /** The authentication of exactly this domain; a proven one before others, and of those one that somebody else had made. */
  find(domain: string, as: string | null): Promise<Asked<ProviderDomain | null>>;
  create(domain: string, as: string | null): Promise<Asked<ProviderDomain>>;
  check(id: string, as: string | null): Promise<Asked<Checked>>;
  remove(id: string, as: string | null): Promise<Asked<null>>;
  /** Links in e-mails then lead over the domain itself. */
  brandLinks(domain: string, as: string | null): Promise<Asked<ProviderDomain>>;
  checkLinks(id: string, as: string | null): Promise<Asked<Checked>>;
  removeLinks(id: string, as: string | null): Promise<Asked<null>>;
}

/** Not SendGrid's own `s1` and `s2`: a shop may send through an account of its own besides, whose records stand there. */
const DKIM_SELECTOR = 'rln';

/** Whether an authentication's records are those Relance asks for, on behalf of one shop. */
export function hasOurKeys(dns: Record<string, { host: string }>): boolean {
  return Object.values(dns).some(({ host }) => host.toLowerCase().startsWith(`${DKIM_SELECTOR}._domainkey.`));
}

const PURPOSES: Record<string, ProofPurpose> = {
  mail_cname: 'spf',
  dkim1: 'dkim',
  dkim2: 'dkim',
  domain_cname: 'links',
  owner_cname: 'links',
};

const recordShape = z.object({ valid: z.boolean(), type: z.string(), host: z.string(), data: z.string() });
const domainShape = z
  .object({ id: z.number(), domain: z.string(), valid: z.boolean(), dns: z.record(z.string(), recordShape) })
  .transform(({ id, domain, valid, dns }) => ({
    ...{ id: String(id), domain: domain.toLowerCase(), valid },
    records: Object.entries(dns).map(([name, record]) => ({
      ...{ name, purpose: PURPOSES[name] ?? ('spf' as const), type: record.type.toUpperCase(), host: record.host },
      ...{ value: record.data, valid: record.valid, found: null },
    })),
    isOurs: hasOurKeys(dns),
  }));
const checkShape = z
  .object({
    valid: z.boolean(),
    validation_results: z.record(z.string(), z.object({ valid: z.boolean(), reason: z.string().nullish() })),
  })
  .transform(({ valid, validation_results: results }) => ({
    valid,
    results: Object.fromEntries(
      Object.entries(results).map(([name, one]) => [name, { valid: one.valid, found: foundIn(one.reason ?? '') }]),
    ),
  }));
const nothing = z.unknown().transform(() => null);

/** SendGrid names what stands there in its sentence alone. */
function foundIn(reason: string): string | null {
  return /but found "([^"]{1,255}?)\.?"/.exec(reason)?.[1] ?? null;
}

/**
 * Sources: https://www.twilio.com/docs/sendgrid/api-reference/domain-authentication/authenticate-a-domain and
 * https://www.twilio.com/docs/sendgrid/api-reference/link-branding/create-a-branded-link
 */
export function makeDomainAuthentication(provider: Provider): DomainAuthentication {
  const remove = (path: string, as: string | null) => askSendgrid(provider, { method: 'DELETE', path, as }, nothing);
  const check = (path: string, as: string | null) =>
    askSendgrid(provider, { method: 'POST', path: `${path}/validate`, as }, checkShape);
  return {
    async find(domain, as) {
      const path = `/v3/whitelabel/domains?domain=${encodeURIComponent(domain)}&limit=50`;
      const asked = await askSendgrid(provider, { path, as }, z.array(domainShape));
      if ('failed' in asked) return asked;
      const same = asked.answer.filter((one) => one.domain === domain);
      const proven = same.filter((one) => one.valid);
      return { answer: proven.find((one) => !one.isOurs) ?? proven[0] ?? same[0] ?? null };
    },
    create: (domain, as) =>
      askSendgrid(
        provider,
        {
          ...{ method: 'POST', path: '/v3/whitelabel/domains', as },
          body: { domain, automatic_security: true, custom_dkim_selector: DKIM_SELECTOR, default: false },
        },
        domainShape,
      ),
    check: (id, as) => check(`/v3/whitelabel/domains/${id}`, as),
    remove: (id, as) => remove(`/v3/whitelabel/domains/${id}`, as),
    brandLinks: (domain, as) =>
      askSendgrid(
        provider,
        { method: 'POST', path: '/v3/whitelabel/links', as, body: { domain, default: false } },
        domainShape,
      ),
    checkLinks: (id, as) => check(`/v3/whitelabel/links/${id}`, as),
    removeLinks: (id, as) => remove(`/v3/whitelabel/links/${id}`, as),
  };
}
