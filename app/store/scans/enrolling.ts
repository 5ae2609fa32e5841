/** The last half of every scan: whoever was found is enrolled, with the decision that says so, in the same statement. */
import { type SQL, sql } from 'drizzle-orm';
import type { ScenarioDefinition } from '../../domain/scenario';
import { invariant } from '../../lib/invariant';
import type { ShopScope } from '../scope';

export interface Scan {
  definition: ScenarioDefinition;
  now: Date;
  /** The shop's own clock, for customers whose country does not tell theirs. */
  shopZone: string;
}

/**
 * Enrolls the rows of `found(customer_id, occurrence, subject, due_at, anchor, reason, facts)`, one per customer, which
 * `ctes` define. Whoever was enrolled for the same occurrence is left alone. The caller holds `lockScan`, so nobody else enrolls in
 * this scenario meanwhile: they are looked for once, which costs a fifth less than `on conflict` for each. Only two people becoming
 * one in that very moment bring an enrollment from elsewhere: then nothing is written, and the look is to be repeated.
 * @returns how many were enrolled
 */
export async function enrollFound(shop: ShopScope, { definition, now }: Scan, ctes: SQL): Promise<number> {
  const first = definition.steps[0];
  invariant(first, 'a scenario has steps');
  const { key, version } = definition;
  // Room to sort and to keep what was found: a scan of a million people would otherwise go by way of the disk.
  await shop.tx.execute(sql`select set_config('work_mem', '64MB', true)`);
  const [row] = await shop.tx.execute<{ count: number }>(sql`
    with ${ctes},
    -- Numbered before they are written: both tables then read the same rows, and nothing need be joined.
    fresh as materialized (
      select nextval('enrollments_id_seq') as id, f.* from found f
      where not exists (select from enrollments e where e.shop_id = ${shop.shopId} and e.scenario = ${key}
        and e.customer_id = f.customer_id and e.occurrence = f.occurrence)),
    enrolled as (
      insert into enrollments
        (shop_id, id, scenario, customer_id, occurrence, version, cursor, anchor, subject, started_at, due_at)
      overriding system value
      select ${shop.shopId}::int, id, ${key}, customer_id, occurrence, ${version}::int, ${first.id}, anchor, subject,
        ${now.toISOString()}::timestamptz, due_at
      from fresh),
    noted as (
      insert into decisions (shop_id, at, customer_id, scenario, enrollment_id, kind, reason, facts)
      select ${shop.shopId}::int, ${now.toISOString()}::timestamptz, customer_id, ${key}, id, 'enrolled', reason, facts
      from fresh)
    select count(*)::int as count from fresh`);
  return row?.count ?? 0;
}

/** A moment as JavaScript writes it. */
export function iso(moment: SQL): SQL {
  return sql`to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
