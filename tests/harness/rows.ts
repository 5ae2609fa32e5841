/** What stands in the database, for waiting and for checking; read under row-level security like the app itself. */
import postgres from 'postgres';
import type { Facts, Reason } from '../../app/domain/reason';
import type { ScenarioKey } from '../../app/domain/scenario';

export interface DecisionRow {
  at: Date;
  customerId: string;
  scenario: ScenarioKey;
  enrollmentId: string | null;
  messageId: string | null;
  step: string | null;
  kind: 'enrolled' | 'not-enrolled' | 'waited' | 'planned' | 'sent' | 'put-off' | 'withheld' | 'ended';
  reason: Reason;
  facts: Facts;
}

export interface MessageRow {
  id: string;
  customerId: string;
  enrollmentId: string;
  scenario: ScenarioKey;
  step: string;
  email: string;
  status: string;
  reason: Reason | null;
  ground: string | null;
  language: string | null;
  subject: string | null;
  plannedAt: Date;
  dueAt: Date | null;
  sentAt: Date | null;
  clickedAt: Date | null;
}

/** What keeps the app from being at rest, by kind; every number is zero at rest. */
export interface Pending {
  events: number;
  enrollments: number;
  messages: number;
  imports: number;
  /** Shops whose nightly look at Shopify is due. */
  reconciliations: number;
  /** Scenarios whose look for people is due. */
  scans: number;
  jobs: number;
}

export interface Rows {
  /** The app's number for a shop; null while the app does not know it. */
  shopIdOf(domain: string): Promise<number | null>;
  pending(shopIds: readonly number[], now: Date): Promise<Pending>;
  /**
   * The next moment at which enrollments, messages and scans of these shops are due, after `now`. Those due within some seconds
   * of each other count as one, at the latest of them: each jump of the clock takes a second of real time.
   */
  nextDue(shopIds: readonly number[], now: Date, options?: { skipScans?: boolean }): Promise<Date | null>;
  decisions(shopId: number): Promise<DecisionRow[]>;
  messages(shopId: number): Promise<MessageRow[]>;
  /** Any other question, asked as this shop. `$1` and on are the values. */
  ask<T extends object>(shopId: number, query: string, values?: (string | number)[]): Promise<T[]>;
  close(): Promise<void>;
}

const TOGETHER_SECONDS = 20;

const connect = (url: string) => postgres(url, { max: 2, onnotice: () => {}, transform: postgres.camel });

/** What is due is seen as the worker sees it, across stores; everything else as the web process does, one store alone. */
export function openRows(urls: { app: string; worker: string }): Rows {
  const sql = connect(urls.worker);
  const web = connect(urls.app);
  const ask = <T extends object>(shopId: number, query: string, values: (string | number)[] = []): Promise<T[]> =>
    web.begin(async (tx) => {
      await tx`select set_config('relance.shop_id', ${String(shopId)}, true)`;
      return [...(await tx.unsafe<T[]>(query, values))];
    }) as Promise<T[]>;
  return {
    async shopIdOf(domain) {
      const [row] = await sql<{ shopId: number }[]>`select shop_id from shop_domains where domain = ${domain}`;
      return row?.shopId ?? null;
    },
    async pending(shopIds, now) {
      const ids = [...shopIds];
      const [row] = await sql<Record<keyof Pending, string>[]>`
        select
          (select count(*) from inbound_events where processed_at is null and shop_id = any(${ids})) as events,
          (select count(*) from enrollments
            where status = 'active' and due_at <= ${now} and shop_id = any(${ids})) as enrollments,
          (select count(*) from messages where shop_id = any(${ids})
            -- One that waits a moment for what Shopify just told is due in a second.
            and (status in ('claimed', 'handed-over')
              or status = 'planned' and due_at <= ${now}::timestamptz
                + case when reason = 'orders-not-confirmed' then interval '2 seconds' else interval '0' end)) as messages,
          (select count(*) from imports where status not in ('done', 'failed') and shop_id = any(${ids})) as imports,
          (select count(*) from shops where uninstalled_at is null and reconcile_due_at <= ${now}
            and shop_id = any(${ids})) as reconciliations,
          (select count(*) from scenario_settings where enabled and scan_due_at <= ${now}
            and shop_id = any(${ids})) as scans,
          -- A look at an import that is over finds nothing; the imports themselves are counted above.
          (select count(*) from pgboss.job where (data->>'shopId')::int = any(${ids}) and name <> 'shop.import'
            and (state::text in ('active', 'retry') or state::text = 'created' and start_after <= now())) as jobs`;
      return {
        events: Number(row?.events),
        enrollments: Number(row?.enrollments),
        messages: Number(row?.messages),
        imports: Number(row?.imports),
        reconciliations: Number(row?.reconciliations),
        scans: Number(row?.scans),
        jobs: Number(row?.jobs),
      };
    },
    async nextDue(shopIds, now, { skipScans = false } = {}) {
      const ids = [...shopIds];
      const [row] = await sql<{ at: Date | null }[]>`
        with due as (
          select due_at from enrollments where status = 'active' and due_at > ${now} and shop_id = any(${ids})
          union all
          select due_at from messages where status = 'planned' and due_at > ${now} and shop_id = any(${ids})
          union all
          select at from (
            -- Birthdays are looked for every hour a day ahead: one look a day misses nobody.
            select scan_due_at + case scenario when 'birthday' then interval '20 hours' else interval '0' end as at
            from scenario_settings where enabled and not ${skipScans} and shop_id = any(${ids})) scans
          where at > ${now})
        select max(due_at) as at from due
        where due_at <= (select min(due_at) from due) + ${TOGETHER_SECONDS} * interval '1 second'`;
      return row?.at ?? null;
    },
    decisions: (shopId) => ask<DecisionRow>(shopId, 'select * from decisions where shop_id = $1 order by id', [shopId]),
    messages: (shopId) =>
      ask<MessageRow>(shopId, 'select * from messages where shop_id = $1 order by planned_at, id', [shopId]),
    ask,
    async close() {
      await sql.end();
      await web.end();
    },
  };
}
