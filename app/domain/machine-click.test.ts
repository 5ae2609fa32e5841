import { describe, expect, it } from 'vitest';
import { isMachineClick } from './machine-click';

const delivered = new Date('2026-03-03T10:00:00Z');
const click = (seconds: number, userAgent: string | null = 'Mozilla/5.0 (iPhone)') => ({
  at: new Date(delivered.getTime() + seconds * 1000),
  deliveredAt: delivered,
  userAgent,
});

describe('a click', () => {
  it('within five seconds of delivery is a scanner’s', () => {
    expect(isMachineClick(click(2))).toBe(true);
    expect(isMachineClick(click(6))).toBe(false);
  });

  it('counts for a person when delivery was told later than the click', () => {
    expect(isMachineClick(click(-30))).toBe(false);
    expect(isMachineClick({ ...click(1), deliveredAt: null })).toBe(false);
  });

  it('by an agent that says it is a robot never counts', () => {
    expect(isMachineClick(click(600, 'Barracuda Sentinel (EE)'))).toBe(true);
    expect(isMachineClick(click(600, null))).toBe(false);
  });
});
