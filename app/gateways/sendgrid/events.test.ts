import { describe, expect, it } from 'vitest';
import { parseEvents } from './events';

const good = {
  event: 'delivered',
  sg_event_id: 'ZGVsaXZlcmVkLTAtMQ',
  timestamp: 1_772_532_000,
  shop: '7',
  message: '0197f6a0-0000-7000-8000-000000000001',
};

describe('events from SendGrid', () => {
  it('are read', () => {
    expect(parseEvents(JSON.stringify([good]))).toMatchObject([
      { name: 'delivered', id: good.sg_event_id, shopId: 7, at: new Date('2026-03-03T10:00:00Z') },
    ]);
  });

  it.each([
    { timestamp: 1e18 },
    { timestamp: -1 },
    { timestamp: 'now' },
    { sg_event_id: 'a\0b' },
    { sg_event_id: 'a\nb' },
    { sg_event_id: '\ud800' },
    { sg_event_id: '' },
    { shop: '0' },
    { shop: '7; drop' },
    { shop: '9999999999' },
    { message: 'none' },
  ])('that cannot be kept are left out, and those beside them read: %j', (odd) => {
    expect(parseEvents(JSON.stringify([{ ...good, ...odd }, good]))).toHaveLength(1);
  });

  it('bring only text that can be kept', () => {
    const [event] = parseEvents(JSON.stringify([{ ...good, reason: 'a\0b', useragent: '\ud800' }])) ?? [];
    expect(event).toMatchObject({ reason: 'a\uFFFDb', userAgent: '\uFFFD' });
  });
});
