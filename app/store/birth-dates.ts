/** Birth dates told on the preference page, and whether Shopify knows them. */
import { and, eq, sql } from 'drizzle-orm';
import { isGuest } from './guests';
import { customers } from './schema';
import type { ShopScope } from './scope';

/**
 * Keeps a birth date the shopper told, or that they took theirs away (null); it counts as untold until Shopify has accepted it.
 * Answers whether anything changed.
 */
export async function saveBirthDate(shop: ShopScope, id: string, birthDate: string | null): Promise<boolean> {
  const rows = await shop.tx
    .update(customers)
    .set({ birthDate, birthDateUnpushed: !isGuest(id) })
    .where(
      and(
        eq(customers.shopId, shop.shopId),
        eq(customers.id, id),
        sql`${customers.birthDate} is distinct from ${birthDate}::date`,
      ),
    )
    .returning({ id: customers.id });
  return rows.length > 0;
}

/** Shopify knows this date now, or never will. @returns false when it changed meanwhile: then it counts as untold still */
export async function markBirthDatePushed(shop: ShopScope, id: string, told: string | null): Promise<boolean> {
  const [row] = await shop.tx.execute<{ unpushed: boolean }>(sql`
    update customers set birth_date_unpushed = birth_date_unpushed and birth_date is distinct from ${told}::date
    where shop_id = ${shop.shopId} and id = ${id}
    returning birth_date_unpushed as unpushed`);
  return row?.unpushed !== true;
}

/** Customers whose birth date, or the end of it, Shopify has not accepted yet. */
export async function findUnpushedBirthDates(shop: ShopScope): Promise<string[]> {
  const rows = await shop.tx
    .select({ id: customers.id })
    .from(customers)
    .where(and(eq(customers.shopId, shop.shopId), eq(customers.birthDateUnpushed, true)));
  return rows.map((row) => row.id);
}
