/** Whose birthday is today or tomorrow on their own calendar. Called by the hourly scan. */
import { type SQL, sql } from 'drizzle-orm';
import { isLeapYear } from '../../domain/birthday';
import { DAY } from '../../lib/duration';
import { invariant } from '../../lib/invariant';
import { subscribed } from '../reachable';
import type { ShopScope } from '../scope';
import { enrollFound, type Scan } from './enrolling';
import { clockOf, clocks } from './zones';

/**
 * Enrolls those whose day has begun, or whose hour of the day is less than 24 h away: due then, or at once where that
 * hour is past. Repeating it within the day changes nothing, nor does a birth date that was corrected: the occurrence is
 * the year.
 */
export function enrollBirthdays(shop: ShopScope, scan: Scan): Promise<number> {
  const { definition, now, shopZone } = scan;
  const { trigger } = definition;
  invariant(trigger.on === 'birthday', 'only the birthday is kept on birthdays');
  const moment = sql`${now.toISOString()}::timestamptz`;
  const hour = sql`make_interval(mins => ${trigger.at}::int)`;
  return enrollFound(
    shop,
    scan,
    sql`${clocks(shopZone)},
    born_on(day, number, leap_day) as (values ${birthDays(now)}),
    days as materialized (
      select c.country, b.day, b.number, (b.day + ${hour}) at time zone c.zone as at
      from clocks c join born_on b on coalesce(b.leap_day = c.leap_day, true)
      where b.day >= (${moment} at time zone c.zone)::date
        and (b.day + ${hour}) at time zone c.zone <= ${moment} + interval '24 hours'),
    found as materialized (
      select c.id as customer_id, 'birthday:' || extract(year from d.day) as occurrence,
        jsonb_build_object('day', d.day) as subject, greatest(d.at, ${moment}) as due_at, d.at as anchor,
        'birthday-coming' as reason, jsonb_build_object('day', d.day) as facts
      from customers c
      join days d on d.number = ${BORN_ON} and d.country = ${clockOf(sql`c.country`)}
      where c.shop_id = ${shop.shopId} and c.birth_date = any(${birthDates(daysAround(now), now)})
        and ${subscribed('birthday')})`,
  );
}

/** Month and day as one number. */
const BORN_ON = sql`(extract(month from c.birth_date) * 100 + extract(day from c.birth_date))`;

interface BirthDay {
  day: string;
  number: number;
  leapDay: '02-28' | '03-01' | null;
}

/** The calendar days that are today or tomorrow anywhere on earth, with the birth days kept on each. */
function daysAround(now: Date, from = -1, to = 2): BirthDay[] {
  const days: BirthDay[] = [];
  for (let offset = from; offset <= to; offset += 1) {
    const date = new Date(now.getTime() + offset * DAY);
    const day = date.toISOString().slice(0, 10);
    const monthDay = day.slice(5);
    days.push({ day, number: (date.getUTCMonth() + 1) * 100 + date.getUTCDate(), leapDay: null });
    if (isLeapYear(date.getUTCFullYear())) continue;
    if (monthDay === '02-28' || monthDay === '03-01') days.push({ day, number: 229, leapDay: monthDay });
  }
  return days;
}

function birthDays(now: Date): SQL {
  const rows = daysAround(now).map(
    ({ day, number, leapDay }) => sql`(${day}::date, ${number}::numeric, ${leapDay}::text)`,
  );
  return sql.join(rows, sql`, `);
}

/** How old somebody may be. */
const MOST_YEARS = 120;

/**
 * Every date of birth these days are the birthdays of, as dates: under row-level security Postgres looks into an index for
 * plain comparisons alone, never for an expression.
 */
function birthDates(days: readonly BirthDay[], now: Date): SQL {
  const year = now.getUTCFullYear();
  const dates = days.flatMap(({ number }) => {
    const monthDay = `${String(Math.floor(number / 100)).padStart(2, '0')}-${String(number % 100).padStart(2, '0')}`;
    return Array.from({ length: MOST_YEARS + 2 }, (_, back) => year + 1 - back)
      .filter((born) => number !== 229 || isLeapYear(born))
      .map((born) => `${born}-${monthDay}`);
  });
  // Written out, so that it is one constant: a cast from texts would be made anew for every row.
  return sql`${`{${[...new Set(dates)].join(',')}}`}::date[]`;
}

/** The dates of birth whose birthday is kept within the `days` that follow, for counting. */
export function birthDatesWithin(now: Date, days: number): SQL {
  return birthDates(daysAround(now, 0, days - 1), now);
}
