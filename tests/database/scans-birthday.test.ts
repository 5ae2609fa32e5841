import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { movePerson } from '../../app/store/move-person';
import { inShop } from '../../app/store/scope';
import { openScanBed, type ScanBed } from './scans';
import { isWaitedFor } from './waited-for';

let bed: ScanBed;
beforeAll(async () => {
  bed = await openScanBed();
});
afterAll(() => bed.close());

const shop = (options: Partial<Parameters<ScanBed['shop']>[1]> = {}) =>
  bed.shop('birthday', { enabledAt: '2025-01-01T00:00:00Z', ...options });
const scan = (shopId: number, at: string) => bed.scan(shopId, 'birthday', at);

describe('a birthday', () => {
  it('is planned for nine on their own clock, once, however often the hour strikes', async () => {
    const shopId = await shop();
    const id = await bed.person(shopId, { birthDate: '1990-03-04' });
    await scan(shopId, '2026-03-03T07:59:00Z');
    expect(await bed.enrolled(shopId)).toEqual([]);
    for (let hour = 8; hour < 24; hour += 1) await scan(shopId, new Date(Date.UTC(2026, 2, 3, hour)).toISOString());
    expect(await bed.enrolled(shopId, id)).toEqual([
      {
        customerId: id,
        occurrence: 'birthday:2026',
        dueAt: '2026-03-04T08:00:00.000Z',
        anchor: '2026-03-04T08:00:00.000Z',
        subject: { day: '2026-03-04' },
        status: 'active',
        reason: 'birthday-coming',
        facts: { day: '2026-03-04' },
      },
    ]);
  });

  it('learnt on the day goes out at once, still counted from nine; learnt after the day it waits for next year', async () => {
    const shopId = await shop();
    const onTheDay = await bed.person(shopId, { birthDate: '1990-03-04' });
    const late = await bed.person(shopId, { birthDate: '1990-03-03' });
    await scan(shopId, '2026-03-04T15:00:00Z');
    expect(await bed.enrolled(shopId, onTheDay)).toMatchObject([
      { dueAt: '2026-03-04T15:00:00.000Z', anchor: '2026-03-04T08:00:00.000Z' },
    ]);
    expect(await bed.enrolled(shopId, late)).toEqual([]);
    await scan(shopId, '2027-03-02T12:00:00Z');
    expect(await bed.enrolled(shopId, late)).toMatchObject([{ occurrence: 'birthday:2027' }]);
  });

  it('that was corrected is not kept twice in a year', async () => {
    const shopId = await shop();
    const id = await bed.person(shopId, { birthDate: '1990-03-04' });
    await scan(shopId, '2026-03-04T08:00:00Z');
    await bed.change(shopId, id, { birthDate: '1990-05-06' });
    await scan(shopId, '2026-05-06T08:00:00Z');
    await scan(shopId, '2027-05-06T08:00:00Z');
    expect((await bed.enrolled(shopId, id)).map((one) => one.subject)).toEqual([
      { day: '2026-03-04' },
      { day: '2027-05-06' },
    ]);
  });

  it('is looked for again when two people became one in that moment, and kept once', async () => {
    const shopId = await shop();
    const birthDate = '1990-03-04';
    const [from, to] = [await bed.person(shopId, { birthDate }), await bed.person(shopId)];
    await scan(shopId, '2026-03-04T08:00:00Z');
    await bed.change(shopId, to, { birthDate });
    const another = await bed.person(shopId, { birthDate });
    let looking: Promise<unknown> | undefined;
    await inShop(bed.connection.db, shopId, async (scope) => {
      await movePerson(scope, { from, to, at: new Date('2026-03-04T09:00:00Z') });
      looking = scan(shopId, '2026-03-04T09:00:00Z').then(
        () => 'done',
        () => 'to be repeated',
      );
      await isWaitedFor(scope);
    });
    expect([await looking, await bed.enrolled(shopId, another)]).toEqual(['to be repeated', []]);
    await scan(shopId, '2026-03-04T09:00:00Z');
    expect((await bed.enrolled(shopId)).map(({ customerId }) => customerId).sort()).toEqual([another, to].sort());
  });

  it('on New Year’s Day belongs to the year of its own day', async () => {
    const shopId = await shop();
    const id = await bed.person(shopId, { birthDate: '1990-01-01' });
    await scan(shopId, '2025-12-31T12:00:00Z');
    expect(await bed.enrolled(shopId, id)).toMatchObject([
      { occurrence: 'birthday:2026', dueAt: '2026-01-01T08:00:00.000Z' },
    ]);
  });

  it('is nobody’s who cannot be written to', async () => {
    const shopId = await shop();
    const birthDate = '1990-03-04';
    await bed.person(shopId, { birthDate, consentState: 'unsubscribed' });
    await bed.person(shopId, { birthDate, suppressed: 'bounced' });
    await bed.person(shopId, { birthDate, deletedAt: new Date() });
    await bed.person(shopId, { birthDate, email: null });
    await bed.person(shopId, { birthDate, preferences: { refused: ['birthday'], fewer: false } });
    await bed.person(shopId, {});
    await scan(shopId, '2026-03-04T08:00:00Z');
    expect(await bed.enrolled(shopId)).toEqual([]);
  });
});

describe('February 29 in a year without one', () => {
  const CUSTOMS = [
    ['FR', '2027-02-28'],
    ['NZ', '2027-02-28'],
    ['TW', '2027-02-28'],
    [null, '2027-02-28'],
    ['GB', '2027-03-01'],
    ['HK', '2027-03-01'],
    ['DE', '2027-03-01'],
  ] as const;

  it.each(CUSTOMS)('in %s is kept on %s', async (country, day) => {
    const shopId = await shop();
    const id = await bed.person(shopId, { birthDate: '1996-02-29', country });
    for (let hour = 0; hour < 96; hour += 3) {
      await scan(shopId, new Date(Date.UTC(2027, 1, 26, hour)).toISOString());
    }
    expect((await bed.enrolled(shopId, id)).map((one) => one.subject)).toEqual([{ day }]);
  });

  it('is kept on itself where there is one, and by nobody born beside it', async () => {
    const shopId = await shop();
    const leap = await bed.person(shopId, { birthDate: '1996-02-29', country: 'GB' });
    const before = await bed.person(shopId, { birthDate: '1996-02-28' });
    const after = await bed.person(shopId, { birthDate: '1996-03-01' });
    for (let hour = 0; hour < 120; hour += 6) {
      await scan(shopId, new Date(Date.UTC(2028, 1, 26, hour)).toISOString());
    }
    const days = async (id: string) => (await bed.enrolled(shopId, id)).map((one) => one.subject);
    expect(await days(leap)).toEqual([{ day: '2028-02-29' }]);
    expect(await days(before)).toEqual([{ day: '2028-02-28' }]);
    expect(await days(after)).toEqual([{ day: '2028-03-01' }]);
  });
});

describe('the clocks', () => {
  const NIGHTS = [
    // Paris goes to summer time on 29 March 2026, and back on 25 October.
    ['Europe/Paris', '1990-03-29', '2026-03-28T12:00:00Z', '2026-03-29T07:00:00.000Z'],
    ['Europe/Paris', '1990-03-28', '2026-03-27T12:00:00Z', '2026-03-28T08:00:00.000Z'],
    ['Europe/Paris', '1990-10-25', '2026-10-24T12:00:00Z', '2026-10-25T08:00:00.000Z'],
    // New York on 8 March and 1 November.
    ['America/New_York', '1990-03-08', '2026-03-07T15:00:00Z', '2026-03-08T13:00:00.000Z'],
    ['America/New_York', '1990-11-01', '2026-10-31T16:00:00Z', '2026-11-01T14:00:00.000Z'],
  ] as const;

  it.each(NIGHTS)(
    'of %s show nine on %s, also when the night has an hour more or less',
    async (timeZone, day, at, due) => {
      const shopId = await shop({ timeZone, country: 'US' });
      // The United States have many zones: the shop's counts.
      const id = await bed.person(shopId, { birthDate: day, country: timeZone === 'Europe/Paris' ? 'FR' : 'US' });
      await scan(shopId, at);
      expect(await bed.enrolled(shopId, id)).toMatchObject([{ dueAt: due, anchor: due }]);
    },
  );

  it('of a customer on the other side of the earth count, not the shop’s', async () => {
    const shopId = await shop();
    const far = await bed.person(shopId, { birthDate: '1990-07-02', country: 'JP' });
    const near = await bed.person(shopId, { birthDate: '1990-07-02' });
    await scan(shopId, '2026-07-01T05:00:00Z');
    expect(await bed.enrolled(shopId, far)).toMatchObject([{ dueAt: '2026-07-02T00:00:00.000Z' }]);
    expect(await bed.enrolled(shopId, near)).toEqual([]);
    // In Tokyo the second is over by the time it is still the second in Paris.
    const learntLate = await bed.person(shopId, { birthDate: '1990-07-02', country: 'JP' });
    await scan(shopId, '2026-07-02T15:00:00Z');
    expect(await bed.enrolled(shopId, learntLate)).toEqual([]);
    expect(await bed.enrolled(shopId, near)).toHaveLength(1);
  });

  it('of every country’s only zone are known to Postgres too', async () => {
    const rows = await bed.connection.db.execute<{ name: string }>(sql`select name from pg_timezone_names`);
    const known = new Set(rows.map((row) => row.name));
    const { soleZoneOf } = await import('../../app/lib/time-zone');
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const zones = letters.flatMap((one) => letters.flatMap((two) => soleZoneOf(one + two) ?? []));
    expect(zones.length).toBeGreaterThan(150);
    expect(zones.filter((zone) => !known.has(zone))).toEqual([]);
  });
});

describe('a scan', () => {
  it('by two workers at once enrolls each person once', async () => {
    const shopId = await shop();
    for (let count = 0; count < 40; count += 1) await bed.person(shopId, { birthDate: '1990-03-04' });
    await Promise.all([1, 2, 3].map(() => scan(shopId, '2026-03-04T08:00:00Z')));
    expect(await bed.enrolled(shopId)).toHaveLength(40);
  });

  it('touches no other shop', async () => {
    const [mine, other] = [await shop(), await shop()];
    await bed.person(mine, { birthDate: '1990-03-04' });
    await bed.person(other, { birthDate: '1990-03-04' });
    await scan(mine, '2026-03-04T08:00:00Z');
    expect(await bed.enrolled(mine)).toHaveLength(1);
    expect(await bed.enrolled(other)).toEqual([]);
  });
});
