/** What the e-mails of a period did: sent, clicked, ordered. Read by the overview. */
import { sql } from 'drizzle-orm';
import { SCENARIO_KEYS, type ScenarioKey } from '../../domain/scenario';
import type { CountedThing } from '../schema';
import type { ShopScope } from '../scope';
import { countedWithin, type Period } from './period';

export interface HomeFigures {
  sent: number;
  /** E-mails sent in the period that were clicked at any time since. */
  clicked: number;
  orders: number;
  /** Of those orders in the shop's currency, after refunds; a decimal string. */
  amount: string;
}

/** The same from the figures of every scenario, where those are at hand. */
export function homeFiguresOf(scenarios: Record<ScenarioKey, HomeFigures>): HomeFigures {
  const all = SCENARIO_KEYS.map((key) => scenarios[key]);
  const sum = (what: 'sent' | 'clicked' | 'orders') => all.reduce((total, one) => total + one[what], 0);
  // Whole ten-thousandths, as money is stored: a float would lose some.
  const amount = all.reduce((total, one) => total + BigInt(Math.round(Number(one.amount) * 10_000)), 0n);
  const digits = String(amount).padStart(5, '0');
  return {
    sent: sum('sent'),
    clicked: sum('clicked'),
    orders: sum('orders'),
    amount: `${digits.slice(0, -4)}.${digits.slice(-4)}`,
  };
}

/** Figures of one period. An order counts where it was attributed, once; a cancelled one never. */
export async function loadHomeFigures(shop: ShopScope, period: Period): Promise<HomeFigures> {
  const of = (what: CountedThing) => sql`filter (where what = ${what})`;
  const [row] = await shop.tx.execute<{ sent: string; clicked: string; orders: string; amount: string }>(sql`
    select coalesce(sum(amount) ${of('sent')}, 0) as sent, coalesce(sum(amount) ${of('clicked')}, 0) as clicked,
      coalesce(sum(amount) ${of('orders')}, 0) as orders, coalesce(sum(money), 0) as amount
    from daily_counts where shop_id = ${shop.shopId} and ${countedWithin(period)}`);
  return {
    sent: Number(row?.sent ?? 0),
    clicked: Number(row?.clicked ?? 0),
    orders: Number(row?.orders ?? 0),
    amount: row?.amount ?? '0',
  };
}
