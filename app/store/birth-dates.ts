/** Birth dates told on the preference page, and whether Shopify knows them. */
import { and, eq, isNull, ne, or, sql } from 'drizzle-orm';
import { isGuest } from './guests';
import { customers } from './schema';
import type { ShopScope } from './scope';

/** Keeps a birth date the shopper told; it counts as untold until Shopify has accepted it. Answers whether it is a new one. */
export async function saveBirthDate(shop: ShopScope, id: string, birthDate: string): Promise<boolean> {
  const rows = await shop.tx
    .update(customers)
    .set({ birthDate, birthDateUnpushed: !isGuest(id) })
    .where(
      and(
        eq(customers.shopId, shop.shopId),
        eq(customers.id, id),
        or(isNull(customers.birthDate), ne(customers.birthDate, birthDate)),
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

/** Customers whose birth date Shopify has not accepted yet. */
export async function findUnpushedBirthDates(shop: ShopScope): Promise<string[]> {
  const rows = await shop.tx
    .select({ id: customers.id })
    .from(customers)
    .where(and(eq(customers.shopId, shop.shopId), eq(customers.birthDateUnpushed, true)));
  return rows.map((row) => row.id);
}
