/** Holds what the app knows of a store filled from a file against the file. Used by `orders-main.ts`. */
import { readPurchases } from '../../sandbox/sample-store/purchases';
import { totalsOf } from '../../sandbox/shopify/totals';
import type { Check } from './checks';
import type { AudienceCount } from './orders-audiences';
import type { OrdersStore } from './orders-store';
import type { Report } from './report';

const number = new Intl.NumberFormat('en');
const dollars = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD' });

function same(name: string, told: number | string, expected: number | string): Check {
  const shown = (value: number | string) => (typeof value === 'number' ? number.format(value) : value);
  const ok = told === expected;
  return { name, ok, detail: ok ? shown(told) : `${shown(told)}, not ${shown(expected)}` };
}

interface Known {
  orders: number;
  customers: number;
  cents: number;
}

/** What the app holds of the store, as numbers. */
async function known({ store }: OrdersStore): Promise<Known> {
  const [row] = await store.ask<Known>(
    `select count(*)::float as orders, count(distinct customer_id)::float as customers, sum(total * 100)::float as cents
       from orders`,
  );
  if (!row) throw new Error('The app told nothing of its orders.');
  return row;
}

/** The import brought the file as it is: every order, every customer, every cent. */
export async function checkImport(opened: OrdersStore, text: string): Promise<Check[]> {
  const purchases = readPurchases(text);
  const { orders, customers, cents } = await known(opened);
  return [
    same('The app knows every order of the file', orders, purchases.length),
    same('The app knows every customer of the file', customers, new Set(purchases.map((one) => one.customer)).size),
    same(
      'The orders come to the cent to the sum of the file',
      dollars.format(cents / 100),
      dollars.format(purchases.reduce((sum, one) => sum + one.cents, 0) / 100),
    ),
  ];
}

/** Somebody who bought before buys again now: told by a webhook, not by the import. */
export async function checkWebhook(opened: OrdersStore): Promise<Check> {
  const { store, settle } = opened;
  const before = await known(opened);
  const [buyer] = await store.ask<{ id: string; email: string }>('select id, email from customers order by id limit 1');
  const [product] = await store.ask<{ id: string }>(
    'select id from variants where available and deleted_at is null order by id limit 1',
  );
  if (!buyer || !product) throw new Error('The app knows no customer or no product.');
  const order = await store.act('createOrder', {
    customerId: buyer.id,
    email: buyer.email,
    lines: [{ variantId: product.id, quantity: 1 }],
  });
  await settle();
  const after = await known(opened);
  return same(
    'An order placed now reaches the app by webhook',
    dollars.format(Math.round(after.cents - before.cents) / 100),
    dollars.format(Number(totalsOf(order).total)),
  );
}

/** Who is in a state already is the owner's separate choice: switching on writes to nobody. */
export function checkQuiet({ emails }: Pick<Report, 'emails'>): Check {
  return same('Switching on e-mails nobody', emails.length, 0);
}

/** The admin's two numbers of a scenario go together. */
export function checkAudiences(audiences: readonly AudienceCount[]): Check[] {
  return audiences.map(({ scenario, customers, mayBeEmailed }) => ({
    name: `No more may be e-mailed than ${scenario} concerns`,
    ok: mayBeEmailed <= customers,
    detail: `${number.format(mayBeEmailed)} of ${number.format(customers)}`,
  }));
}
