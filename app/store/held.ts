/** E-mails that wait because the owner paused or switched off: how many, and letting them go again, a few at a time. */
import { type SQL, sql } from 'drizzle-orm';
import type { Reason } from '../domain/reason';
import { type HeldCount, MOST_RELEASE_MINUTES, RELEASED_A_MINUTE } from '../domain/release';
import type { ScenarioKey } from '../domain/scenario';
import { MINUTE } from '../lib/duration';
import type { ShopScope } from './scope';

/** The owner's own switches. */
export type HoldingReason = Extract<Reason, 'everything-paused' | 'scenario-off'>;

/** A step whose e-mail shows a code: while nothing may go out none is made, and the enrollment waits there, without a message. */
export interface CodeStep {
  scenario: ScenarioKey;
  step: string;
  /** How long after its planned time the e-mail may go out; null: to the end of the day. */
  expiresAfterMs: number | null;
}

interface HeldQuery {
  reason: HoldingReason;
  /** When the switch was thrown; null while nobody knows. */
  since: Date | null;
  now: Date;
  codeSteps: readonly CodeStep[];
  /** The shop's: ends the day of those steps. */
  timeZone: string;
}

/** What waits for this switch, by scenario, and what was given up since. The last look still has the last word on each. */
export async function countHeld(shop: ShopScope, query: HeldQuery): Promise<Map<ScenarioKey, HeldCount>> {
  const { reason, since, now } = query;
  const at = now.toISOString();
  const rows = await shop.tx.execute<{ scenario: ScenarioKey; relevant: string; expired: string }>(sql`
    select scenario, count(*) filter (where lives) as relevant, count(*) filter (where not lives) as expired
    from (
      select scenario, expires_at > ${at} as lives from messages
      where shop_id = ${shop.shopId} and status = 'planned' and reason = ${reason}
      union all
      select scenario, expires_at > ${at} from (${atCodeSteps(shop, query)}) waiting
      union all
      select scenario, false from decisions
      where shop_id = ${shop.shopId} and kind = 'withheld' and reason = 'expired' and facts->>'heldBy' = ${reason}
        and at >= ${(since ?? now).toISOString()}) held
    group by scenario`);
  return new Map(
    rows.map((row) => [row.scenario, { relevant: Number(row.relevant), expired: Number(row.expired) }] as const),
  );
}

/** Enrollments whose step waits for this switch, each with the moment its e-mail expires. */
function atCodeSteps({ shopId }: ShopScope, { reason, codeSteps, timeZone }: HeldQuery): SQL {
  const steps = JSON.stringify(codeSteps);
  return sql`
    select e.scenario, case when s."expiresAfterMs" is null
        then (date_trunc('day', e.anchor at time zone ${timeZone}) + interval '1 day') at time zone ${timeZone}
        else e.anchor + s."expiresAfterMs" * interval '1 millisecond' end as expires_at
    from jsonb_to_recordset(${steps}::jsonb) as s(scenario text, step text, "expiresAfterMs" float8)
    join enrollments e on e.shop_id = ${shopId} and e.scenario = s.scenario and e.cursor = s.step
      and e.status = 'active' and e.due_at is not null
    where (select d.reason from decisions d
      where d.shop_id = e.shop_id and d.customer_id = e.customer_id and d.enrollment_id = e.id
      order by d.at desc, d.id desc limit 1) = ${reason}`;
}

/** When the one at this place of all goes. */
const momentOf = (place: SQL, all: SQL, now: Date) => sql`
  ${now.toISOString()}::timestamptz
    + floor((${place} - 1) / greatest(${RELEASED_A_MINUTE}, ceil(${all}::float8 / ${MOST_RELEASE_MINUTES}))) * ${MINUTE} * interval '1 millisecond'`;

/**
 * Makes held messages due again, as the owner removed what held them: the most important first, then those that expire
 * first, and none later than its expiry.
 */
export async function releaseHeld(
  shop: ShopScope,
  { reasons, scenario, now }: { reasons: readonly Reason[]; scenario?: ScenarioKey; now: Date },
): Promise<void> {
  await shop.tx.execute(sql`
    update messages m set due_at = least(r.at, greatest(m.expires_at, ${now.toISOString()})), alarm_at = null
    from (
      select id, ${momentOf(sql`row_number() over (order by priority, expires_at, id)`, sql`count(*) over ()`, now)} as at
      from messages
      where shop_id = ${shop.shopId} and status = 'planned' and reason = any(${sql.param([...reasons])}::text[])
        and (${scenario ?? null}::text is null or scenario = ${scenario ?? null})) r
    where m.shop_id = ${shop.shopId} and m.id = r.id and m.status = 'planned'`);
}

/** Has whoever stands at one of these steps looked at again: what held them there is over. */
export async function wakeAtSteps(
  shop: ShopScope,
  { steps, now }: { steps: readonly Pick<CodeStep, 'scenario' | 'step'>[]; now: Date },
): Promise<void> {
  await shop.tx.execute(sql`
    update enrollments e set due_at = least(e.due_at, r.at), alarm_at = null
    from (
      select e.id, ${momentOf(sql`row_number() over (order by e.anchor, e.id)`, sql`count(*) over ()`, now)} as at
      from jsonb_to_recordset(${JSON.stringify(steps)}::jsonb) as s(scenario text, step text)
      join enrollments e on e.shop_id = ${shop.shopId} and e.scenario = s.scenario and e.cursor = s.step
        and e.status = 'active' and e.due_at > ${now.toISOString()}) r
    where e.shop_id = ${shop.shopId} and e.id = r.id`);
}
