/**
 * What waits and since when, over all shops: counts and ages, no rows. Read by `pipeline/metrics` in the worker's role,
 * which row-level security lets see what is due; in any other it would read nothing, which must not look like no backlog.
 */
import { sql } from 'drizzle-orm';
import type { Db, Tx } from '../scope';
import { seesAllShops } from '../who-is-connected';

export interface Waiting {
  /** Due now, and due for longer than `LATE_SECONDS`. */
  due: number;
  late: number;
  oldestSeconds: number;
}

export interface Backlog {
  enrollments: Waiting;
  messages: Waiting;
  /** Stored events nobody applied yet. */
  events: Waiting;
  /** E-mails on their way out, and those nobody knows the outcome of. */
  open: { claimed: number; 'handed-over': number; unsettled: number };
  /** Shops whose sending is slowed or stopped, for what became of their e-mails. */
  paced: { slow: number; stopped: number };
  /** The shops that wait longest, worst first. */
  slowest: { shopId: number; lagSeconds: number }[];
}

/** What is due this long and still stands is late. */
export const LATE_SECONDS = 60;
/** Shops told of by number: each is a time series at whoever keeps the figures. */
const MOST_SHOPS = 20;
/** Real time; a database that takes longer has its own alert. */
const TIMEOUT_MS = 3000;

/** @returns null where the role may not see what is due in all shops */
export function readBacklog(db: Db, now: Date): Promise<Backlog | null> {
  return db.transaction(
    async (tx) => {
      await tx.execute(sql`select set_config('statement_timeout', ${String(TIMEOUT_MS)}, true)`);
      if (!(await seesAllShops(tx))) return null;
      const shops = await readShops(tx, now);
      return { ...sums(shops), open: await readOpen(tx), paced: await readPaced(tx), slowest: slowestOf(shops) };
    },
    { accessMode: 'read only' },
  );
}

type Kind = 'enrollments' | 'messages' | 'events';

interface ShopRow extends Record<string, unknown> {
  kind: Kind;
  shop_id: number;
  due: string;
  late: string;
  oldest: number;
}

/** One row per shop and kind that has anything due, each read from the partial index of what is due. */
function readShops(tx: Tx, now: Date): Promise<ShopRow[]> {
  const at = now.toISOString();
  const lateBefore = new Date(now.getTime() - LATE_SECONDS * 1000).toISOString();
  const waiting = (kind: Kind, time: string, rows: string) => sql`
    select ${sql.raw(`'${kind}'`)} as kind, shop_id, count(*) as due,
      count(*) filter (where ${sql.identifier(time)} < ${lateBefore}) as late,
      extract(epoch from ${at}::timestamptz - min(${sql.identifier(time)}))::float8 as oldest
    from ${sql.raw(rows)} and ${sql.identifier(time)} <= ${at} group by shop_id`;
  return tx.execute<ShopRow>(sql`
    ${waiting('enrollments', 'due_at', "enrollments where status = 'active' and due_at is not null")}
    union all ${waiting('messages', 'due_at', "messages where status = 'planned' and due_at is not null")}
    union all ${waiting('events', 'received_at', 'inbound_events where processed_at is null')}`);
}

async function readOpen(tx: Tx): Promise<Backlog['open']> {
  const rows = await tx.execute<{ status: keyof Backlog['open']; count: string }>(sql`
    select status, count(*) from messages where is_open group by status`);
  const count = (status: keyof Backlog['open']) => Number(rows.find((row) => row.status === status)?.count ?? 0);
  return { claimed: count('claimed'), 'handed-over': count('handed-over'), unsettled: count('unsettled') };
}

async function readPaced(tx: Tx): Promise<Backlog['paced']> {
  const rows = await tx.execute<{ pace: keyof Backlog['paced']; count: string }>(sql`
    select mail_pace as pace, count(*) from shops where uninstalled_at is null and mail_pace <> 'full' group by mail_pace`);
  const count = (pace: keyof Backlog['paced']) => Number(rows.find((row) => row.pace === pace)?.count ?? 0);
  return { slow: count('slow'), stopped: count('stopped') };
}

function sums(rows: readonly ShopRow[]): Record<Kind, Waiting> {
  const sum = (kind: Kind) => {
    const own = rows.filter((row) => row.kind === kind);
    return {
      due: own.reduce((total, row) => total + Number(row.due), 0),
      late: own.reduce((total, row) => total + Number(row.late), 0),
      oldestSeconds: own.reduce((oldest, row) => Math.max(oldest, row.oldest), 0),
    };
  };
  return { enrollments: sum('enrollments'), messages: sum('messages'), events: sum('events') };
}

function slowestOf(rows: readonly ShopRow[]): Backlog['slowest'] {
  const lags = new Map<number, number>();
  for (const row of rows) lags.set(row.shop_id, Math.max(lags.get(row.shop_id) ?? 0, row.oldest));
  return [...lags]
    .map(([shopId, lagSeconds]) => ({ shopId, lagSeconds }))
    .toSorted((a, b) => b.lagSeconds - a.lagSeconds)
    .slice(0, MOST_SHOPS);
}
