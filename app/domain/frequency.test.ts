import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../lib/duration';
import { nextAllowed, type RecentSend } from './frequency';

const NOW = new Date('2026-03-03T10:00:00Z');
const ago = (ms: number, priority = 4) => ({ at: new Date(NOW.getTime() - ms), priority });
const RULE = { gapHours: 16, maxIn7Days: 3 };

describe('the frequency cap', () => {
  it('allows the first e-mail', () => {
    expect(nextAllowed([], RULE, NOW)).toBeNull();
  });

  it('asks for 16 hours between two', () => {
    expect(nextAllowed([ago(10 * HOUR)], RULE, NOW)).toMatchObject({
      reason: 'too-soon',
      until: new Date(NOW.getTime() + 6 * HOUR),
    });
    expect(nextAllowed([ago(16 * HOUR)], RULE, NOW)).toBeNull();
  });

  it('allows a fourth only when the first of three is seven days old', () => {
    expect(nextAllowed([ago(6 * DAY), ago(4 * DAY), ago(2 * DAY)], RULE, NOW)).toMatchObject({
      reason: 'frequency-cap',
      until: new Date(NOW.getTime() + DAY),
      facts: { sentIn7Days: 3, most: 3 },
    });
    expect(nextAllowed([ago(7 * DAY), ago(4 * DAY), ago(2 * DAY)], RULE, NOW)).toBeNull();
  });

  it('asks for the gap only after what is at least as important, when told so', () => {
    expect(nextAllowed([ago(HOUR, 4)], RULE, NOW, 1)).toBeNull();
    expect(nextAllowed([ago(HOUR, 1)], RULE, NOW, 1)).toMatchObject({ reason: 'too-soon' });
    expect(nextAllowed([ago(HOUR), ago(DAY), ago(2 * DAY)], RULE, NOW, 1)).toMatchObject({ reason: 'frequency-cap' });
  });

  it('keeps every schedule within three in any seven days and 16 hours apart', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40 * HOUR), { maxLength: 40 }), (gaps) => {
        const sent: RecentSend[] = [];
        let now = NOW.getTime();
        for (const gap of gaps) {
          now += gap;
          if (nextAllowed(sent, RULE, new Date(now)) === null) sent.push({ at: new Date(now), priority: 4 });
        }
        const times = sent.map(({ at }) => at);
        for (const [index, at] of times.entries()) {
          const next = times[index + 1];
          if (next) expect(next.getTime() - at.getTime()).toBeGreaterThanOrEqual(16 * HOUR);
          const within = times.filter((one) => one >= at && one.getTime() < at.getTime() + 7 * DAY);
          expect(within.length).toBeLessThanOrEqual(3);
        }
      }),
    );
  });
});
