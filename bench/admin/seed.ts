/** A shop with 100,000 customers and 1,000,000 messages of the last year, and a session that lets its owner in. */
import { Session } from '@shopify/shopify-api';
import type { Sql } from 'postgres';
import { connect } from '../../app/db.server';
import { makeSecretBox } from '../../app/lib/secret-box';
import { makeSessionStorage } from '../../app/store/session-storage';
import { appVariables, benchSettings } from '../app-process';
import { type BenchServer, settle } from '../database';
import { domainOf, seedShops } from '../seed/shops';

const PER_CUSTOMER = 10;
const ACTIVE_EVERY = 50;
const CLICKED_EVERY = 20;
const ATTRIBUTED_EVERY = 100;
/** E-mails for each order. */
const PER_ORDER = 5;

/** Fills the benchmark's database: one shop, its year, and the way in. */
export async function seedYear({ main, logDir }: BenchServer, customers: number): Promise<void> {
  await seedShops(main.sql, 1);
  await seedYearOf(main.sql, { shopId: 1, customers });
  await settle(main.sql);
  await openDoor(main.urls.app, appVariables({ urls: main.urls, logDir }).SCOPES);
}

/**
 * A year of a shop that is there already. Also used by the audit of the admin's pages.
 * @param customers each of whom got ten e-mails, one of which was withheld
 */
export async function seedYearOf(
  sql: Sql,
  { shopId, customers }: { shopId: number; customers: number },
): Promise<void> {
  await seedPeople(sql, shopId, customers);
  const messages = customers * PER_CUSTOMER;
  const kind = sql`(array['welcome', 'abandoned-checkout', 'birthday', 'win-back', 'vip'])[1 + n % 5]`;
  const email = sql`(array['welcome-1', 'cart-1', 'birthday-1', 'win-back-1', 'vip-1'])[1 + n % 5]`;
  const sentAt = sql`now() - make_interval(secs => (n * 7919::bigint % 31536000)::int)`;
  await sql`
    insert into enrollments (shop_id, scenario, customer_id, occurrence, version, status, cursor, anchor, started_at, due_at)
    select ${shopId}::int, ${kind}, 'c' || (1 + n % ${customers}::int), 'n' || n, 1,
      case when n % ${ACTIVE_EVERY}::int = 0 then 'active' else 'finished' end, null, ${sentAt}, ${sentAt},
      case when n % ${ACTIVE_EVERY}::int = 0 then now() + interval '10 days' end
    from generate_series(1, ${messages}::int) n order by n`;
  const seeded = sql`
    select id as enrollment_id, substr(occurrence, 2)::bigint as n from enrollments
    where shop_id = ${shopId} and occurrence ~ '^n[0-9]+$'`;
  await sql`
    insert into messages (shop_id, enrollment_id, scenario, step, email, customer_id, priority, status, planned_at, expires_at,
      handed_over_at, sent_at, clicked_at, language, subject, ground)
    select ${shopId}::int, enrollment_id, ${kind}, 'step', ${email}, 'c' || (1 + n % ${customers}::int), 4,
      case when n % ${PER_CUSTOMER}::int = 7 then 'withheld' else 'sent' end, ${sentAt}, ${sentAt} + interval '1 day',
      case when n % ${PER_CUSTOMER}::int <> 7 then ${sentAt} end, case when n % ${PER_CUSTOMER}::int <> 7 then ${sentAt} end,
      case when n % ${CLICKED_EVERY}::int = 1 then ${sentAt} + interval '1 hour' end, 'fr', 'Un mot pour vous', 'subscribed'
    from (${seeded}) of_year order by n`;
  await sql`
    insert into decisions (shop_id, at, customer_id, scenario, enrollment_id, message_id, step, kind, reason)
    select shop_id, planned_at, customer_id, scenario, enrollment_id, id, step, status, case status when 'sent' then 'sent' else 'too-soon' end
    from messages where shop_id = ${shopId} and step = 'step'`;
  await sql`
    insert into orders (shop_id, id, name, customer_id, email_key, currency, total, processed_at)
    select ${shopId}::int, 'o' || n, '#' || n, 'c' || (1 + n % ${customers}::int), 'c' || (1 + n % ${customers}::int) || '@shop.example', 'EUR', 40, ${sentAt}
    from generate_series(1, ${messages}::int / ${PER_ORDER}::int) n`;
  await sql`
    insert into attributions (shop_id, order_id, message_id, scenario, by, ordered_at)
    select shop_id, 'o' || (n / ${PER_ORDER}::int), id, scenario, 'click', planned_at
    from messages join (${seeded}) of_year using (enrollment_id)
    where shop_id = ${shopId} and n % ${ATTRIBUTED_EVERY}::int = 0 on conflict do nothing`;
}

async function seedPeople(sql: Sql, shopId: number, customers: number): Promise<void> {
  const first = sql`(array['Camille', 'Zoé', 'Élodie', 'Hugo', 'Inès', 'Jules', 'Léa', 'Noël'])[1 + n % 8]`;
  await sql`
    insert into customers (shop_id, id, email, email_key, first_name, last_name, locale, country, consent_state, consent_updated_at,
      birth_date, orders_count, orders_seen, first_order_at, last_order_at, vip_since)
    select ${shopId}::int, 'c' || n, 'c' || n || '@shop.example', 'c' || n || '@shop.example', ${first}, 'Durand-' || n, 'fr', 'FR',
      case when n % 7 = 0 then 'not_subscribed' else 'subscribed' end,
      now() - make_interval(secs => (n * 104729::bigint % 94608000)::int), date '1950-01-01' + (n * 7919::bigint % 20000)::int,
      2, 2, now() - make_interval(days => 200), now() - make_interval(secs => (n * 7919::bigint % 15552000)::int),
      case when n % 20 = 0 then now() - interval '100 days' end
    from generate_series(1, ${customers}::int) n`;
  await sql`
    insert into checkouts (shop_id, id, token, customer_id, email, email_key, currency, total, lines, source_created_at, source_updated_at)
    select ${shopId}::int, 'k' || n, 't' || n, 'c' || n, 'c' || n || '@shop.example', 'c' || n || '@shop.example', 'EUR', 40,
      '[{"variantId":"v1","productId":"p1","title":"Throw","variantTitle":null,"quantity":1,"price":"40.00"}]',
      now() - make_interval(secs => (n * 7919::bigint % 31536000)::int), now() - make_interval(secs => (n * 7919::bigint % 31536000)::int)
    from generate_series(1, ${customers}::int / 2) n`;
}

/** The offline session Shopify's library would have stored at the first visit. */
async function openDoor(url: string, scopes: string): Promise<void> {
  const { db, close } = connect({ url });
  const storage = makeSessionStorage(db, makeSecretBox(benchSettings().encryptionKeys));
  const inAYear = new Date(Date.now() + 365 * 86_400_000);
  const session = new Session({
    id: `offline_${domainOf(1)}`,
    shop: domainOf(1),
    state: '',
    isOnline: false,
    scope: scopes,
    expires: inAYear,
    accessToken: 'shpat_bench',
    refreshToken: 'shprt_bench',
    refreshTokenExpires: inAYear,
  });
  await storage.storeSession(session);
  await close();
}
