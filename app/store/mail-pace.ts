/** What became of a shop's last e-mails, and how fast it may send for that. Rules: `domain/mail-pace`. */
import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import {
  COMPLAINT_SPAN_MS,
  type MailFigures,
  type MailPace,
  OLDEST_MS,
  SURELY_KNOWN_MS,
  WINDOW_MAILS,
} from '../domain/mail-pace';
import type { Facts } from '../domain/reason';
import { shops } from './schema';
import type { Db, ShopScope } from './scope';

/** The shop's pace, for a change: its row is held until the transaction ends. */
export async function lockPace(shop: ShopScope) {
  const { mailPace, mailPaceSince, mailJudgedFrom } = shops;
  const [row] = await shop.tx
    .select({ pace: mailPace, since: mailPaceSince, judgedFrom: mailJudgedFrom })
    .from(shops)
    .where(eq(shops.shopId, shop.shopId))
    .for('update');
  return row ?? null;
}

/** @param judgedFrom nothing sent before counts; null: nothing was ever forgiven */
export async function loadMailFigures(shop: ShopScope, judgedFrom: Date | null, now: Date): Promise<MailFigures> {
  const ago = (ms: number) => new Date(now.getTime() - ms);
  const from = new Date(Math.max(ago(OLDEST_MS).getTime(), judgedFrom?.getTime() ?? 0)).toISOString();
  const [row] = await shop.tx.execute<FiguresRow>(sql`
    with known as (
      select sent_at, bounced_at from messages
      where shop_id = ${shop.shopId} and sent_at >= ${from}
        and (delivered_at is not null or bounced_at is not null or sent_at < ${ago(SURELY_KNOWN_MS).toISOString()})
      order by sent_at desc limit ${WINDOW_MAILS}),
    span as (
      select greatest(${from}::timestamptz,
        least((select min(sent_at) from known), ${ago(COMPLAINT_SPAN_MS).toISOString()}::timestamptz)) as since)
    select (select count(*) from known) as mails, (select count(bounced_at) from known) as bounces,
      (select count(*) from messages, span where shop_id = ${shop.shopId} and sent_at >= since) as complaint_mails,
      (select count(*) from messages, span
        where shop_id = ${shop.shopId} and complained_at is not null and sent_at >= since) as complaints,
      (select count(distinct customer_id) from messages, span
        where shop_id = ${shop.shopId} and complained_at is not null and sent_at >= since) as complainers,
      greatest((select max(bounced_at) from known), (select max(complained_at) from messages, span
        where shop_id = ${shop.shopId} and complained_at is not null and sent_at >= since)) as last_at`);
  return {
    mails: Number(row?.mails ?? 0),
    bounces: Number(row?.bounces ?? 0),
    complaintMails: Number(row?.complaint_mails ?? 0),
    complaints: Number(row?.complaints ?? 0),
    complainers: Number(row?.complainers ?? 0),
    lastAt: row?.last_at ? new Date(row.last_at) : null,
  };
}

interface FiguresRow extends Record<string, unknown> {
  mails: string;
  bounces: string;
  complaint_mails: string;
  complaints: string;
  complainers: string;
  last_at: string | null;
}

/** @param change.judgedFrom set when what lies behind counts no longer */
export async function setPace(
  shop: ShopScope,
  change: { pace: MailPace; since: Date; facts: Facts; judgedFrom?: Date },
): Promise<void> {
  await shop.tx
    .update(shops)
    .set({
      mailPace: change.pace,
      mailPaceSince: change.since,
      mailPaceFacts: change.facts,
      ...(change.judgedFrom ? { mailJudgedFrom: change.judgedFrom } : {}),
    })
    .where(eq(shops.shopId, shop.shopId));
}

/** Installed shops that are slowed or stopped: the worker's role sees those of everybody. */
export async function findPacedShops(db: Db): Promise<number[]> {
  const rows = await db
    .select({ shopId: shops.shopId })
    .from(shops)
    .where(and(isNull(shops.uninstalledAt), ne(shops.mailPace, 'full')));
  return rows.map((row) => row.shopId);
}

/** For whoever counts what a limited shop sent: nobody else claims its e-mails until the transaction ends. */
export async function lockSending(shop: ShopScope): Promise<void> {
  await shop.tx.execute(sql`select pg_advisory_xact_lock(${shop.shopId}, hashtext('sending'))`);
}

/**
 * How many of the shop's e-mails went out since a moment, or are about to, and when the `most`-th newest of them did.
 */
export async function countOutgoing(
  shop: ShopScope,
  { since, most }: { since: Date; most: number },
): Promise<{ used: number; mostAt: Date | null }> {
  const from = since.toISOString();
  const [row] = await shop.tx.execute<{ used: string; most_at: string | null }>(sql`
    with outgoing as (
      select sent_at as at from messages where shop_id = ${shop.shopId} and sent_at >= ${from}
      union all
      select claimed_at from messages
      where shop_id = ${shop.shopId} and is_open and claimed_at >= ${from})
    select count(*) as used, (select at from outgoing order by at desc offset ${most - 1} limit 1) as most_at
    from outgoing`);
  return { used: Number(row?.used ?? 0), mostAt: row?.most_at ? new Date(row.most_at) : null };
}

/** How many e-mails wait because sending is slowed or stopped. */
export async function countHeldByPace(shop: ShopScope): Promise<number> {
  const [row] = await shop.tx.execute<{ count: string }>(sql`
    select count(*) from messages
    where shop_id = ${shop.shopId} and status = 'planned' and due_at is not null
      and reason in ('sending-stopped', 'sending-slowed')`);
  return Number(row?.count ?? 0);
}
