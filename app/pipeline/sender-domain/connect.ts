/** The owner connects a domain of the shop, or lets go of it. Called by the commands. */
import { nextLook } from '../../domain/domain-proof';
import { domainOf, isOwnDomain, isPublicMailDomain, readDomain } from '../../domain/sender-domain';
import type { Shop } from '../../domain/shop';
import type { Refusal } from '../../gateways/sendgrid/ask';
import type { DomainAuthentication, ProviderDomain } from '../../gateways/sendgrid/domains';
import { addDomain, findDomain, holdSender, removeDomain } from '../../store/authenticated-domains';
import { inShop } from '../../store/scope';
import { loadShop, lockShop, saveShopSettings } from '../../store/shop-settings';
import type { CheckDomain } from './check';
import type { SenderDomainParts } from './parts';

export interface DomainWish {
  domain: string;
  /** What stands before the @. */
  mailbox: string;
}

/** Beside which field, and why; the page has the words. */
export type DomainAnswer = { ok: true } | { ok: false; field: 'domain' | 'mailbox' | 'remove'; code: DomainFault };

export type DomainFault =
  | 'not-a-domain'
  | 'public-mail-domain'
  | 'not-a-mailbox'
  | 'already-connected'
  | 'domain-taken'
  | 'provider-refused'
  | 'key-missing'
  | 'key-refused'
  | 'not-allowed'
  | 'unreachable';

const MAILBOX = /^[a-z0-9](?:[a-z0-9._+-]{0,62}[a-z0-9])?$/i;

export function makeConnectDomain(parts: SenderDomainParts, check: CheckDomain) {
  return async (shopId: number, wish: DomainWish): Promise<DomainAnswer> => {
    const { db, domains } = parts;
    const domain = readDomain(wish.domain);
    if (!domain) return refuse('domain', 'not-a-domain');
    if (isPublicMailDomain(domain)) return refuse('domain', 'public-mail-domain');
    const mailbox = wish.mailbox.trim().toLowerCase();
    if (!MAILBOX.test(mailbox) || mailbox.includes('..')) return refuse('mailbox', 'not-a-mailbox');
    if (!domains) return refuse('domain', 'key-missing');
    if (await inShop(db, shopId, findDomain)) return refuse('domain', 'already-connected');
    const shop = await inShop(db, shopId, loadShop);
    const subuser = await parts.subuserOf(shopId);
    const found = await obtain(domains, { domain, subuser, shop });
    if ('fault' in found) return refuse('domain', found.fault);
    const links = await domains.brandLinks(domain, subuser);
    const branded = 'answer' in links ? links.answer : null;
    const added = await keep(parts, shopId, { domain, subuser, found, branded, senderEmail: `${mailbox}@${domain}` });
    if (!added) {
      await undo(domains, { subuser, found, branded });
      return refuse('domain', 'already-connected');
    }
    await check(shopId);
    return { ok: true };
  };
}

const refuse = (field: 'domain' | 'mailbox' | 'remove', code: DomainFault): DomainAnswer => ({
  ok: false,
  field,
  code,
});

interface Obtained extends ProviderDomain {
  adopted: boolean;
}

/**
 * The operator may have proven the domain before. Then it is this shop's only where the domain is: whoever proved it for another
 * shop must not lend it to this one. What Relance made for another shop is never shared: whoever waits there for the same records
 * would be proven by these, and would take them along when it lets go of them.
 */
async function obtain(
  domains: DomainAuthentication,
  { domain, subuser, shop }: { domain: string; subuser: string | null; shop: Shop },
): Promise<Obtained | { fault: DomainFault }> {
  const known = await domains.find(domain, subuser);
  if ('failed' in known) return { fault: faultOf(known.failed) };
  if (known.answer?.valid) {
    // Nobody else has this subuser: the shop proved it itself, before it was erased.
    if (subuser !== null) return { ...known.answer, adopted: false };
    const names = [shop.email ? domainOf(shop.email) : '', new URL(shop.url).hostname];
    if (!isOwnDomain(domain, names)) return { fault: 'domain-taken' };
    if (!known.answer.isOurs) return { ...known.answer, adopted: true };
  }
  const made = await domains.create(domain, subuser);
  if ('answer' in made) return { ...made.answer, adopted: false };
  const exists = made.messages.some((message) => /already exists/i.test(message));
  return { fault: exists ? 'domain-taken' : faultOf(made.failed) };
}

function faultOf(failed: Refusal): DomainFault {
  if (failed === 'invalid') return 'provider-refused';
  return failed === 'not-found' ? 'unreachable' : failed;
}

interface Kept {
  domain: string;
  subuser: string | null;
  found: Obtained;
  branded: ProviderDomain | null;
  senderEmail: string;
}

function keep({ db, clock }: SenderDomainParts, shopId: number, kept: Kept): Promise<boolean> {
  const { domain, subuser, found, branded, senderEmail } = kept;
  const now = clock.now();
  const state = { status: 'pending' as const, since: now, failedAt: null };
  return inShop(db, shopId, (shop) =>
    addDomain(shop, {
      ...{ domain, subuser, senderEmail, adopted: found.adopted },
      ...{ providerId: found.id, linksId: branded?.id ?? null },
      records: [...found.records, ...(branded?.records ?? [])],
      ...{ status: state.status, statusSince: now, lookDueAt: nextLook(state, now) },
    }),
  );
}

/** Two windows at once: one of them wins, and what the other made is taken back. */
async function undo(
  domains: DomainAuthentication,
  { subuser, found, branded }: Pick<Kept, 'subuser' | 'found' | 'branded'>,
): Promise<void> {
  if (!found.adopted) await domains.remove(found.id, subuser);
  if (branded) await domains.removeLinks(branded.id, subuser);
}

/** SendGrid first: an authentication left there would stand in the way when the domain is connected again. */
export function makeDisconnectDomain({ db, domains }: SenderDomainParts) {
  return async (shopId: number): Promise<DomainAnswer> => {
    const row = await inShop(db, shopId, findDomain);
    if (!row) return { ok: true };
    if (!domains) return refuse('remove', 'key-missing');
    const { providerId, linksId, subuser, adopted } = row;
    const removed = [
      ...(linksId ? [await domains.removeLinks(linksId, subuser)] : []),
      ...(adopted ? [] : [await domains.remove(providerId, subuser)]),
    ];
    for (const one of removed) {
      if ('failed' in one && one.failed !== 'not-found') return refuse('remove', faultOf(one.failed));
    }
    await inShop(db, shopId, async (shop) => {
      await removeDomain(shop);
      await holdSender(shop, false);
      const { settings } = await lockShop(shop);
      if (settings.senderEmail === null || domainOf(settings.senderEmail) !== row.domain) return;
      await saveShopSettings(shop, { ...settings, senderEmail: null });
    });
    return { ok: true };
  };
}
