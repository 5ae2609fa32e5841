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
  const { failed, restored, held, waiting, refused, domain } = await together({
    failed: shop.tx.execute<{ kind: ImportKind }>(sql`
      select kind from imports where shop_id = ${shop.shopId} and status = 'failed' order by kind`),
    restored: findRestored(shop, period.to),
    held: shop.tx.execute<{ granted: string; since: string | null; unknown: string }>(sql`
      select
        (select granted_scopes from shops where shop_id = ${shop.shopId}) as granted,
        (select min(d.at) from decisions d join messages m on m.shop_id = d.shop_id and m.id = d.message_id
         where d.shop_id = ${shop.shopId} and d.reason = 'provider-paused' and m.status = 'planned'
           and m.reason = 'provider-paused') as since,
        (select count(*) from messages
         where shop_id = ${shop.shopId} and status = 'unknown' and reason = 'outcome-unknown'
           and ${within('handed_over_at', period)}) as unknown`),
    waiting: countWaitingDataRequests(shop),
    refused: listRefusedCodes(shop),
    domain: findDomain(shop),
  });
  const [stands] = held;
  const unknown = Number(stands?.unknown ?? 0);
  const missing = missingScopes(scopes, stands?.granted ?? '');
  return [
    ...restored,
    ...(domain?.status === 'broken'
      ? [{ point: 'domain-broken' as const, domain: domain.domain, since: domain.statusSince.toISOString() }]
      : []),
    ...(stands?.since ? [{ point: 'provider-paused' as const, since: new Date(stands.since).toISOString() }] : []),
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

async function findRestored({ shopId, tx }: ShopScope, now: Date): Promise<AttentionPoint[]> {
  const [row] = await tx.execute<{ lost_from: string | null; lost_until: string | null; held: number }>(sql`
    select restored_from as lost_from, restored_until as lost_until,
      (select count(*)::int from messages
       where shop_id = ${shopId} and is_open and status = 'unsettled' and reason = 'restored-from-copy') as held
    from shops where shop_id = ${shopId} and restored_until is not null`);
  if (!row?.lost_from || !row.lost_until) return [];
  const [lostFrom, lostUntil] = [new Date(row.lost_from), new Date(row.lost_until)];
  if (row.held === 0 && now.getTime() - lostUntil.getTime() > TOLD_DAYS * DAY) return [];
  return [{ point: 'restored', count: row.held, lostFrom: lostFrom.toISOString(), lostUntil: lostUntil.toISOString() }];
}
