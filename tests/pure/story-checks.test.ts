import { describe, expect, it } from 'vitest';
import { calendarFrom } from '../../scripts/story/calendar';
import { addressOf } from '../../scripts/story/cast';
import { compareHolds, compareMails } from '../../scripts/story/checks';
import { EXPECTED_HOLDS, EXPECTED_MAILS } from '../../scripts/story/expected';
import type { Hold, SentMail } from '../../scripts/story/report';

const when = calendarFrom(new Date('2026-11-22T10:00:00Z'));

/** The mailbox as it should be in the end. */
const rightMails = () =>
  EXPECTED_MAILS.map(
    ({ to, at, ...rest }): Omit<SentMail, 'mail'> => ({
      ...rest,
      to: addressOf(to),
      sentAt: new Date(when(at).getTime() + 20_000).toISOString(),
      subject: '',
      messageId: '',
    }),
  ) as SentMail[];

const rightHolds = () =>
  EXPECTED_HOLDS.map(
    ({ customer, reasons: [reason = 'expired'], ...rest }): Hold => ({
      ...rest,
      reason,
      customer: addressOf(customer),
      at: new Date(),
      sentence: '',
    }),
  );

const failed = (checks: { ok: boolean; name: string }[]) => checks.filter(({ ok }) => !ok).map(({ name }) => name);

describe('the checks of the story', () => {
  it('hold when everything is as expected', () => {
    expect(failed(compareMails(rightMails(), when))).toEqual([]);
    expect(failed(compareHolds(rightHolds()))).toEqual([]);
  });

  it('name an e-mail that is missing, late, in another language, or too many', () => {
    const [first, ...rest] = rightMails();
    if (!first) throw new Error('There is no first e-mail.');
    const late = { ...first, sentAt: new Date(Date.parse(first.sentAt) + 3_600_000).toISOString() };
    expect(failed(compareMails(rest, when))).toHaveLength(1);
    expect(failed(compareMails([late, ...rest], when))).toHaveLength(2);
    expect(failed(compareMails([{ ...first, language: 'de' }, ...rest], when))).toHaveLength(2);
    expect(failed(compareMails([first, first, ...rest], when))).toEqual(['Nobody gets an e-mail that is not expected']);
  });

  it('name what is withheld for another reason', () => {
    const [first, ...rest] = rightHolds();
    if (!first) throw new Error('Nothing is held.');
    expect(failed(compareHolds([{ ...first, reason: 'bounced' }, ...rest]))).toHaveLength(2);
  });
});

it.each(['2027-03-20', '2027-10-20', '2028-02-20'])(
  'the calendar that begins after %s meets no change of time',
  (day) => {
    const calendar = calendarFrom(new Date(`${day}T00:00:00Z`));
    const clock = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Europe/Paris',
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
    });
    for (const week of [0, 1, 2, 3]) expect(clock.format(calendar([1 + week * 7, '10:30']))).toBe('Mon 10:30');
  },
);
