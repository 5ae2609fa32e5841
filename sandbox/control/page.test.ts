import { describe, expect, it } from 'vitest';
import { SandboxRefusal } from '../http/refusal';
import { startSandbox } from '../main';
import { fillSampleStore } from '../sample-store/fill';
import { actAs, type PersonWish } from './page-people';
import { nextMorning } from './page-status';

const morning = (now: string, timezone: string) => new Date(nextMorning(Date.parse(now), timezone)).toISOString();

describe('tomorrow 9:00', () => {
  it('is nine on the wall clock of the shop, in winter and in summer', () => {
    expect(morning('2026-11-22T10:00:00Z', 'Europe/Paris')).toBe('2026-11-23T08:00:00.000Z');
    expect(morning('2026-07-01T10:00:00Z', 'Europe/Paris')).toBe('2026-07-02T07:00:00.000Z');
    expect(morning('2026-07-01T03:00:00Z', 'America/Los_Angeles')).toBe('2026-07-01T16:00:00.000Z');
    expect(morning('2026-07-01T20:00:00Z', 'Pacific/Kiritimati')).toBe('2026-07-02T19:00:00.000Z');
    expect(morning('2026-07-01T10:00:00Z', 'Asia/Kolkata')).toBe('2026-07-02T03:30:00.000Z');
  });

  it('is right on the days the clocks change', () => {
    expect(morning('2026-03-28T12:00:00Z', 'Europe/Paris')).toBe('2026-03-29T07:00:00.000Z');
    expect(morning('2026-10-24T12:00:00Z', 'Europe/Paris')).toBe('2026-10-25T08:00:00.000Z');
  });

  it('follows local midnight, not that of UTC', () => {
    expect(morning('2026-11-22T23:30:00Z', 'Europe/Paris')).toBe('2026-11-24T08:00:00.000Z');
  });
});

describe('acting as a shopper', () => {
  it('makes the customer, leaves a checkout, takes an item out, pays, and says each in a sentence', async () => {
    const sandbox = await startSandbox({
      appUrl: 'http://127.0.0.1:9',
      apiKey: 'key',
      apiSecret: 'secret',
      scopes: 'read_orders',
    });
    const { context } = sandbox;
    fillSampleStore({
      ...context,
      shop: 'maison-lune',
      counts: { products: 20, customers: 0, openCheckouts: 0 },
      now: context.clock.now(),
    });
    const shop = context.state.shop('maison-lune');
    const act = (deed: PersonWish['deed']) =>
      actAs(context, { shop: 'maison-lune', email: 'lea@mail.example', firstName: 'Léa', locale: 'fr', deed });

    expect(act('create')).toContain('not subscribed');
    expect(act('create')).toContain('already');
    act('subscribe');
    expect(shop.customerByEmail('lea@mail.example')?.consent.state).toBe('SUBSCRIBED');
    act('unsubscribe');
    expect(shop.customerByEmail('lea@mail.example')?.consent.state).toBe('UNSUBSCRIBED');

    act('abandon');
    const [checkout] = shop.checkouts.values();
    expect(checkout).toMatchObject({ email: 'lea@mail.example', customerLocale: 'fr', completedAt: null });
    expect(checkout?.lines).toHaveLength(2);
    act('drop-item');
    expect(checkout?.lines).toHaveLength(1);
    expect(act('pay')).toMatch(/paid order #\d+/);
    expect(checkout?.orderId).not.toBeNull();
    expect(() => act('pay')).toThrow(SandboxRefusal);
    act('order');
    expect(shop.orders.size).toBe(2);
    expect(shop.customers.size).toBe(1);
    await sandbox.close();
  });
});
