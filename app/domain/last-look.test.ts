import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../lib/duration';
import type { Allowance } from './allowance';
import type { Customer } from './customer';
import { type LastLook, lastLook } from './last-look';
import { FULL_PACE } from './mail-pace';
import { DEFAULT_SHOP_SETTINGS, type Shop } from './shop';

/** A Tuesday, 11:00 in Paris. */
const NOON = new Date('2026-03-03T10:00:00Z');
const sent = (ms: number, priority = 4) => ({ at: later(ms), priority });
const later = (ms: number) => new Date(NOON.getTime() + ms);

const shop: Shop = {
  id: 1,
  domain: 'lune.myshopify.com',
  name: 'Lune',
  email: 'hello@lune.example',
  currency: 'EUR',
  timeZone: 'Europe/Paris',
  country: 'FR',
  locale: 'fr',
  url: 'https://lune.example',
  address: null,
  installedAt: NOON,
  uninstalledAt: null,
  pausedAt: null,
  pace: FULL_PACE,
  ordersKnownUntil: NOON,
  foundBrand: null,
  settings: DEFAULT_SHOP_SETTINGS,
};

const customer: Customer = {
  id: '7',
  email: 'zoe@example.com',
  firstName: 'Zoé',
  lastName: null,
  locale: 'fr',
  country: 'FR',
  tags: [],
  consent: { state: 'subscribed', level: 'single_opt_in', updatedAt: NOON },
  preferences: { refused: [], fewer: false },
  birthDate: null,
  leftOutSegment: null,
  ordersCount: 0,
  suppressed: null,
  deleted: false,
};

const base: LastLook = {
  shop,
  definition: {
    key: 'abandoned-checkout',
    exits: ['order-placed', 'checkout-completed'],
    consent: 'left-checkout',
    priority: 1,
  },
  urgency: undefined,
  scenarioOn: true,
  endedBy: null,
  scenario: {
    orderSinceStart: null,
    optedInAtCheckout: false,
    checkout: { completedAt: null, deleted: false, itemCount: 1, changedHands: false },
    code: null,
    earlierTimes: 0,
    isVip: false,
    hasBirthDate: false,
    zone: 'Europe/Paris',
  },
  customer,
  zone: 'Europe/Paris',
  recent: [],
  rivalDueAt: null,
  sender: 'ready',
  allowances: [],
  ordersConfirmed: true,
  showable: 1,
  code: { state: 'none', required: false },
  plannedAt: NOON,
  expiresAt: later(24 * HOUR),
  putOffFor: null,
};

const unsubscribed: Customer = { ...customer, consent: { ...customer.consent, state: 'unsubscribed' } };
const stranger: Customer = { ...customer, consent: { ...customer.consent, state: 'not_subscribed' } };
const widened: Shop = { ...shop, settings: { ...shop.settings, checkoutGround: 'left-address' } };

describe('the last look', () => {
  it('sends when nothing speaks against it, naming the ground', () => {
    expect(lastLook(base, NOON)).toEqual({ kind: 'send', ground: 'subscribed' });
  });

  it.each<[string, Partial<LastLook>, string]>([
    ['the shop was uninstalled', { shop: { ...shop, uninstalledAt: NOON } }, 'shop-uninstalled'],
    ['the enrollment was ended', { endedBy: 'newer-checkout' }, 'newer-checkout'],
    [
      'the shopper ordered',
      { scenario: { ...base.scenario, orderSinceStart: { orderId: '1', at: NOON } } },
      'order-placed',
    ],
    [
      'the checkout was paid',
      {
        scenario: {
          ...base.scenario,
          checkout: { completedAt: NOON, deleted: false, itemCount: 1, changedHands: false },
        },
      },
      'checkout-completed',
    ],
    ['consent was withdrawn', { customer: unsubscribed }, 'unsubscribed'],
    ['consent was never given', { customer: stranger }, 'not-subscribed'],
    [
      'double opt-in is not confirmed',
      { customer: { ...customer, consent: { ...customer.consent, state: 'pending' } } },
      'consent-pending',
    ],
    ['there is no address', { customer: { ...customer, email: null } }, 'no-email-address'],
    ['the address bounced', { customer: { ...customer, suppressed: 'bounced' } }, 'bounced'],
    ['the shopper complained', { customer: { ...customer, suppressed: 'complained' } }, 'complained'],
    [
      'the shopper wants none of this kind',
      { customer: { ...customer, preferences: { refused: ['abandoned-checkout'], fewer: false } } },
      'kind-refused',
    ],
    ['every product is gone', { showable: 0 }, 'nothing-to-show'],
    ['the customer was deleted', { customer: { ...customer, deleted: true } }, 'customer-deleted'],
    ['its time has passed', { expiresAt: NOON }, 'expired'],
  ])('withholds when %s', (_what, change, reason) => {
    expect(lastLook({ ...base, ...change }, NOON)).toMatchObject({ kind: 'withhold', reason });
  });

  it.each(['code-used', 'code-ended'] as const)('withholds an e-mail about a code that is over: %s', (state) => {
    const look = { ...base, code: { state, required: true } };
    expect(lastLook(look, NOON)).toEqual({ kind: 'withhold', reason: state, facts: {} });
  });

  it.each(['code-used', 'code-ended'] as const)('sends without its code what has more to say: %s', (state) => {
    expect(lastLook({ ...base, code: { state, required: false } }, NOON)).toMatchObject({ kind: 'send' });
  });

  it('waits for a code that is not made yet, up to the expiry, and says that it was why', () => {
    const look: LastLook = { ...base, code: { state: 'awaited', required: false }, expiresAt: later(2 * MINUTE) };
    expect(lastLook(look, NOON)).toMatchObject({ kind: 'put-off', reason: 'code-awaited', until: look.expiresAt });
    expect(lastLook(look, look.expiresAt)).toMatchObject({
      kind: 'withhold',
      reason: 'expired',
      facts: { heldBy: 'code-awaited' },
    });
  });

  it('leaves out tags whatever their case', () => {
    const settings = { ...shop.settings, leftOutTags: ['Staff'] };
    const look = { ...base, shop: { ...shop, settings }, customer: { ...customer, tags: ['staff'] } };
    expect(lastLook(look, NOON)).toMatchObject({
      kind: 'withhold',
      reason: 'left-out-by-tag',
      facts: { tag: 'staff' },
    });
  });

  it.each<[string, Partial<LastLook>, string]>([
    ['everything is paused', { shop: { ...shop, pausedAt: NOON } }, 'everything-paused'],
    ['the scenario is off', { scenarioOn: false }, 'scenario-off'],
    ['no sender is set', { sender: 'sender-missing' }, 'sender-missing'],
    ['the postal address is missing', { sender: 'address-missing' }, 'address-missing'],
    ['the orders are not confirmed', { ordersConfirmed: false }, 'orders-not-confirmed'],
    ['an e-mail went out 3 hours ago', { recent: [sent(-3 * HOUR)] }, 'too-soon'],
    ['a more important e-mail is due', { rivalDueAt: later(HOUR) }, 'higher-priority'],
  ])('puts off, and does not drop, when %s', (_what, change, reason) => {
    expect(lastLook({ ...base, ...change }, NOON)).toMatchObject({ kind: 'put-off', reason });
  });

  it('puts a night e-mail off to the shopper’s morning', () => {
    const night = new Date('2026-03-03T22:30:00Z');
    expect(lastLook({ ...base, expiresAt: later(3 * DAY) }, night)).toMatchObject({
      kind: 'put-off',
      reason: 'quiet-hours',
      until: new Date('2026-03-04T07:00:00Z'),
    });
  });

  it('withholds as expired what the night would outlast, and says the night was why', () => {
    const night = new Date('2026-03-03T22:30:00Z');
    expect(lastLook({ ...base, expiresAt: new Date('2026-03-04T02:00:00Z') }, night)).toMatchObject({
      kind: 'withhold',
      reason: 'expired',
      facts: { heldBy: 'quiet-hours' },
    });
  });

  it('names as what held an expired one what holds it now, else what it was put off for', () => {
    const putOffFor = { reason: 'everything-paused' as const, facts: {} };
    const look: LastLook = { ...base, putOffFor, expiresAt: NOON };
    expect(lastLook(look, NOON)).toMatchObject({ reason: 'expired', facts: { heldBy: 'everything-paused' } });
    expect(lastLook({ ...look, scenarioOn: false }, NOON)).toMatchObject({ facts: { heldBy: 'scenario-off' } });
  });

  it('lets what the shopper just asked for through cap, gap and night', () => {
    const night = new Date('2026-03-03T22:30:00Z');
    const look = { ...base, urgency: 'asked-for' as const, recent: [sent(-HOUR), sent(-DAY), sent(-2 * DAY)] };
    expect(lastLook(look, night)).toEqual({ kind: 'send', ground: 'subscribed' });
  });

  it('lets the first reminder wait for the night but for nothing lower', () => {
    const look = { ...base, urgency: 'first-reminder' as const, rivalDueAt: later(HOUR), recent: [sent(-HOUR)] };
    expect(lastLook(look, NOON)).toMatchObject({ kind: 'send' });
    expect(lastLook({ ...look, recent: [sent(-HOUR, 1)] }, NOON)).toMatchObject({ reason: 'too-soon' });
  });

  it('puts everything off while sending is stopped, the just asked for too', () => {
    const stopped = { ...shop, pace: { name: 'stopped' as const, since: NOON, facts: { bounces: 23 } } };
    for (const urgency of [undefined, 'asked-for' as const])
      expect(lastLook({ ...base, shop: stopped, urgency, expiresAt: later(3 * HOUR) }, NOON)).toEqual({
        ...{ kind: 'put-off', reason: 'sending-stopped', until: later(3 * HOUR), facts: { bounces: 23 } },
      });
  });

  describe('where only so many may go', () => {
    const domain: Allowance = {
      ...{ reason: 'new-sender-domain', facts: { limit: 200 }, most: 200, used: 0, waves: null },
      until: new Date('2026-03-03T23:00:00Z'),
    };
    const slow: Allowance = {
      ...{ reason: 'sending-slowed', facts: {}, most: 60, used: 60, until: later(20 * MINUTE) },
      waves: { each: 60, waiting: 0 },
    };
    const look = { ...base, expiresAt: later(3 * DAY) };

    it('waits for the next day’s morning once the day’s are gone', () => {
      expect(lastLook({ ...look, allowances: [{ ...domain, used: 199 }] }, NOON)).toMatchObject({ kind: 'send' });
      expect(lastLook({ ...look, allowances: [{ ...domain, used: 200 }] }, NOON)).toMatchObject({
        ...{ kind: 'put-off', reason: 'new-sender-domain', until: new Date('2026-03-04T07:00:00Z') },
      });
    });

    it('keeps a quarter for what shoppers just began', () => {
      const vip = { ...base.definition, key: 'vip' as const, priority: 10 };
      const allowances = [{ ...domain, used: 150 }];
      expect(lastLook({ ...look, allowances, definition: vip }, NOON)).toMatchObject({ kind: 'put-off' });
      expect(lastLook({ ...look, allowances }, NOON)).toMatchObject({ kind: 'send' });
    });

    it('lets what was just asked for go at once', () => {
      const asked = { ...look, urgency: 'asked-for' as const, allowances: [{ ...domain, used: 200 }, slow] };
      expect(lastLook(asked, NOON)).toMatchObject({ kind: 'send' });
    });

    it('withholds as expired what cannot wait for room, and says so', () => {
      const expiring = { ...look, expiresAt: later(5 * HOUR), allowances: [{ ...domain, used: 200 }] };
      expect(lastLook(expiring, NOON)).toMatchObject({
        ...{ kind: 'withhold', reason: 'expired', facts: { heldBy: 'new-sender-domain', limit: 200 } },
      });
    });

    it('wakes those who wait in waves, but each in time', () => {
      const waiting = (count: number) => [{ ...slow, waves: { each: 60, waiting: count } }];
      expect(lastLook({ ...look, allowances: waiting(59) }, NOON)).toMatchObject({ until: later(20 * MINUTE) });
      expect(lastLook({ ...look, allowances: waiting(120) }, NOON)).toMatchObject({
        until: later(2 * HOUR + 20 * MINUTE),
      });
      expect(lastLook({ ...look, expiresAt: later(HOUR), allowances: waiting(120) }, NOON)).toMatchObject({
        ...{ kind: 'put-off', until: later(20 * MINUTE) },
      });
    });
  });

  it('writes to an earlier buyer in France only where the owner widened the ground', () => {
    const buyer = { ...stranger, ordersCount: 1 };
    expect(lastLook({ ...base, customer: buyer }, NOON)).toMatchObject({ kind: 'withhold', reason: 'not-subscribed' });
    expect(lastLook({ ...base, customer: buyer, shop: widened }, NOON)).toEqual({
      kind: 'send',
      ground: 'earlier-buyer',
    });
    expect(lastLook({ ...base, customer: stranger, shop: widened }, NOON)).toMatchObject({
      kind: 'withhold',
      reason: 'ground-not-allowed',
    });
  });

  it('never widens the ground for another scenario', () => {
    const look = {
      ...base,
      definition: { ...base.definition, key: 'welcome' as const, consent: 'subscribed' as const },
    };
    expect(lastLook({ ...look, customer: { ...stranger, country: 'US' }, shop: widened }, NOON)).toMatchObject({
      reason: 'not-subscribed',
    });
  });

  it('never sends after a withdrawal or an order, and never puts off past the expiry', () => {
    const look = fc.record({
      paused: fc.boolean(),
      scenarioOn: fc.boolean(),
      ordersConfirmed: fc.boolean(),
      urgency: fc.constantFrom(undefined, 'asked-for' as const, 'first-reminder' as const),
      withdrawn: fc.boolean(),
      ordered: fc.boolean(),
      expiresIn: fc.integer({ min: -DAY, max: 3 * DAY }),
      recent: fc.array(fc.nat(7 * DAY), { maxLength: 5 }),
      hour: fc.nat(47),
    });
    fc.assert(
      fc.property(look, (one) => {
        const now = later(one.hour * HOUR);
        const expiresAt = new Date(now.getTime() + one.expiresIn);
        const verdict = lastLook(
          {
            ...base,
            shop: one.paused ? { ...shop, pausedAt: NOON } : shop,
            scenarioOn: one.scenarioOn,
            ordersConfirmed: one.ordersConfirmed,
            urgency: one.urgency,
            customer: one.withdrawn ? unsubscribed : customer,
            scenario: { ...base.scenario, orderSinceStart: one.ordered ? { orderId: '1', at: NOON } : null },
            recent: one.recent.map((ago) => ({ at: new Date(now.getTime() - ago), priority: 4 })),
            expiresAt,
          },
          now,
        );
        if (one.withdrawn || one.ordered || one.expiresIn <= 0) expect(verdict.kind).toBe('withhold');
        if (verdict.kind === 'put-off') {
          expect(verdict.until.getTime()).toBeGreaterThan(now.getTime());
          expect(verdict.until.getTime()).toBeLessThanOrEqual(expiresAt.getTime());
        }
      }),
    );
  });
});
