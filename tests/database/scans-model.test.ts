/** The scans' SQL against a plain model of the same rules, on stores with any history. */
import { TZDate } from '@date-fns/tz';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LapseRule, VipRule } from '../../app/domain/audience';
import { isLeapYear, leapDayKeptOn } from '../../app/domain/birthday';
import { DAY, HOUR } from '../../app/lib/duration';
import { nextLocalTime, soleZoneOf } from '../../app/lib/time-zone';
import { customers, orders } from '../../app/store/schema';
import { inShop } from '../../app/store/scope';
import { propertyRuns, propertyTimeout } from './property-runs';
import { openScanBed, type ScanBed } from './scans';

const RUNS = propertyRuns(30, 90_000);
const EPOCH = Date.UTC(2026, 0, 1);
const ZONES = ['Europe/Paris', 'America/New_York', 'Pacific/Auckland', 'UTC'] as const;
let bed: ScanBed;
let shopCount = 0;
beforeAll(async () => {
  bed = await openScanBed();
});
afterAll(() => bed.close());

interface Person {
  country: string | null;
  birthDate: string | null;
  subscribed: boolean;
  gone: boolean;
  orders: { at: number; total: number; refunded: number; cancelled: boolean }[];
}

/** Days before the beginning of 2026, to the quarter of an hour. */
const moment = (fewest: number, most: number) =>
  fc.integer({ min: fewest * 96, max: most * 96 }).map((quarters) => EPOCH + quarters * (DAY / 96));
const order = fc.record({
  at: moment(-500, 300),
  total: fc.integer({ min: 0, max: 50 }).map((tens) => tens * 10),
  refunded: fc.constantFrom(0, 0, 0, 10),
  cancelled: fc.integer({ min: 0, max: 9 }).map((one) => one === 0),
});
/** Around the turns of February and of the year, where calendars differ. */
const birthDate = fc.constantFrom(
  '1992-02-28',
  '1992-02-29',
  '1991-03-01',
  '1990-12-31',
  '1990-01-01',
  '1990-06-15',
  null,
);
const person: fc.Arbitrary<Person> = fc.record({
  country: fc.constantFrom('FR', 'JP', 'US', 'GB', 'NZ', 'HK', null, 'XX'),
  birthDate,
  subscribed: fc.integer({ min: 0, max: 5 }).map((one) => one > 0),
  gone: fc.integer({ min: 0, max: 9 }).map((one) => one === 0),
  orders: fc.array(order, { maxLength: 6 }),
});
const people = fc.oneof(
  fc.array(person, { minLength: 1, maxLength: 25 }),
  fc.array(person, { minLength: 80, maxLength: 100 }),
);

const idOf = (place: number) => String(1000 + place);
const iso = (at: number) => new Date(at).toISOString();
const zoneOf = ({ country }: Person, shopZone: string) => soleZoneOf(country) ?? shopZone;
const localDay = (at: number, zone: string) => new TZDate(at, zone).toISOString().slice(0, 10);
const counted = ({ orders: list }: Person) => list.filter((one) => !one.cancelled);
const mayGet = (one: Person) => one.subscribed && !one.gone;
const times = (one: Person) => counted(one).map(({ at }) => at);

async function keep(shopId: number, list: readonly Person[]): Promise<void> {
  await inShop(bed.connection.db, shopId, async ({ tx }) => {
    await tx.insert(customers).values(
      list.map(({ country, birthDate: day, subscribed, gone }, place) => ({
        ...{ shopId, id: idOf(place), email: `p${place}@example.com`, emailKey: `p${place}@example.com` },
        ...{ country, birthDate: day, deletedAt: gone ? new Date(EPOCH) : null },
        consentState: subscribed ? ('subscribed' as const) : ('unsubscribed' as const),
      })),
    );
    const rows = list.flatMap((one, place) =>
      one.orders.map(({ at, total, refunded, cancelled }, number) => ({
        ...{ shopId, id: `${place}-${number}`, name: '#', customerId: idOf(place), currency: 'EUR' },
        ...{ total: String(total), refunded: String(Math.min(total, refunded)), processedAt: new Date(at) },
        cancelledAt: cancelled ? new Date(at) : null,
      })),
    );
    if (rows.length > 0) await tx.insert(orders).values(rows);
    await tx.execute(sql`
      update customers c set orders_seen = o.n, first_order_at = o.first_at, last_order_at = o.last_at
      from (select customer_id, count(*)::int as n, min(processed_at) as first_at, max(processed_at) as last_at
        from orders where shop_id = ${shopId} and cancelled_at is null group by customer_id) o
      where c.shop_id = ${shopId} and c.id = o.customer_id`);
  });
}

interface Expected {
  customerId: string;
  occurrence: string;
  dueAt: string;
  reason: string;
}

const sorted = <T extends { customerId: string; occurrence: string }>(rows: readonly T[]) =>
  rows.toSorted((a, b) => (`${a.customerId} ${a.occurrence}` < `${b.customerId} ${b.occurrence}` ? -1 : 1));

async function found(shopId: number): Promise<Expected[]> {
  const rows = await bed.enrolled(shopId);
  return sorted(
    rows.map(({ customerId, occurrence, dueAt, reason }) => ({ customerId, occurrence, dueAt: dueAt ?? '', reason })),
  );
}

const clamp = (days: number) => Math.min(Math.max(days, 30), 365);
const gapOf = (list: readonly number[]) => (Math.max(...list) - Math.min(...list)) / 1000 / (list.length - 1) / 86_400;

function shopGapDays(list: readonly Person[]): number | null {
  const gaps = list
    .filter((one) => !one.gone && counted(one).length >= 2)
    .map((one) => gapOf(times(one)))
    .toSorted((a, b) => a - b);
  if (gaps.length < 50) return null;
  const middle = (gaps.length - 1) / 2;
  const [low = 0, high = 0] = [gaps[Math.floor(middle)], gaps[Math.ceil(middle)]];
  return clamp(Math.floor(2 * (low + (high - low) * (middle % 1)) + 0.5));
}

interface LapseCase {
  list: readonly Person[];
  rule: LapseRule;
  now: number;
  enabledAt: number;
  shopZone: string;
}

function lapsed({ list, rule, now, enabledAt, shopZone }: LapseCase): Expected[] {
  const shopDays = rule.by === 'days' ? null : shopGapDays(list);
  return list.flatMap((one, place) => {
    const at = times(one);
    if (at.length === 0 || !mayGet(one)) return [];
    const own = rule.by !== 'days' && at.length >= 3;
    const days = rule.by === 'days' ? rule.days : own ? clamp(Math.floor(2 * gapOf(at) + 0.5)) : (shopDays ?? 60);
    const lapse = Math.max(...at) + days * DAY;
    const zone = zoneOf(one, shopZone);
    if (lapse <= enabledAt || lapse <= now - 30 * DAY || localDay(lapse, zone) > localDay(now, zone)) return [];
    return {
      customerId: idOf(place),
      occurrence: `last-order:${iso(Math.max(...at))}`,
      dueAt: nextLocalTime(new Date(now), zone, 600).toISOString(),
      reason: own ? 'lapsed-own-gap' : shopDays !== null ? 'lapsed-shop-gap' : 'lapsed-days',
    };
  });
}

it('finds who lapsed as the rule says', { timeout: propertyTimeout(120_000) }, async () => {
  const rule = fc.oneof(
    fc.constant<LapseRule>({ by: 'usual-gap' }),
    fc.integer({ min: 30, max: 200 }).map((days): LapseRule => ({ by: 'days', days })),
  );
  const property = fc.asyncProperty(
    fc.record({ list: people, rule, now: moment(0, 300), on: moment(-60, 300), shopZone: fc.constantFrom(...ZONES) }),
    async ({ list, rule: audience, now, on, shopZone }) => {
      const enabledAt = Math.min(on, now);
      const shopId = await bed.shop('win-back', { enabledAt: iso(enabledAt), timeZone: shopZone, audience });
      await keep(shopId, list);
      await bed.scan(shopId, 'win-back', iso(now));
      const expected = lapsed({ list, rule: audience, now, enabledAt, shopZone });
      expect(await found(shopId)).toEqual(sorted(expected));
      shopCount += expected.length;
    },
  );
  await fc.assert(property, RUNS);
  // A model that expects nobody would agree with a scan that finds nobody.
  expect(shopCount).toBeGreaterThan(0);
});

function birthdays(list: readonly Person[], now: number, shopZone: string): Expected[] {
  return list.flatMap((one, place) => {
    if (one.birthDate === null || !mayGet(one)) return [];
    const zone = zoneOf(one, shopZone);
    const local = new TZDate(now, zone);
    return [0, 1].flatMap((ahead) => {
      const at = new TZDate(local.getFullYear(), local.getMonth(), local.getDate() + ahead, 9, 0, 0, 0, zone).getTime();
      const day = localDay(at, zone);
      const year = Number(day.slice(0, 4));
      const born = one.birthDate?.slice(5);
      const kept = born === '02-29' && !isLeapYear(year) ? leapDayKeptOn(one.country) : born;
      if (kept !== day.slice(5) || at > now + 24 * HOUR) return [];
      const dueAt = iso(Math.max(at, now));
      return { customerId: idOf(place), occurrence: `birthday:${year}`, dueAt, reason: 'birthday-coming' };
    });
  });
}

it('finds whose birthday it is as their calendar says', { timeout: propertyTimeout(120_000) }, async () => {
  const turn = fc.constantFrom('2026-02-28', '2027-03-01', '2028-02-29', '2026-12-31', '2026-06-15');
  const at = fc
    .tuple(turn, fc.integer({ min: -60, max: 60 }))
    .map(([day, hours]) => Date.parse(`${day}T00:00:00Z`) + hours * HOUR + 17 * 60_000);
  let seen = 0;
  const property = fc.asyncProperty(
    fc.record({ list: people, now: at, shopZone: fc.constantFrom(...ZONES) }),
    async ({ list, now, shopZone }) => {
      const shopId = await bed.shop('birthday', { enabledAt: iso(EPOCH), timeZone: shopZone });
      await keep(shopId, list);
      await bed.scan(shopId, 'birthday', iso(now));
      const expected = birthdays(list, now, shopZone);
      expect(await found(shopId)).toEqual(sorted(expected));
      seen += expected.length;
    },
  );
  await fc.assert(property, RUNS);
  expect(seen).toBeGreaterThan(0);
});

/** Who is in after a pass, from who was before; in days of the start. */
function members(
  list: readonly Person[],
  rule: VipRule,
  now: number,
  before: ReadonlyMap<string, number>,
  since: number,
) {
  const spent = list.flatMap((one, place) => {
    const lately = counted(one).filter(({ at }) => at > now - 365 * DAY && at <= now);
    if (lately.length === 0 || one.gone) return [];
    const net = lately.reduce((sum, { total, refunded }) => sum + total - Math.min(total, refunded), 0);
    return { id: idOf(place), orders: lately.length, net };
  });
  const ranked = spent.toSorted((a, b) => b.net - a.net || (a.id < b.id ? -1 : 1));
  const after = new Map<string, number>();
  for (const [index, { id, orders: count, net }] of ranked.entries()) {
    const within = (tenths: number) => net > 0 && index + 1 <= Math.ceil((ranked.length * tenths) / 1000);
    const [enters, stays] =
      rule.by === 'share'
        ? [count >= 2 && within(rule.percent * 10), within(rule.percent * 14)]
        : rule.by === 'spend'
          ? [net > 0 && net >= Number(rule.amount), net > 0 && net >= Number(rule.amount)]
          : [count >= rule.count, count >= rule.count];
    const was = before.get(id);
    if (was !== undefined ? stays : enters) after.set(id, was ?? since);
  }
  return after;
}

it('takes in and lets go the best as the rule says, night by night', {
  timeout: propertyTimeout(120_000),
}, async () => {
  const rule = fc.oneof(
    fc.integer({ min: 1, max: 40 }).map((percent): VipRule => ({ by: 'share', percent })),
    fc.integer({ min: 1, max: 90 }).map((tens): VipRule => ({ by: 'spend', amount: `${tens * 10}.00` })),
    fc.integer({ min: 2, max: 5 }).map((count): VipRule => ({ by: 'orders', count })),
  );
  let changes = 0;
  const property = fc.asyncProperty(
    fc.record({ list: people, rule, nights: fc.array(moment(0, 300), { minLength: 2, maxLength: 4 }) }),
    async ({ list, rule: audience, nights }) => {
      const inOrder = [...new Set(nights)].toSorted((a, b) => a - b);
      const enabledAt = (inOrder[0] ?? EPOCH) - HOUR;
      const shopId = await bed.shop('vip', { enabledAt: iso(enabledAt), audience });
      await keep(shopId, list);
      let expected = new Map<string, number>();
      for (const [index, now] of inOrder.entries()) {
        await bed.scan(shopId, 'vip', iso(now));
        const next = members(list, audience, now, expected, index === 0 ? enabledAt : now);
        if (index > 0) changes += [...next.keys()].filter((id) => !expected.has(id)).length;
        expected = next;
        const rows = await inShop(bed.connection.db, shopId, ({ tx }) =>
          tx.execute<{ id: string; since: string }>(
            sql`select id, vip_since as since from customers where shop_id = ${shopId} and vip_since is not null`,
          ),
        );
        const found = new Map(rows.map(({ id, since }) => [id, new Date(since).getTime()]));
        expect(new Map([...found].toSorted())).toEqual(new Map([...expected].toSorted()));
      }
    },
  );
  await fc.assert(property, RUNS);
  expect(changes).toBeGreaterThan(0);
});
