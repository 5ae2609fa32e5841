/** What stands between the owner and their e-mails: each point with what the page needs to say how to mend it. */
import { sql } from 'drizzle-orm';
import { DAY } from '../../lib/duration';
import { together } from '../../lib/together';
import { findDomain } from '../authenticated-domains';
import { countWaitingDataRequests } from '../data-requests';
import { listRefusedCodes, type RefusedCodes } from '../discounts';
import type { ImportKind } from '../schema';
import type { ShopScope } from '../scope';
import { type Period, within } from './period';

export type AttentionPoint =
  /** The operator has not connected SendGrid. */
  | { point: 'key-missing' }
  | { point: 'sender-missing' }
  | { point: 'address-missing' }
  | { point: 'provider-paused'; since: string }
  | { point: 'import-failed'; kinds: ImportKind[] }
  /** The shop's own domain is no longer proven. */
  | { point: 'domain-broken'; domain: string; since: string }
  | { point: 'scopes-missing'; scopes: string[] }
  /** Shopify makes no codes for these; people wait for theirs. */
  | { point: 'codes-refused'; refused: RefusedCodes[] }
  | { point: 'outcome-unknown'; count: number }
  /** The database was restored from a copy: e-mails are held, or it was lately and settings may be missing. */
  | { point: 'restored'; count: number; lostFrom: string; lostUntil: string }
  /** Customers who asked for their data, and whose file nobody has fetched. */
  | { point: 'data-request-waiting'; count: number };

/**
 * What the shop's rows tell: a failed import, a domain that is no longer proven, missing scopes, a refused key, refused codes, a restore from a copy, e-mails whose
 * outcome nobody knows, customers who wait for their data.
 * @param options.scopes the access the app asks for, separated by commas
 */
export async function loadAttention(
  shop: ShopScope,
  { period, scopes }: { period: Period; scopes: string },
): Promise<AttentionPoint[]> {
  const standing = findStanding(shop);
  const restored = standing.then((row) => (row?.lost_until ? findRestored(shop, row, period.to) : []));
  const { failed, stands, restoredLately, since, unknown, waiting, refused, domain } = await together({
    failed: shop.tx.execute<{ kind: ImportKind }>(sql`
      select kind from imports where shop_id = ${shop.shopId} and status = 'failed' order by kind`),
    stands: standing,
    restoredLately: restored,
    since: findProviderPause(shop),
    unknown: countUnknown(shop, period),
    waiting: countWaitingDataRequests(shop),
    refused: listRefusedCodes(shop),
    domain: findDomain(shop),
  });
  const missing = missingScopes(scopes, stands?.granted ?? '');
  return [
    ...restoredLately,
    ...(domain?.status === 'broken'
      ? [{ point: 'domain-broken' as const, domain: domain.domain, since: domain.statusSince.toISOString() }]
      : []),
    ...(since ? [{ point: 'provider-paused' as const, since: since.toISOString() }] : []),
    ...(failed.length > 0 ? [{ point: 'import-failed' as const, kinds: failed.map((row) => row.kind) }] : []),
    ...(missing.length > 0 ? [{ point: 'scopes-missing' as const, scopes: missing }] : []),
    // The missing access says it all: what Shopify refuses for want of it needs no second point.
    ...(refused.length > 0 && !missing.includes('write_discounts')
      ? [{ point: 'codes-refused' as const, refused }]
      : []),
    ...(waiting > 0 ? [{ point: 'data-request-waiting' as const, count: waiting }] : []),
    ...(unknown > 0 ? [{ point: 'outcome-unknown' as const, count: unknown }] : []),
  ];
}

/** Scopes the app asks for that Shopify has not granted; a write scope covers the read scope of the same name. */
export function missingScopes(wanted: string, granted: string): string[] {
  const split = (text: string) =>
    text
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean);
  const has = new Set(split(granted));
  return split(wanted).filter((scope) => !has.has(scope) && !has.has(scope.replace(/^read_/, 'write_')));
}

/** What was changed in the lost time is missing for good: whoever comes by in these days is told. */
const TOLD_DAYS = 3;

interface Standing {
  [column: string]: unknown;
  granted: string | null;
  lost_from: string | null;
  lost_until: string | null;
}

/** Of the shop's own row; what hardly ever is, is looked into only where it begins here. */
async function findStanding({ shopId, tx }: ShopScope): Promise<Standing | undefined> {
  const [row] = await tx.execute<Standing>(sql`
    select granted_scopes as granted, restored_from as lost_from, restored_until as lost_until
    from shops where shop_id = ${shopId}`);
  return row;
}

async function findRestored({ shopId, tx }: ShopScope, standing: Standing, now: Date): Promise<AttentionPoint[]> {
  if (!standing.lost_from || !standing.lost_until) return [];
  const [lostFrom, lostUntil] = [new Date(standing.lost_from), new Date(standing.lost_until)];
  const [row] = await tx.execute<{ held: number }>(sql`
    select count(*)::int as held from messages
    where shop_id = ${shopId} and is_open and status = 'unsettled' and reason = 'restored-from-copy'`);
  const count = row?.held ?? 0;
  if (count === 0 && now.getTime() - lostUntil.getTime() > TOLD_DAYS * DAY) return [];
  return [{ point: 'restored', count, lostFrom: lostFrom.toISOString(), lostUntil: lostUntil.toISOString() }];
}

/** Since when e-mails wait for the operator's account at the provider; null where none does. */
async function findProviderPause({ shopId, tx }: ShopScope): Promise<Date | null> {
  const held = sql`shop_id = ${shopId} and status = 'planned' and reason = 'provider-paused'`;
  const [paused] = await tx.execute(sql`select from messages where ${held} limit 1`);
  if (!paused) return null;
  const [row] = await tx.execute<{ since: string | null }>(sql`
    select min(at) as since from decisions
    where shop_id = ${shopId} and reason = 'provider-paused' and message_id in (select id from messages where ${held})`);
  return row?.since ? new Date(row.since) : null;
}

/** E-mails of the period that were handed over, and of which nobody knows what became. */
async function countUnknown({ shopId, tx }: ShopScope, period: Period): Promise<number> {
  const [row] = await tx.execute<{ unknown: number }>(sql`
    select count(*)::int as unknown from messages
    where shop_id = ${shopId} and status = 'unknown' and reason = 'outcome-unknown' and ${within('handed_over_at', period)}`);
  return row?.unknown ?? 0;
}
