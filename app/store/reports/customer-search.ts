/** Finds customers by the beginning of a name or an address, accents aside. Read by the customers page and the preview. */
import { sql } from 'drizzle-orm';
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

const MOST_WORDS = 5;

/** Lower case without accents, as `folded` makes it in Postgres. */
function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '');
}

const folded = (column: string) =>
  sql`regexp_replace(normalize(lower(coalesce(${sql.raw(column)}, '')), NFD), '[\u0300-\u036f]', '', 'g')`;

/** The word as the beginning of something, for LIKE. */
const beginning = (word: string) => `${word.replace(/[\\%_]/g, '\\$&')}%`;

/** Every word of the query begins the first name, a part of the last name, or the address. */
function matches(query: string) {
  const words = fold(query).split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
  const each = words.map((word) => {
    const start = beginning(word);
    return sql`(${folded('c.first_name')} like ${start} or ${folded('c.last_name')} like ${start}
      or ${folded('c.last_name')} like ${`% ${start}`} or ${folded('c.first_name')} like ${`% ${start}`}
      or ${folded('c.email')} like ${start})`;
  });
  return each.length > 0 ? sql.join(each, sql` and `) : sql`true`;
}

/**
 * Customers that match, those Relance wrote to last first, then by name. An empty query finds everybody.
 * @param options.offset from an earlier page's `next`
 */
export async function searchCustomers(
  shop: ShopScope,
  { query, offset = 0, most = 25 }: { query: string; offset?: number; most?: number },
): Promise<CustomerPage> {
  const rows = await shop.tx.execute<{
    id: string;
    first_name: string | null;
    last_name: string | null;
    email: string | null;
    consent_state: ConsentState;
    sent: string;
  }>(sql`
    select c.id, c.first_name, c.last_name, c.email, c.consent_state, coalesce(m.sent, 0) as sent
    from customers c
    left join (
      select customer_id, count(*) as sent, max(sent_at) as last_sent from messages
      where shop_id = ${shop.shopId} and sent_at is not null group by customer_id) m on m.customer_id = c.id
    where c.shop_id = ${shop.shopId} and c.deleted_at is null and c.merged_into is null and ${matches(query)}
    order by m.last_sent desc nulls last, coalesce(c.last_name, c.first_name) is null, ${folded('c.last_name')}, ${folded('c.first_name')}, c.id
    limit ${most + 1} offset ${offset}`);
  const customers = rows.slice(0, most).map((row) => ({
    id: row.id,
    firstName: row.first_name,
    lastName: row.last_name,
    email: row.email,
    consent: row.consent_state,
    sent: Number(row.sent),
  }));
  return { customers, next: rows.length > most ? offset + most : null };
}
