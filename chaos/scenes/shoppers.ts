/** Counts, per shopper, what SendGrid accepted against what they were to get: by address and subject, which no id of the app's can hide. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '../crowd';
import type { System } from '../system';
import type { Shopper } from './lost-hour';

export interface ShopperCounts {
  received: number;
  lost: number;
  twice: number;
  unwanted: number;
  unexplained: number;
}

interface Row {
  email: string;
  /** Kept back by the owner. */
  kept: number;
  /** Left between two states. */
  open: number;
  sent: number;
  /** All its e-mails, for whoever looks into a finding. */
  states: string;
}

const MOST_TOLD = 10;

export async function judgeShoppers(
  { sendgrid, database }: System,
  { shoppers, stores, say }: { shoppers: readonly Shopper[]; stores: readonly Store[]; say(line: string): void },
): Promise<ShopperCounts> {
  const accepted = Map.groupBy(sendgrid.state.messages, ({ to }) => to);
  const rows = await database.sql<Row[]>`
    select c.email, count(*) filter (where m.status = 'unknown' and m.reason = 'kept-back-by-owner')::int as kept,
      count(*) filter (where m.status in ('claimed', 'handed-over', 'unsettled'))::int as open,
      count(*) filter (where m.status = 'sent')::int as sent,
      string_agg(concat_ws(' ', m.email, m.status, m.reason, m.due_at), ', ') as states
    from messages m join customers c on c.shop_id = m.shop_id and c.id = m.customer_id
    where m.shop_id = any(${stores.map(({ shopId }) => shopId)}) group by 1`;
  const rowOf = new Map(rows.map((row) => [row.email, row]));
  let told = 0;
  const counts: ShopperCounts = { received: 0, lost: 0, twice: 0, unwanted: 0, unexplained: 0 };
  for (const { email, expected } of shoppers) {
    const got = accepted.get(email) ?? [];
    const kinds = new Set(got.map(({ subject }) => subject)).size;
    const { kept = 0, open = 0, sent = 0 } = rowOf.get(email) ?? {};
    counts.received += got.length;
    counts.twice += got.length - kinds;
    counts.unwanted += Math.max(0, kinds - expected);
    // What the owner kept back is explained whether it had left before or not.
    counts.lost += Math.max(0, expected - kinds - kept);
    if (open > 0 || sent > kinds) counts.unexplained += 1;
    const isFound = open > 0 || sent > kinds || got.length > kinds || kinds > expected || expected > kinds + kept;
    if (!isFound || told >= MOST_TOLD) continue;
    told += 1;
    say(`  ${email}: ${got.length} of ${expected}; ${rowOf.get(email)?.states ?? 'no e-mail'}`);
  }
  return counts;
}

/** What rest means beside that nothing waits for the worker. */
export interface Rest {
  /** Shopify was asked what changed, of every shop. */
  reconciled?: boolean;
  /** No e-mail is put off either. */
  nothingPlanned?: boolean;
}

/** How long nothing at all may be done: a busy machine is slow, one that lost something stands still. */
const STANDSTILL_MS = 60_000;

/** Waits for rest as long as something is done. @returns false when nothing was for a while, and something still waits */
export async function comesToRest(system: System, rest: Rest = {}): Promise<boolean> {
  let open = Number.POSITIVE_INFINITY;
  for (let since = Date.now(); Date.now() - since < STANDSTILL_MS; ) {
    const now = await countOpen(system, rest);
    if (now === 0) return true;
    if (now < open) [open, since] = [now, Date.now()];
    await pause(200);
  }
  return false;
}

async function countOpen(
  { database, now }: System,
  { reconciled = false, nothingPlanned = false }: Rest,
): Promise<number> {
  const at = new Date(now());
  const [row] = await database.sql<{ open: number }[]>`
    select (select count(*) from messages where status in ('claimed', 'handed-over') or status = 'planned' and (due_at <= ${at} or ${nothingPlanned}))::int
      + (select count(*) from enrollments where status = 'active' and due_at <= ${at})::int
      + (select count(*) from inbound_events where processed_at is null)::int
      + (select count(*) from shops where ${reconciled} and orders_known_until is null)::int as open`;
  return row?.open ?? 0;
}

/** What still waits and where its jobs stand, for whoever looks into a scene that did not come to rest. */
export async function tellOpen({ database: { sql } }: System, say: (line: string) => void): Promise<void> {
  const events = await sql`
    select source, topic, count(*)::int, min(received_at) as oldest from inbound_events where processed_at is null group by 1, 2`;
  const jobs = await sql`
    select name, state::text, count(*)::int, max(retry_count) as retries, min(start_after) as soonest, max(output::text) as output
    from pgboss.job where state in ('created', 'retry', 'active') group by 1, 2`;
  const shops = await sql`select shop_id, orders_known_until from shops`;
  for (const row of [...events, ...jobs, ...shops]) say(`  ${JSON.stringify(row)}`);
}
