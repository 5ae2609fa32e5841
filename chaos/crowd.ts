/** The shop and the people of a chaos run: who is to get an e-mail, who orders or unsubscribes before, who leaves a checkout. */
import type { Sql } from 'postgres';
import type { WebhookDelivery } from '../sandbox/shopify/records';
import type { System } from './system';

/** Somebody one planned e-mail is for. */
export interface Person {
  customerId: string;
  email: string;
  messageId: string;
  /** Business time. */
  dueAt: number;
  /** Ordered or unsubscribed: what Shopify tells the app of it. */
  stop: { kind: 'order' | 'unsubscribe'; deliveries: readonly WebhookDelivery[] } | null;
  /** SendGrid refuses this address. */
  poisoned: boolean;
}

export interface Store {
  domain: string;
  shopId: number;
  variantId: string;
}

/** Opens a store in the sandbox and installs the app in it, as a merchant does. */
export async function openStore({ sandbox, database, now }: System, handle: string): Promise<Store> {
  const { actions } = sandbox.context;
  const address = { company: 'Maison Lune', address1: '12 rue des Lilas', zip: '75011', city: 'Paris' };
  const { domain } = actions.createShop({
    handle,
    name: 'Maison Lune',
    currency: 'EUR',
    timezone: 'Europe/Paris',
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
  // Codes and quiet hours are no part of what is looked for here.
  const at = new Date(now() - 60_000);
  await sql`update shops set settings = '{"quietHours":{"from":0,"to":0}}' where shop_id = ${shopId}`;
  await sql`
    insert into scenario_settings (shop_id, scenario, enabled, enabled_at, overlay, updated_at)
    select ${shopId}, scenario, true, ${at}, '{"offer":null}', ${at}
    from unnest(array['welcome', 'abandoned-checkout']) scenario
    on conflict (shop_id, scenario) do update set enabled = true, enabled_at = ${at}, overlay = excluded.overlay`;
  return { domain, shopId, variantId: product.variantIds[0] ?? '' };
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

/** Puts people into Shopify and the app alike, each with one e-mail planned; due evenly over `spanMs` from now. */
export async function gather(
  { sandbox, database, now }: System,
  store: Store,
  { count, spanMs, round }: { count: number; spanMs: number; round: number },
): Promise<Person[]> {
  const { actions } = sandbox.context;
  const begin = now();
  const rows = Array.from({ length: count }, (_, index) => {
    const email = `r${round}-p${index}@${store.domain.split('.')[0]}.example`;
    const consent = { state: 'SUBSCRIBED', optInLevel: 'SINGLE_OPT_IN' } as const;
    const customer = actions.createCustomer(
      store.domain,
      { email, firstName: `Ida ${index}`, consent },
      { quiet: true },
    );
    // One in two is told to a welcome, the other reminded of a cart.
    return { id: customer.id, email, due: new Date(begin + 1000 + (spanMs * index) / count).toISOString() };
  });
  const { sql } = database;
  const started = new Date(begin - 5000);
  const expires = new Date(begin + 20 * 3_600_000);
  const list = sql.json(rows);
  await sql`
    insert into customers (shop_id, id, email, email_key, first_name, locale, consent_state, consent_updated_at, source_updated_at)
    select ${store.shopId}, v.id, v.email, v.email, 'Ida', 'fr', 'subscribed', ${started}, ${started}
    from jsonb_to_recordset(${list}::jsonb) as v(id text, email text)`;
  await sql`
    insert into enrollments (shop_id, scenario, customer_id, occurrence, version, status, anchor, started_at, ended_at, subject)
    select ${store.shopId}, 'welcome', v.id, 'once', 1, 'finished', ${started}, ${started}, ${started},
      jsonb_build_object('consentAt', ${started.toISOString()}::text)
    from jsonb_to_recordset(${list}::jsonb) as v(id text)`;
  const made = await sql<{ id: string; customer_id: string }[]>`
    insert into messages (shop_id, enrollment_id, scenario, step, email, customer_id, priority, urgency, planned_at, expires_at, due_at)
    select ${store.shopId}, e.id, 'welcome', 'hello', 'welcome-1', v.id, 4, 'asked-for', v.due::timestamptz, ${expires}, v.due::timestamptz
    from jsonb_to_recordset(${list}::jsonb) as v(id text, due text)
    join enrollments e on e.shop_id = ${store.shopId} and e.customer_id = v.id
    returning id, customer_id`;
  const messageOf = new Map(made.map((row) => [row.customer_id, row.id]));
  return rows.map(({ id, email, due }) => ({
    customerId: id,
    email,
    messageId: messageOf.get(id) ?? '',
    dueAt: Date.parse(due),
    stop: null,
    poisoned: false,
  }));
}

const TELLING = new Set(['orders/create', 'orders/paid', 'orders/updated', 'customers_email_marketing_consent/update']);

/** They order or unsubscribe now; Shopify tells the app, as fast or slow as its webhooks go. */
export function stopPerson({ sandbox }: System, store: Store, person: Person, kind: 'order' | 'unsubscribe'): void {
  const { actions, state } = sandbox.context;
  const before = new Set(state.deliveries.keys());
  if (kind === 'order')
    actions.createOrder(store.domain, {
      customerId: person.customerId,
      lines: [{ variantId: store.variantId, quantity: 1 }],
    });
  else actions.setConsent(store.domain, person.customerId, { state: 'UNSUBSCRIBED' });
  const fresh = [...state.deliveries.values()].filter(({ id, topic }) => !before.has(id) && TELLING.has(topic));
  person.stop = { kind, deliveries: fresh };
}

/** When the app had answered 200 to the first word of it, in real time; undefined while it was not told. */
export function toldAt({ stop }: Person): number | undefined {
  const ends = (stop?.deliveries ?? []).flatMap(({ attempts }) =>
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
