/** The customers' clocks as SQL: a small table of countries that every scan joins, so that time is computed once per zone. */
import { type SQL, sql } from 'drizzle-orm';
import { MORNING } from '../../domain/audience';
import { leapDayKeptOn } from '../../domain/birthday';
import { knownZone, soleZoneOf } from '../../lib/time-zone';

interface CountryClock {
  /** Null where a country has several zones: then it is the shop's. */
  zone: string | null;
  leapDay: '02-28' | '03-01';
}

/** A time of day, not an interval: on the nights that clocks change, an hour is not what was added to midnight. */
const HOUR_OF_MORNING = sql.raw(`make_time(${Math.floor(MORNING / 60)}, ${MORNING % 60}, 0)`);

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** Every country that has a clock or a custom of its own; made once per process. */
const OWN_CLOCKS: Record<string, CountryClock> = Object.fromEntries(
  LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).flatMap((country) => {
    const clock = { zone: soleZoneOf(country), leapDay: leapDayKeptOn(country) };
    return clock.zone !== null || clock.leapDay === '03-01' ? [[country, clock]] : [];
  }),
);
const OWN_CLOCKS_JSON = JSON.stringify(OWN_CLOCKS);

/** The key of `customers.country` in the table of `clocks`: its own, or the shop's. */
export function clockOf(country: SQL): SQL {
  return sql`case when ${OWN_CLOCKS_JSON}::jsonb ? ${country} then ${country} else '' end`;
}

/** `clocks(country, zone, leap_day)`: one row per country with a clock of its own, and the shop's under ''. */
export function clocks(shopZone: string): SQL {
  const zone = knownZone(shopZone);
  return sql`clocks as materialized (
    select key as country, coalesce(value->>'zone', ${zone}) as zone, value->>'leapDay' as leap_day
    from jsonb_each(${OWN_CLOCKS_JSON}::jsonb)
    union all select '', ${zone}, '02-28')`;
}

/** `mornings(country, at, day_end)`: the next morning hour on each clock of `clocks`, and when its day of `now` ends. */
export function mornings(now: Date): SQL {
  const moment = sql`${now.toISOString()}::timestamptz`;
  const today = sql`(${moment} at time zone zone)::date`;
  const ten = (days: number) => sql`((${today} + ${sql.raw(String(days))} + ${HOUR_OF_MORNING}) at time zone zone)`;
  return sql`mornings as materialized (
    select country, zone, case when ${ten(0)} >= ${moment} then ${ten(0)} else ${ten(1)} end as at,
      (${today} + 1)::timestamp at time zone zone as day_end
    from clocks)`;
}
