/** Finds customers by the beginning of a name or an address, accents aside. Read by the customers page and the preview. */
import { type SQL, sql } from 'drizzle-orm';
import type { ConsentState } from '../../domain/customer';
import type { ShopScope } from '../scope';

export interface CustomerHit {
  id: string;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  consent: ConsentState;
  /** E-mails ever sent to them. */
  sent: number;
}

export interface CustomerPage {
  customers: CustomerHit[];
  /** Where the next page begins; null on the last. */
  next: number | null;
}

export interface CustomerSearch {
  query: string;
  /** From an earlier page's `next`. */
  offset?: number;
  most?: number;
}

const MOST_WORDS = 5;
/** An empty query begins with those whom the latest e-mails went to. */
const LATEST_EMAILS = 100;

/** Lower case without accents, as `folded` makes it in Postgres. */
function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '');
}

/** Every word of the query begins a word of the name, or the address. */
function matches(words: readonly string[]): SQL {
  const each = words.map((word) => sql`c.search_key like ${`% ${word.replace(/[\\%_]/g, '\\$&')}%`}`);
  return each.length > 0 ? sql.join(each, sql` and `) : sql`true`;
}

/** As many customers are read faster one by one than found by passing over all of them. */
const FEW = 2000;

/** Narrows the search down to whom the rarest word may mean, if that is few; else nothing, and the first by name are soon found. */
async function narrowed(shop: ShopScope, words: readonly string[]): Promise<SQL[]> {
  if (words.length === 0) return [];
  // Plain comparisons: under row-level security a pattern would be no use to the planner.
  const begins = (word: SQL | string) =>
    sql`shop_id = ${shop.shopId} and word >= ${word} and word < ${word} || ${LAST}`;
  const [rarest] = await shop.tx.execute<{ word: string }>(sql`
    select w.word from unnest(${sql.param([...words])}::text[]) w(word)
    cross join lateral (
      select count(*) as found from (
        select from customer_words where ${begins(sql`w.word`)} limit ${FEW + 1}::int) f) f
    where f.found <= ${FEW}::int order by f.found limit 1`);
  if (!rarest) return [];
  return [sql`c.id = any(array(select customer_id from customer_words where ${begins(rarest.word)}))`];
}

/** Sorts after whatever may follow the beginning of a word. */
const LAST = '\u{10fffd}';

/** Customers that match, by name. An empty query finds everybody, those Relance wrote to last first. */
export async function searchCustomers(
  shop: ShopScope,
  { query, offset = 0, most = 25 }: CustomerSearch,
): Promise<CustomerPage> {
  const words = fold(query).split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
  const latest = words.length > 0 ? [] : await writtenToLast(shop);
  const first = latest.slice(offset, offset + most + 1);
  const others = await byName(shop, sql.join([...(await narrowed(shop, words)), matches(words)], sql` and `), {
    except: latest,
    offset: Math.max(0, offset - latest.length),
    most: most + 1 - first.length,
  });
  const ids = [...first, ...others];
  return {
    customers: await readHits(shop, ids.slice(0, most)),
    next: ids.length > most ? offset + most : null,
  };
}

/** Whom the latest e-mails went to, the last first; each once. */
async function writtenToLast(shop: ShopScope): Promise<string[]> {
  const rows = await shop.tx.execute<{ id: string }>(sql`
    select c.id from (
      select customer_id, max(sent_at) as sent_at from (
        select customer_id, sent_at from messages where shop_id = ${shop.shopId} and sent_at is not null
        order by sent_at desc limit ${LATEST_EMAILS}) latest
      group by customer_id) m
    join customers c on c.shop_id = ${shop.shopId} and c.id = m.customer_id
    where c.deleted_at is null and c.merged_into is null
    order by m.sent_at desc, c.id`);
  return rows.map(({ id }) => id);
}

async function byName(
  shop: ShopScope,
  wanted: SQL,
  { except, offset, most }: { except: readonly string[]; offset: number; most: number },
): Promise<string[]> {
  if (most <= 0) return [];
  const rows = await shop.tx.execute<{ id: string }>(sql`
    select c.id from customers c
    where c.shop_id = ${shop.shopId} and c.deleted_at is null and c.merged_into is null and ${wanted}
      and c.id <> all(${sql.param([...except])}::text[])
    order by c.name_key, c.id limit ${most} offset ${offset}`);
  return rows.map(({ id }) => id);
}

/** In the order of the ids. */
async function readHits(shop: ShopScope, ids: readonly string[]): Promise<CustomerHit[]> {
  if (ids.length === 0) return [];
  const rows = await shop.tx.execute<{
    id: string;
    first_name: string | null;
    last_name: string | null;
    email: string | null;
    consent_state: ConsentState;
    sent: string;
  }>(sql`
    select c.id, c.first_name, c.last_name, c.email, c.consent_state,
      (select count(*) from messages m
        where m.shop_id = c.shop_id and m.customer_id = c.id and m.sent_at is not null) as sent
    from unnest(${sql.param([...ids])}::text[]) with ordinality as wanted(id, place)
    join customers c on c.shop_id = ${shop.shopId} and c.id = wanted.id
    order by wanted.place`);
  return rows.map((row) => ({
    id: row.id,
    firstName: row.first_name,
    lastName: row.last_name,
    email: row.email,
    consent: row.consent_state,
    sent: Number(row.sent),
  }));
}
