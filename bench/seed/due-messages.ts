/** Messages that fall due together, each with its shopper, enrollment, checkout and code; one in ten that a guard must hold back. */
import type { Sql } from 'postgres';
import { emailSteps, type ScenarioDefinition } from '../../app/domain/scenario';
import { SCENARIOS } from '../../app/scenarios/catalogue';
import { NOON, PRODUCTS } from './shops';

/** Which e-mail of which scenario; one row of the work list. */
interface Kind {
  scenario: string;
  step: string;
  email: string;
  urgency: string | null;
  priority: number;
  version: number;
  offer: unknown;
}

function kindsOf(definition: ScenarioDefinition): Kind[] {
  return emailSteps(definition).map((step) => ({
    scenario: definition.key,
    step: step.id,
    email: step.email,
    urgency: step.urgency ?? null,
    priority: definition.priority,
    version: definition.version,
    offer: step.code ? (definition.offer ?? null) : null,
  }));
}

/** Scenarios share the messages evenly, and the e-mails of a scenario share its part. */
export function everyKind(scenarios: readonly ScenarioDefinition[] = SCENARIOS): Kind[][] {
  return scenarios.map(kindsOf);
}

/**
 * Plans `counts[i]` messages for shop `i + 1`, due a minute before `NOON`. Scenario, language and e-mail go round; every
 * tenth shopper unsubscribed, bounced, carries a tag that is left out, or refused this kind of e-mail.
 */
export async function seedDueMessages(sql: Sql, counts: readonly number[], kinds = everyKind()): Promise<void> {
  const flat = kinds.flatMap((of, scenario) =>
    of.map((kind, turn) => ({ ...kind, scenarioTurn: scenario, turn, turns: of.length })),
  );
  await sql`create unlogged table bench_work as
    with spread as (
      select shop_id, n, (n / ${kinds.length}::int) as block, n % ${kinds.length}::int as scenario_turn
      from unnest(${sql.array([...counts])}::int[]) with ordinality as one(amount, shop_id), generate_series(0, amount - 1) n)
    select s.shop_id::int, s.n, s.block, k.*, 'c' || s.n as customer_id,
      case when s.block % 10 = 3 then (array['unsubscribed', 'bounced', 'tag', 'refused'])[1 + (s.block / 10) % 4] end as guard
    from spread s
    join jsonb_to_recordset(${sql.json(flat as never)}::jsonb) as k("scenarioTurn" int, turn int, turns int, scenario text,
      step text, email text, urgency text, priority int, version int, offer jsonb)
      on k."scenarioTurn" = s.scenario_turn and k.turn = (s.block / 2) % k.turns`;
  await seedPeople(sql);
  await sql`
    insert into enrollments (shop_id, scenario, customer_id, occurrence, version, status, anchor, started_at, ended_at, subject)
    select shop_id, scenario, customer_id, 'bench', version, 'finished', ${NOON}::timestamptz - interval '1 hour',
      ${NOON}::timestamptz - interval '2 hours', ${NOON}::timestamptz - interval '1 hour',
      case scenario when 'abandoned-checkout' then jsonb_build_object('checkoutId', 'k' || n)
        when 'welcome' then jsonb_build_object('consentAt', ${NOON.toISOString()}::text) else '{}'::jsonb end
    from bench_work order by n, shop_id`;
  await sql`
    insert into codes (shop_id, enrollment_id, customer_id, scenario, code, offer, ends_at, created_at, ready_at)
    select w.shop_id, e.id, w.customer_id, w.scenario, upper(substr(md5(w.shop_id || '-' || w.n), 1, 8)), w.offer,
      ${NOON}::timestamptz + interval '10 days', ${NOON}, ${NOON}
    from bench_work w join enrollments e using (shop_id, customer_id) where w.offer is not null and w.offer <> 'null'`;
  await sql`
    insert into messages (shop_id, enrollment_id, scenario, step, email, customer_id, priority, urgency, planned_at, expires_at, due_at)
    select w.shop_id, e.id, w.scenario, w.step, w.email, w.customer_id, w.priority, w.urgency, ${NOON}::timestamptz - interval '1 minute',
      ${NOON}::timestamptz + interval '12 hours', ${NOON}::timestamptz - interval '1 minute'
    from bench_work w join enrollments e using (shop_id, customer_id) order by w.n, w.shop_id`;
  await sql`drop table bench_work`;
}

async function seedPeople(sql: Sql): Promise<void> {
  await sql`
    insert into customers (shop_id, id, email, email_key, first_name, last_name, locale, country, tags, consent_state, suppressed,
      preferences, vip_since, birth_date)
    select shop_id, customer_id, customer_id || '@shop-' || shop_id || '.example', customer_id || '@shop-' || shop_id || '.example',
      'Camille ' || n, 'Durand', case block % 2 when 0 then 'fr' else 'en' end, 'FR',
      case guard when 'tag' then array['wholesale'] else '{}' end,
      case guard when 'unsubscribed' then 'unsubscribed' else 'subscribed' end,
      case guard when 'bounced' then 'bounced' end,
      jsonb_build_object('fewer', false, 'refused', case guard when 'refused' then jsonb_build_array(scenario) else '[]' end),
      ${NOON}::timestamptz - interval '1 day',
      (${NOON}::timestamptz - interval '30 years')::date
    from bench_work`;
  const line = (
    shift: number,
  ) => sql`jsonb_build_object('variantId', 'v' || (1 + (n + ${shift}::int) % ${PRODUCTS}::int),
    'productId', 'p' || (1 + (n + ${shift}::int) % ${PRODUCTS}::int), 'title', 'Washed linen throw', 'variantTitle', 'Large',
    'quantity', 1 + n % 2, 'price', (21 + (n + ${shift}::int) % ${PRODUCTS}::int) || '.00')`;
  await sql`
    insert into checkouts (shop_id, id, token, customer_id, email, email_key, locale, country, currency, total, lines, recovery_url,
      source_created_at, source_updated_at)
    select shop_id, 'k' || n, 't' || n, customer_id, customer_id || '@shop-' || shop_id || '.example',
      customer_id || '@shop-' || shop_id || '.example', case block % 2 when 0 then 'fr' else 'en' end, 'FR', 'EUR', 120,
      jsonb_build_array(${line(0)}, ${line(11)}), 'https://shop-' || shop_id || '.example/checkouts/' || n || '/recover?key=' || n,
      ${NOON}::timestamptz - interval '3 hours', ${NOON}::timestamptz - interval '2 hours'
    from bench_work where scenario = 'abandoned-checkout'`;
}
