import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../lib/duration';
import { nextAllowed } from './frequency';

const NOW = new Date('2026-03-03T10:00:00Z');
const ago = (ms: number) => new Date(NOW.getTime() - ms);
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

  it('keeps every schedule within three in any seven days and 16 hours apart', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40 * HOUR), { maxLength: 40 }), (gaps) => {
        const sent: Date[] = [];
        let now = NOW.getTime();
        for (const gap of gaps) {
          now += gap;
          if (nextAllowed(sent, RULE, new Date(now)) === null) sent.push(new Date(now));
        }
        for (const [index, at] of sent.entries()) {
          const next = sent[index + 1];
          if (next) expect(next.getTime() - at.getTime()).toBeGreaterThanOrEqual(16 * HOUR);
          const within = sent.filter((one) => one >= at && one.getTime() < at.getTime() + 7 * DAY);
          expect(within.length).toBeLessThanOrEqual(3);
        }
      }),
    );
  });
});
