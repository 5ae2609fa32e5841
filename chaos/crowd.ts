/** The shop and the people of a chaos run whose e-mails are planned already, and how they order or unsubscribe before. Those who come by webhook are in `arrivals.ts`. */
import type { Sql } from 'postgres';
import type { WebhookDelivery } from '../sandbox/shopify/records';
import { steadily } from './database';
import type { System } from './system';
import type { Expected } from './verdict';

/** Somebody one planned e-mail is for. */
export interface Person {
  customerId: string;
  email: string;
  /** Empty until it is known: the app itself plans e-mails a webhook starts. */
  messageId: string;
  /** Business time. */
  dueAt: number;
  urgency: NonNullable<Expected['urgency']>;
  /** Ordered or unsubscribed: what Shopify tells the app of it. */
  stop: { kind: 'order' | 'unsubscribe'; deliveries: readonly WebhookDelivery[]; at: number } | null;
  /** SendGrid refuses this address. */
  poisoned: boolean;
  /** What starts it, where that comes by webhook. */
  arrival?: { step: 'hello' | 'first-reminder'; deliveries: readonly WebhookDelivery[] };
  /** They get another e-mail of the round, and ask for nothing. */
  isTwofold: boolean;
}

export interface Store {
  domain: string;
  shopId: number;
  variantId: string;
  zone: string;
}

/** Opens a store in the sandbox and installs the app in it, as a merchant does. */
export async function openStore({ sandbox, database, now }: System, handle: string): Promise<Store> {
  const { actions } = sandbox.context;
  const address = { company: 'Maison Lune', address1: '12 rue des Lilas', zip: '75011', city: 'Paris' };
  const zone = 'Europe/Paris';
  const { domain } = actions.createShop({
    handle,
    name: 'Maison Lune',
    currency: 'EUR',
    timezone: zone,
    locale: 'fr',
    address: { ...address, countryCode: 'FR' },
  });
  const product = actions.createProduct(domain, {
    title: 'Bougie',
    images: [{ url: '/pictures/candle-3.png', alt: 'Bougie', width: 600, height: 600 }],
    variants: [{ price: '20.00', inventoryQuantity: 1_000_000 }],
  });
  await post(`${sandbox.url}/control/api/shops/${domain}/install`);
  const { sql } = database;
  const shopId = await installed(sql, domain);
  // Codes are no part of what is looked for here; each round sets its own quiet hours.
  const at = new Date(now() - 60_000);
  await sql`update shops set settings = '{"quietHours":{"from":0,"to":0}}' where shop_id = ${shopId}`;
  await sql`
    insert into scenario_settings (shop_id, scenario, enabled, enabled_at, overlay, updated_at)
    select ${shopId}, scenario, true, ${at}, '{"offer":null}', ${at}
    from unnest(array['welcome', 'abandoned-checkout']) scenario
    on conflict (shop_id, scenario) do update set enabled = true, enabled_at = ${at}, overlay = excluded.overlay`;
  return { domain, shopId, variantId: product.variantIds[0] ?? '', zone };
}

async function post(url: string): Promise<void> {
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  const told = (await answer.json()) as { ok?: boolean };
  if (!told.ok) throw new Error(`The app was not installed: ${JSON.stringify(told)}`);
}

/** Waits until the import is over: before, no e-mail goes. */
async function installed(sql: Sql, domain: string): Promise<number> {
  for (let tries = 0; tries < 600; tries += 1) {
    const [row] = await sql<{ shop_id: number }[]>`
      select shop_id from shops s where domain = ${domain} and orders_known_until is not null
        and not exists (select from imports i where i.shop_id = s.shop_id and status not in ('done', 'failed'))`;
    if (row) return row.shop_id;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The import did not come to an end');
}

interface Acquaintance {
  id: string;
  email: string;
}

/** Subscribers of long ago, known to Shopify and the app alike. */
export async function acquaint(
  { sandbox, database, now }: System,
  store: Store,
  emails: readonly string[],
): Promise<Acquaintance[]> {
  const consent = { state: 'SUBSCRIBED', optInLevel: 'SINGLE_OPT_IN' } as const;
  const people = emails.map((email, index) => {
    const asked = { email, firstName: `Ida ${index}`, consent };
    return { id: sandbox.context.actions.createCustomer(store.domain, asked, { quiet: true }).id, email };
  });
  const started = new Date(now() - 5000);
  const { sql } = database;
  await steadily(
    () => sql`
    insert into customers (shop_id, id, email, email_key, first_name, locale, consent_state, consent_updated_at, source_updated_at)
    select ${store.shopId}, v.id, v.email, v.email, 'Ida', 'fr', 'subscribed', ${started}, ${started}
    from jsonb_to_recordset(${sql.json(people)}::jsonb) as v(id text, email text)
    on conflict do nothing`,
  );
  return people;
}

export interface Gathering {
  count: number;
  /** Due evenly over so long, `startMs` from now. */
  spanMs: number;
  startMs?: number;
  round: number;
  /** Shares of those whose e-mail nobody asked for, and of those with one of each kind. */
  ordinary?: number;
  twofold?: number;
}

const HELLO = { step: 'hello', email: 'welcome-1', urgency: 'asked-for' } as const;
const CHOOSING = { step: 'choosing', email: 'welcome-2', urgency: 'ordinary' } as const;

/** Puts people into Shopify and the app alike, with their e-mails planned. */
export async function gather(
  system: System,
  store: Store,
  { count, spanMs, startMs = 1000, round, ordinary = 0, twofold = 0 }: Gathering,
): Promise<Person[]> {
  const begin = system.now();
  const host = store.domain.split('.')[0];
  const emails = Array.from({ length: count }, (_, index) => `r${round}-p${index}@${host}.example`);
  const people = await acquaint(system, store, emails);
  const wishes = people.flatMap(({ id, email }, index) => {
    const share = ((index * 7919) % count) / count;
    const isTwofold = share < twofold;
    const kinds = isTwofold ? [HELLO, CHOOSING] : share < twofold + ordinary ? [CHOOSING] : [HELLO];
    const due = begin + startMs + (spanMs * index) / count;
    // Both at once: the one that was asked for was planned before.
    return kinds.map((kind, place) => ({ id, address: email, isTwofold, kind, dueAt: due + place }));
  });
  const made = await plan(
    system,
    store,
    people,
    wishes.map(({ id, dueAt, kind }) => ({
      ...{ id, step: kind.step, email: kind.email, due: new Date(dueAt).toISOString() },
      urgency: kind.urgency === 'asked-for' ? kind.urgency : null,
    })),
  );
  return wishes.map(({ id, address, isTwofold, kind, dueAt }) => ({
    ...{ customerId: id, email: address, messageId: made.get(`${id} ${kind.step}`) ?? '', dueAt },
    ...{ urgency: kind.urgency, stop: null, poisoned: false, isTwofold },
  }));
}

interface Wish {
  id: string;
  step: string;
  email: string;
  due: string;
  urgency: string | null;
}

/** @returns message ids by customer and step */
async function plan(
  { database: { sql }, now }: System,
  { shopId }: Store,
  people: readonly Acquaintance[],
  wishes: readonly Wish[],
): Promise<Map<string, string>> {
  const started = new Date(now() - 5000);
  const expires = new Date(now() + 3 * 24 * 3_600_000);
  await steadily(
    () => sql`
    insert into enrollments (shop_id, scenario, customer_id, occurrence, version, status, anchor, started_at, ended_at, subject)
    select ${shopId}, 'welcome', v.id, 'once', 1, 'finished', ${started}, ${started}, ${started},
      jsonb_build_object('consentAt', ${started.toISOString()}::text)
    from jsonb_to_recordset(${sql.json([...people] as never)}::jsonb) as v(id text)
    on conflict do nothing`,
  );
  await steadily(
    () => sql`
    insert into messages (shop_id, enrollment_id, scenario, step, email, customer_id, priority, urgency, planned_at, expires_at, due_at)
    select ${shopId}, e.id, 'welcome', v.step, v.email, v.id, 4, v.urgency, v.due::timestamptz, ${expires}, v.due::timestamptz
    from jsonb_to_recordset(${sql.json([...wishes] as never)}::jsonb) as v(id text, step text, email text, due text, urgency text)
    join enrollments e on e.shop_id = ${shopId} and e.customer_id = v.id and e.scenario = 'welcome'
    on conflict do nothing`,
  );
  const made = await steadily(
    () => sql<{ id: string; customer_id: string; step: string }[]>`
    select id, customer_id, step from messages
    where shop_id = ${shopId} and customer_id = any(${people.map(({ id }) => id)})`,
  );
  return new Map(made.map((row) => [`${row.customer_id} ${row.step}`, row.id]));
}

/** These alone stop anybody's e-mail. */
export const TELLING: ReadonlySet<string> = new Set([
  ...['orders/create', 'orders/paid', 'orders/updated', 'checkouts/update'],
  'customers_email_marketing_consent/update',
]);

/** They order or unsubscribe now; Shopify tells the app, as fast or slow as its webhooks go. */
export function stopPerson(system: System, store: Store, person: Person, kind: 'order' | 'unsubscribe'): void {
  const { actions } = system.sandbox.context;
  const deliveries = sentBy(system, () => {
    if (kind === 'order')
      actions.createOrder(store.domain, {
        customerId: person.customerId,
        lines: [{ variantId: store.variantId, quantity: 1 }],
      });
    else actions.setConsent(store.domain, person.customerId, { state: 'UNSUBSCRIBED' });
  });
  person.stop = { kind, at: system.now(), deliveries: deliveries.filter(({ topic }) => TELLING.has(topic)) };
}

/** The webhooks an action of Shopify's sends. */
export function sentBy({ sandbox }: System, act: () => void): WebhookDelivery[] {
  const { deliveries } = sandbox.context.state;
  const before = new Set(deliveries.keys());
  act();
  return [...deliveries.values()].filter(({ id }) => !before.has(id));
}

/** When the app had answered 200 to the first of these, in real time; undefined while it did to none. */
export function answeredAt(deliveries: readonly WebhookDelivery[]): number | undefined {
  const ends = deliveries.flatMap(({ attempts }) =>
    attempts.flatMap(({ at, status, durationMs }) =>
      status !== null && status < 300 ? [Date.parse(at) + durationMs] : [],
    ),
  );
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/** A stranger fills a cart, leaves an address and goes: a checkout webhook, and a reminder an hour later. */
export function leaveCheckout({ sandbox }: System, store: Store, email: string): { email: string; id: string } {
  const { id } = sandbox.context.actions.startCheckout(store.domain, {
    email,
    lines: [{ variantId: store.variantId, quantity: 1 }],
  });
  return { email, id };
}
