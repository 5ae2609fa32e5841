// Lets people, stories and tests enter DNS records as a domain's owner does, and read what stands there. Mounted under /control/api/sendgrid/dns by the control.
import { SandboxRefusal } from '../http/refusal';
import { type App, jsonBody, route } from '../http/router';
import type { SendgridPart } from './part';
import type { Proof } from './proofs';
import type { BrandedLink, SenderDomain } from './sender-domains';

const DNS = '/control/api/sendgrid/dns';

/** Adds the routes. */
export function mountDns(app: App, part: SendgridPart): void {
  const { dns } = part.state;
  app.get(DNS, (_req, res) => res.json(dns.show()));
  app.get(`${DNS}/domains`, (_req, res) =>
    res.json({ domains: [...new Set(askedOf(part).map(({ domain }) => domain))] }),
  );
  app.get(`${DNS}/txt`, (req, res) => res.json({ records: dns.read(String(req.query.name ?? ''), 'txt') }));
  app.post(
    DNS,
    jsonBody,
    route((req, res) => {
      change(part, (req.body ?? {}) as Record<string, unknown>);
      res.json(dns.show());
    }),
  );
}

/**
 * `{ domain, appear: 'all' | 'none' | 'wrong' | ['dkim1', …] }`: enters the records SendGrid asks for of this domain and its
 * links, all of them, none, with another value, or these alone. `{ txt: { '_dmarc.shop.example': 'v=DMARC1; p=none' } }`:
 * enters TXT records; null takes one out.
 */
function change(part: SendgridPart, { domain, appear, txt }: Record<string, unknown>): void {
  const { dns } = part.state;
  if (appear !== undefined) enter(part, String(domain ?? '').toLowerCase(), appear);
  for (const [name, value] of Object.entries((txt ?? {}) as Record<string, unknown>)) {
    dns.write(name, 'txt', value === null ? [] : [value].flat().map(String));
  }
}

function enter(part: SendgridPart, domain: string, appear: unknown): void {
  const names = Array.isArray(appear) ? appear.map(String) : null;
  if (!names && appear !== 'all' && appear !== 'none' && appear !== 'wrong')
    throw new SandboxRefusal('"appear" is all, none, wrong, or a list of names.');
  const asked = proofsOf(part, domain);
  if (asked.length === 0) throw new SandboxRefusal(`SendGrid was never asked about ${domain}.`);
  for (const [name, { host, data }] of asked) {
    const isThere = names ? names.includes(name) : appear !== 'none';
    part.state.dns.write(host, 'cname', isThere ? [appear === 'wrong' ? 'parking.example' : data] : []);
  }
}

/** What is asked of this domain, by whomever. */
function proofsOf(part: SendgridPart, domain: string): [string, Proof][] {
  return askedOf(part)
    .filter((one) => one.domain === domain)
    .flatMap((one) => Object.entries<Proof>(one.dns));
}

function askedOf({ state }: SendgridPart): (SenderDomain | BrandedLink)[] {
  const accounts = ['', ...state.subusers.list().map((one) => one.username.toLowerCase())];
  return accounts.flatMap((account) => [...state.domains.list(account), ...state.domains.links(account)]);
}
