/** Looks how a shop's domain stands: SendGrid checks its records, DNS tells its DMARC policy. A job of the worker, and the owner's "Check now". */
import { type Dmarc, dmarcNames, readDmarc } from '../../domain/dmarc';
import {
  ASK_AGAIN_MS,
  afterLook,
  type DomainTrouble,
  isProven,
  type Looked,
  type ProofRecord,
} from '../../domain/domain-proof';
import { domainOf } from '../../domain/sender-domain';
import type { ReadTxt } from '../../gateways/dns/txt';
import type { Refusal } from '../../gateways/sendgrid/ask';
import type { Checked } from '../../gateways/sendgrid/domains';
import {
  type AuthenticatedDomain,
  findDomain,
  holdSender,
  lockDomain,
  updateDomain,
} from '../../store/authenticated-domains';
import { releaseHeld } from '../../store/held';
import { inShop, type ShopScope } from '../../store/scope';
import { chooseSenderDomain } from '../../store/sender-domains';
import { lockShop, saveShopSettings } from '../../store/shop-settings';
import type { SenderDomainParts } from './parts';

export type CheckDomain = (shopId: number) => Promise<DomainTrouble | null>;

/** @returns a look; answers why nothing was found out, or null */
export function makeCheckDomain(parts: SenderDomainParts): CheckDomain {
  const { db, clock, domains, readTxt } = parts;
  return async (shopId) => {
    const domain = await inShop(db, shopId, findDomain);
    if (!domain) return null;
    if (!domains) return 'key-refused';
    const { providerId, linksId, subuser } = domain;
    const [checked, links, dmarc] = await Promise.all([
      domains.check(providerId, subuser),
      linksId ? domains.checkLinks(linksId, subuser) : null,
      findDmarc(readTxt, domain.domain),
    ]);
    const found: Found = {
      checked: 'answer' in checked ? checked.answer : null,
      links: links && 'answer' in links ? links.answer : null,
      trouble: 'failed' in checked ? troubleOf(checked.failed) : null,
      dmarc,
    };
    const looked = await inShop(db, shopId, (shop) => apply(shop, { domain, found, now: clock.now() }));
    if (looked) tell(parts, shopId, looked);
    if (looked?.changed && looked.status === 'valid' && subuser === null) await lend(parts, shopId, providerId);
    return found.trouble;
  };
}

/** Proven for the account itself, before the shop had a subuser. */
async function lend({ lend: toSubuser, subuserOf }: SenderDomainParts, shopId: number, id: string): Promise<void> {
  const username = await subuserOf(shopId);
  if (username) await toSubuser?.(id, username);
}

interface Found {
  checked: Checked | null;
  links: Checked | null;
  trouble: DomainTrouble | null;
  dmarc: Dmarc;
}

function troubleOf(failed: Refusal): DomainTrouble {
  return failed === 'invalid' ? 'unreachable' : failed;
}

/** At the domain itself, else above it. */
async function findDmarc(readTxt: ReadTxt, domain: string): Promise<Dmarc> {
  for (const name of dmarcNames(domain)) {
    const records = await readTxt(name);
    if (records === null) return { state: 'unknown' };
    const read = readDmarc(name, records);
    if (read) return read;
  }
  return { state: 'missing' };
}

interface Applied extends Looked {
  from: string;
  trouble: DomainTrouble | null;
}

/** @returns null when the domain was let go of, or another connected, meanwhile */
async function apply(
  shop: ShopScope,
  { domain, found, now }: { domain: AuthenticatedDomain; found: Found; now: Date },
): Promise<Applied | null> {
  const before = await lockDomain(shop);
  if (before?.providerId !== domain.providerId) return null;
  const { trouble } = found;
  const dmarc = found.dmarc.state === 'unknown' ? before.dmarc : found.dmarc;
  // SendGrid lost it: that is a finding, not a failure to ask.
  const records = trouble === 'not-found' ? before.records.map(gone) : withResults(before.records, found);
  const state = { status: before.status, since: before.statusSince, failedAt: before.failedAt };
  if (trouble && trouble !== 'not-found') {
    const lookDueAt = new Date(now.getTime() + ASK_AGAIN_MS);
    await updateDomain(shop, { trouble, dmarc, lookDueAt });
    return { ...state, lookDueAt, changed: false, from: before.status, trouble };
  }
  const looked = afterLook(state, isProven(records, 'spf', 'dkim') === true, now);
  const { status, since: statusSince, failedAt, lookDueAt } = looked;
  await updateDomain(shop, { records, dmarc, trouble, status, statusSince, failedAt, lookDueAt, checkedAt: now });
  if (looked.changed) await carryOut(shop, { ...before, status }, now);
  return { ...looked, from: before.status, trouble };
}

const gone = (record: ProofRecord): ProofRecord => ({ ...record, valid: false, found: null });

function withResults(records: readonly ProofRecord[], { checked, links }: Found): ProofRecord[] {
  const results = { ...checked?.results, ...links?.results };
  return records.map((record) => ({ ...record, ...results[record.name] }));
}

/** A proven domain sends from now on; one that is broken gives way to the shared sender. */
async function carryOut(
  shop: ShopScope,
  { status, domain, senderEmail }: AuthenticatedDomain,
  now: Date,
): Promise<void> {
  const { settings } = await lockShop(shop);
  const own = settings.senderEmail;
  if (status === 'broken') {
    await holdSender(shop, own !== null && domainOf(own) === domain);
    return;
  }
  await holdSender(shop, false);
  // An address of the owner's at this domain stays as it is.
  if (own === null || domainOf(own) !== domain) await saveShopSettings(shop, { ...settings, senderEmail });
  await chooseSenderDomain(shop, domain, now);
  await releaseHeld(shop, { reasons: ['sender-missing', 'shared-sender-limit', 'provider-paused'], now });
}

function tell({ log }: SenderDomainParts, shopId: number, { status, changed, trouble }: Applied): void {
  const line = { event: 'sender-domain.checked', shopId, outcome: status, ...(trouble ? { why: trouble } : {}) };
  if (changed && status === 'broken') log.warn(line);
  else if (changed || trouble) log.info(line);
}
