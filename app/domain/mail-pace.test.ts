import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../lib/duration';
import { judge, type MailFigures, nextPace } from './mail-pace';

const NOW = new Date('2026-03-03T10:00:00Z');
const ago = (ms: number) => new Date(NOW.getTime() - ms);
const figures = (change: Partial<MailFigures> = {}): MailFigures => ({
  ...{ mails: 1000, bounces: 0, complaintMails: 1000, complaints: 0, lastAt: null },
  complainers: change.complaints ?? 0,
  ...change,
});

describe('what the last e-mails say of a shop', () => {
  it.each<[string, Partial<MailFigures>, string, string | null]>([
    ['9 bounces in 1,000: nothing', { bounces: 9 }, 'full', null],
    ['10 bounces in 1,000: slower', { bounces: 10 }, 'slow', 'bounces'],
    ['19 bounces in 1,000: slower', { bounces: 19 }, 'slow', 'bounces'],
    ['20 bounces in 1,000: no more', { bounces: 20 }, 'stopped', 'bounces'],
    ['one complaint in 1,000: slower, never no more', { complaints: 1 }, 'slow', 'complaints'],
    ['two complaints in 1,000: no more', { complaints: 2 }, 'stopped', 'complaints'],
    ['4 complaints in 10,000: nothing', { complaintMails: 10_000, complaints: 4 }, 'full', null],
    ['5 complaints in 10,000: slower', { complaintMails: 10_000, complaints: 5 }, 'slow', 'complaints'],
    ['9 complaints in 10,000: slower', { complaintMails: 10_000, complaints: 9 }, 'slow', 'complaints'],
    ['10 complaints in 10,000: no more', { complaintMails: 10_000, complaints: 10 }, 'stopped', 'complaints'],
    ['one complaint in 30: slower', { mails: 30, complaintMails: 30, complaints: 1 }, 'slow', 'complaints'],
    ['two complaints in 50: no more', { mails: 50, complaintMails: 50, complaints: 2 }, 'stopped', 'complaints'],
    [
      'one person who complains of each of their 3 e-mails: slower',
      { complaints: 3, complainers: 1 },
      'slow',
      'complaints',
    ],
    ['9 bounces in 30: nothing yet', { mails: 30, bounces: 9 }, 'full', null],
    ['complaints before bounces', { bounces: 20, complaints: 2 }, 'stopped', 'complaints'],
  ])('%s', (_what, change, pace, cause) => {
    expect(judge(figures(change))).toEqual({ pace, cause });
  });
});

describe('the pace of a shop', () => {
  const at = (pace: 'full' | 'slow' | 'stopped', since: number, change: Partial<MailFigures> = {}) =>
    nextPace({ pace, since: ago(since) }, figures(change), NOW);

  it('follows the figures at full speed', () => {
    expect(at('full', 0, { bounces: 12 })).toEqual({ pace: 'slow', cause: 'bounces', afresh: false });
    expect(at('full', 0, { complaints: 2 })).toMatchObject({ pace: 'stopped' });
  });

  it('stays slow for a day, then recovers with the figures', () => {
    expect(at('slow', 23 * HOUR)).toMatchObject({ pace: 'slow' });
    expect(at('slow', DAY)).toEqual({ pace: 'full', cause: null, afresh: false });
    expect(at('slow', DAY, { bounces: 12, lastAt: ago(HOUR) })).toMatchObject({ pace: 'slow' });
  });

  it('recovers after a quiet week whatever lies behind: a small shop sends its next thousand in months', () => {
    expect(at('slow', 8 * DAY, { complaints: 1, lastAt: ago(6 * DAY) })).toMatchObject({ pace: 'slow' });
    expect(at('slow', 8 * DAY, { complaints: 1, lastAt: ago(7 * DAY) })).toEqual({
      ...{ pace: 'full', cause: null, afresh: true },
    });
  });

  it('goes from slow to stopped at once', () => {
    expect(at('slow', HOUR, { bounces: 20, lastAt: NOW })).toMatchObject({ pace: 'stopped', cause: 'bounces' });
  });

  it('does not go on from a stop by good figures, but slowly and afresh after a week', () => {
    expect(at('stopped', 6 * DAY)).toMatchObject({ pace: 'stopped', afresh: false });
    expect(at('stopped', 7 * DAY, { bounces: 30 })).toEqual({ pace: 'slow', cause: null, afresh: true });
  });
});
