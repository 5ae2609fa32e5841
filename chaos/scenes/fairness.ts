/**
 * Fairness: one shop has 500,000 e-mails due, one worker runs, and in another shop cart reminders fall due one after the
 * other, the whole way from the checkout. How late do they come? The flood need not be over for that: the scene ends with the
 * last reminder.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Sql } from 'postgres';
import { openStore, type Store } from '../crowd';
import { type System, startSystem, until } from '../system';
import type { SceneOptions, SceneResult } from './scene';

const FLOOD = 500_000;
const REMINDERS = 8;
/** Business time between two reminders: over a minute and more, while the queue of the flood grows and settles. */
const APART_MS = 10_000;
const MOST_DELAY_SECONDS = 60;
const PATIENCE_MS = 300_000;
const HOUR_MS = 3_600_000;

export async function runFairness({ size = 1, say = () => {} }: SceneOptions): Promise<SceneResult> {
  const system = await startSystem({});
  try {
    const other = await openStore(system, 'fair-other');
    const large = await openStore(system, 'fair-large');
    await onlyReminders(system.database.sql, other);
    // Nobody's enrollment is due while the flood is laid: the worker would begin before it is whole.
    await system.workers[0].stop();
    const flood = Math.round(FLOOD * size);
    const started = Date.now();
    await layFlood(system, large, flood);
    say(`${flood} e-mails due in one shop, laid in ${seconds(Date.now() - started)} s`);
    await system.workers[0].start();
    const delays = await remind(system, other, say);
    const mine = acceptedOf(system, 'fair-other');
    const sent = system.sendgrid.state.messages.length - mine.length;
    const delaySecondsMax = Math.max(...delays);
    const lost = delays.filter((delay) => !Number.isFinite(delay)).length;
    const twice = mine.length - new Set(mine.map(({ customArgs }) => customArgs.message)).size;
    return {
      scene: 'fairness',
      // The flood must outlast the reminders, or nobody was in anybody's way.
      clean: delaySecondsMax <= MOST_DELAY_SECONDS && lost + twice === 0 && sent < flood,
      flood,
      sentOfFlood: sent,
      reminders: delays.length,
      delaySecondsMax: Number(delaySecondsMax.toFixed(1)),
      lost,
      twice,
    };
  } finally {
    await system.close();
  }
}

const seconds = (ms: number) => (ms / 1000).toFixed(1);

/** Whoever subscribes gets no welcome here, so that nothing stands between them and their reminder. */
async function onlyReminders(sql: Sql, { shopId }: Store): Promise<void> {
  await sql`update scenario_settings set enabled = false where shop_id = ${shopId} and scenario <> 'abandoned-checkout'`;
}

/** Subscribers of the large shop, each with a welcome due now; past the triggers, which count what the owner reads. */
async function layFlood({ database: { sql }, now }: System, { shopId }: Store, count: number): Promise<void> {
  const at = new Date(now());
  const expires = new Date(now() + 20 * HOUR_MS);
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`
      insert into customers (shop_id, id, email, email_key, first_name, locale, consent_state, consent_updated_at, source_updated_at)
      select ${shopId}, 'flood-' || n, 'flood-' || n || '@fair-large.example', 'flood-' || n || '@fair-large.example', 'Ida', 'fr',
        'subscribed', ${at}, ${at} from generate_series(1, ${count}::int) n`;
    await tx`
      insert into enrollments (shop_id, scenario, customer_id, occurrence, version, status, anchor, started_at, ended_at, subject)
      select ${shopId}, 'welcome', 'flood-' || n, 'once', 1, 'finished', ${at}, ${at}, ${at},
        jsonb_build_object('consentAt', ${at.toISOString()}::text) from generate_series(1, ${count}::int) n`;
    await tx`
      insert into messages (shop_id, enrollment_id, scenario, step, email, customer_id, priority, urgency, planned_at, expires_at, due_at)
      select ${shopId}, id, 'welcome', 'hello', 'welcome-1', customer_id, 4, 'asked-for', ${at}, ${expires}, ${at}
      from enrollments where shop_id = ${shopId} and starts_with(customer_id, 'flood-')`;
  });
  await sql`vacuum analyze customers, enrollments, messages`;
}

/** Shoppers of the other shop leave their carts one after the other; the first reminder of each is timed. @returns seconds late */
async function remind(system: System, store: Store, say: (line: string) => void): Promise<number[]> {
  const { sandbox, database, now } = system;
  const { actions, clock } = sandbox.context;
  for (let index = 0; index < REMINDERS; index += 1) {
    const email = `p${index}@fair-other.example`;
    const consent = { state: 'SUBSCRIBED', optInLevel: 'SINGLE_OPT_IN' } as const;
    const customer = actions.createCustomer(store.domain, { email, firstName: `Ida ${index}`, consent });
    actions.startCheckout(store.domain, {
      email,
      customerId: customer.id,
      lines: [{ variantId: store.variantId, quantity: 1 }],
    });
    clock.advance(APART_MS);
  }
  const dues = () => database.sql<{ email: string; due_at: Date }[]>`
    select c.email, e.due_at from enrollments e join customers c on c.shop_id = e.shop_id and c.id = e.customer_id
    where e.shop_id = ${store.shopId} and e.scenario = 'abandoned-checkout' and e.status = 'active'`;
  const isEnrolled = await until(async () => (await dues()).length === REMINDERS, { patienceMs: PATIENCE_MS });
  if (!isEnrolled) throw new Error('The carts were not seen in time');
  const people = await dues();
  const first = Math.min(...people.map(({ due_at }) => due_at.getTime()));
  clock.advance(first - now() - 2000);
  const sentAt = () => new Map(acceptedOf(system, 'fair-other').map(({ to, sentAt: at }) => [to, at]));
  await until(() => sentAt().size === REMINDERS, { patienceMs: PATIENCE_MS, everyMs: 200 });
  await pause(1000);
  const times = sentAt();
  return people
    .toSorted((a, b) => a.due_at.getTime() - b.due_at.getTime())
    .map(({ email, due_at }) => {
      const delay = ((times.get(email) ?? Number.POSITIVE_INFINITY) - due_at.getTime()) / 1000;
      say(`  ${email}: ${delay.toFixed(1)} s late`);
      return delay;
    });
}

/** What SendGrid took for people of one shop. */
function acceptedOf({ sendgrid }: System, handle: string) {
  return sendgrid.state.messages.filter(({ to }) => to.endsWith(`@${handle}.example`));
}
