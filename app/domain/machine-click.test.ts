import { describe, expect, it } from 'vitest';
import { type ClickOfMail, isMachineAgent, judgeClicks } from './machine-click';

const delivered = new Date('2026-03-03T10:00:00Z');
const click = (seconds: number, url = 'https://shop.example/a', byAgent = false): ClickOfMail => ({
  at: new Date(delivered.getTime() + seconds * 1000),
  url,
  byAgent,
});
const judged = (...clicks: ClickOfMail[]) => judgeClicks(clicks, delivered);

describe('a click', () => {
  it('within five seconds of delivery is a scanner’s, and so is one before it', () => {
    expect(judged(click(2))).toEqual(['too-fast']);
    expect(judged(click(-30))).toEqual(['too-fast']);
    expect(judged(click(6))).toEqual([null]);
  });

  it('counts for a person while delivery was not told', () => {
    expect(judgeClicks([click(1)], null)).toEqual([null]);
  });

  it('by an agent that says it is a program never counts', () => {
    expect(judged(click(600, 'https://shop.example/a', true))).toEqual(['agent']);
    for (const agent of [
      'Barracuda Sentinel (EE)',
      'Mozilla/5.0 (compatible; Googlebot/2.1)',
      'Microsoft Office Existence Discovery',
      'Go-http-client/2.0',
      'python-requests/2.32',
      'curl/8.5.0',
      'HeadlessChrome/142.0',
    ])
      expect(isMachineAgent(agent), agent).toBe(true);
    for (const agent of [
      null,
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
      'Mozilla/5.0 (Windows NT 10.0; Microsoft Outlook 16.0.17126; ms-office)',
    ])
      expect(isMachineAgent(agent), String(agent)).toBe(false);
  });

  it('on two different links in the same second is a scanner’s, on one twice a person’s', () => {
    expect(judged(click(600), click(600, 'https://shop.example/b'))).toEqual(['all-at-once', 'all-at-once']);
    expect(judged(click(600), click(600))).toEqual([null, null]);
    expect(judged(click(600), click(602, 'https://shop.example/b'))).toEqual([null, null]);
  });

  it('on three different links within three seconds is a scanner’s, whichever of them it is', () => {
    const all = [click(600), click(602, 'https://shop.example/b'), click(603, 'https://shop.example/c')];
    expect(judged(...all)).toEqual(['all-at-once', 'all-at-once', 'all-at-once']);
    expect(judged(...all.toReversed())).toEqual(['all-at-once', 'all-at-once', 'all-at-once']);
  });

  it('of a person an hour after a scanner still counts', () => {
    const scan = [click(20), click(21, 'https://shop.example/b'), click(22, 'https://shop.example/c')];
    expect(judged(...scan, click(3600))).toEqual(['all-at-once', 'all-at-once', 'all-at-once', null]);
  });
});
