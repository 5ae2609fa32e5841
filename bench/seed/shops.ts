/** Shops with a catalogue and some sales, laid into a benchmark's database. Set-based, as the superuser. */
import type { Sql } from 'postgres';
import { SCENARIO_KEYS } from '../../app/domain/scenario';

/** A Tuesday afternoon in Paris: nobody's quiet hours. The business time of every benchmark. */
export const NOON = new Date('2026-11-24T12:00:00Z');
export const PRODUCTS = 40;

export const domainOf = (shopId: number) => `bench-${shopId}.myshopify.com`;

/**
 * Shops 1 to `count`: installed, in Paris, every scenario on, orders known until a day after `NOON`. Each has 40 products
 * of one variant and 200 orders of the last weeks.
 */
export async function seedShops(sql: Sql, count: number): Promise<void> {
  const known = new Date(NOON.getTime() + 86_400_000);
  const address = { company: '', line1: '12 rue des Tilleuls', line2: '', postalCode: '69004', city: 'Lyon' };
  await sql`insert into shop_domains (domain) select 'bench-' || n || '.myshopify.com' from generate_series(1, ${count}::int) n`;
  await sql`
    insert into shops (shop_id, domain, name, email, currency, time_zone, country, locale, url, address, installed_at,
      granted_scopes, orders_known_until, settings)
    select shop_id, domain, 'Maison ' || shop_id, 'bonjour@shop.example', 'EUR', 'Europe/Paris', 'FR', 'fr',
      'https://shop-' || shop_id || '.example', ${sql.json({ ...address, region: '', country: 'France' })},
      ${NOON}::timestamptz - interval '1 year', '', ${known}, '{"leftOutTags":["wholesale"]}'
    from shop_domains`;
  await sql`
    insert into scenario_settings (shop_id, scenario, enabled, enabled_at, updated_at)
    select shop_id, scenario, true, ${NOON}::timestamptz - interval '1 year', ${NOON}
    from shop_domains, unnest(${sql.array([...SCENARIO_KEYS])}::text[]) scenario`;
  await seedCatalogue(sql);
}

async function seedCatalogue(sql: Sql): Promise<void> {
  await sql`
    insert into products (shop_id, id, title, handle, status, image_url, published_at)
    select shop_id, 'p' || n, 'Washed linen throw no. ' || n, 'linen-throw-' || n, 'active',
      'https://cdn.example/pictures/throw-' || n || '.jpg', ${NOON}::timestamptz - interval '100 days'
    from shop_domains, generate_series(1, ${PRODUCTS}::int) n`;
  await sql`
    insert into variants (shop_id, id, product_id, title, price, inventory_quantity)
    select shop_id, 'v' || n, 'p' || n, 'Large', 20 + n, 3 * n from shop_domains, generate_series(1, ${PRODUCTS}::int) n`;
  await sql`
    insert into orders (shop_id, id, name, currency, total, processed_at)
    select shop_id, 'old-' || n, '#' || n, 'EUR', 40, ${NOON}::timestamptz - make_interval(hours => n)
    from shop_domains, generate_series(100, 299) n`;
  await sql`
    insert into order_lines (shop_id, order_id, id, product_id, variant_id, title, quantity, price)
    select shop_id, id, '1', 'p' || (1 + substr(id, 5)::int % 17), 'v1', 'Throw', 1, 40 from orders`;
}
