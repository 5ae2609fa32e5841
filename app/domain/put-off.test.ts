/** Put off, not dropped: an e-mail held back finds the first moment it may go, or expires and says what held it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../lib/duration';
import type { Customer } from './customer';
import type { RecentSend } from './frequency';
import { type LastLook, lastLook } from './last-look';
import { FULL_PACE } from './mail-pace';
import { DEFAULT_SHOP_SETTINGS, type Shop, type ShopSettings } from './shop';

/** Before the night on which clocks go forward in Paris, so that runs cross it. */
const START = new Date('2026-03-27T10:00:00Z');
const SHOP: Shop = {
  ...{ id: 1, domain: 'lune.myshopify.com', name: 'Lune', email: null, currency: 'EUR', timeZone: 'Europe/Paris' },
  ...{ country: 'FR', locale: 'fr', url: 'https://lune.example', address: null, installedAt: START },
  ...{
    uninstalledAt: null,
    pausedAt: null,
    ordersKnownUntil: START,
    foundBrand: null,
    settings: DEFAULT_SHOP_SETTINGS,
  },
  pace: FULL_PACE,
};
const CUSTOMER: Customer = {
  ...{ id: '7', email: 'zoe@example.com', firstName: 'Zoé', lastName: null, locale: 'fr', country: 'FR', tags: [] },
  consent: { state: 'subscribed', level: 'single_opt_in', updatedAt: START },
  ...{ preferences: { refused: [], fewer: false }, birthDate: null, leftOutSegment: null, ordersCount: 0 },
  ...{ suppressed: null, deleted: false },
};

/** What goes on around one e-mail: what was sent before, and what is closed from and until when. */
const world = fc.record({
  /** Minutes before the start at which the shopper got something. */
  sentAgo: fc.array(fc.nat(7 * 24 * 60), { maxLength: 5 }),
  priorities: fc.array(fc.integer({ min: 1, max: 11 }), { minLength: 5, maxLength: 5 }),
  fewer: fc.boolean(),
  gapHours: fc.integer({ min: 0, max: 48 }),
  maxIn7Days: fc.integer({ min: 1, max: 5 }),
  quietFrom: fc.nat(23),
  quietTo: fc.nat(23),
  zone: fc.constantFrom('Europe/Paris', 'Asia/Tokyo', 'America/Los_Angeles', 'Australia/Lord_Howe'),
  urgency: fc.constantFrom(undefined, 'asked-for' as const, 'first-reminder' as const),
  startsAfter: fc.nat(24 * 60),
  livesMinutes: fc.integer({ min: 1, max: 7 * 24 * 60 }),
  /** Hours after the start at which each of these ends; 0: never was. */
  pausedFor: fc.constantFrom(0, 0, 0, 5, 30),
  offFor: fc.constantFrom(0, 0, 0, 7, 26),
  ordersUnknownFor: fc.constantFrom(0, 0, 1, 3),
  rivalAfter: fc.constantFrom(0, 0, 2, 12),
});
type World = typeof world extends fc.Arbitrary<infer W> ? W : never;

function lookAt(one: World, now: Date, putOffFor: LastLook['putOffFor']): LastLook {
  const plannedAt = new Date(START.getTime() + one.startsAfter * MINUTE);
  const hours = (now.getTime() - START.getTime()) / HOUR;
  const settings: ShopSettings = {
    ...DEFAULT_SHOP_SETTINGS,
    frequency: { gapHours: one.gapHours, maxIn7Days: one.maxIn7Days },
    quietHours: { from: one.quietFrom * 60, to: one.quietTo * 60 },
  };
  const recent: RecentSend[] = one.sentAgo.map((minutes, i) => ({
    at: new Date(START.getTime() - minutes * MINUTE),
    priority: one.priorities[i] ?? 4,
  }));
  return {
    shop: { ...SHOP, settings, pausedAt: hours < one.pausedFor ? START : null },
    definition: { key: 'welcome', exits: [], consent: 'subscribed', priority: 4 },
    urgency: one.urgency,
    scenarioOn: hours >= one.offFor,
    endedBy: null,
    scenario: {
      ...{ orderSinceStart: null, optedInAtCheckout: false, checkout: null, code: null, earlierTimes: 0, isVip: false },
      ...{ hasBirthDate: false, zone: one.zone },
    },
    customer: { ...CUSTOMER, preferences: { refused: [], fewer: one.fewer } },
    zone: one.zone,
    recent,
    rivalDueAt: hours < one.rivalAfter ? new Date(START.getTime() + one.rivalAfter * HOUR) : null,
    sender: 'ready',
    ordersConfirmed: hours >= one.ordersUnknownFor,
    showable: null,
    code: { state: 'none', required: false },
    plannedAt,
    expiresAt: new Date(plannedAt.getTime() + one.livesMinutes * MINUTE),
    putOffFor,
    allowances: [],
  };
}

/** Looks at the e-mail whenever it is due, as the worker does, to its end. Switching on looks at once, as the admin's command does. */
function follow(one: World) {
  const first = lookAt(one, START, null);
  const switches = [one.pausedFor, one.offFor].map((hours) => START.getTime() + hours * HOUR);
  let now = first.plannedAt;
  let putOffFor: LastLook['putOffFor'] = null;
  const reasons: string[] = [];
  for (let looks = 1; ; looks += 1) {
    const verdict = lastLook(lookAt(one, now, putOffFor), now);
    if (verdict.kind !== 'put-off') return { verdict, now, looks, reasons };
    if (verdict.until <= now) throw new Error('Put off to a moment that is not later');
    putOffFor = { reason: verdict.reason, facts: verdict.facts };
    reasons.push(verdict.reason);
    const isSwitch = verdict.reason === 'everything-paused' || verdict.reason === 'scenario-off';
    const from = now.getTime();
    const switched = isSwitch ? switches.filter((at) => at > from) : [];
    now = new Date(Math.min(verdict.until.getTime(), ...switched));
  }
}

/** Every five minutes: the first moment at which it may go; null when there is none before it expires. */
function firstAllowed(one: World): Date | null {
  const { plannedAt, expiresAt } = lookAt(one, START, null);
  for (let at = plannedAt.getTime(); at < expiresAt.getTime(); at += STEP)
    if (lastLook(lookAt(one, new Date(at), null), new Date(at)).kind === 'send') return new Date(at);
  return null;
}

/** How late a moment nobody can foresee is noticed: a rival that left, orders that are known again. */
const NOTICED_AFTER = 7 * MINUTE;
const STEP = 5 * MINUTE;

describe('an e-mail that is held back', () => {
  it('always comes to an end, in few looks, by its expiry', () => {
    fc.assert(
      fc.property(world, (one) => {
        const { verdict, now, looks } = follow(one);
        const { expiresAt } = lookAt(one, START, null);
        expect(verdict.kind).not.toBe('put-off');
        expect(now.getTime()).toBeLessThanOrEqual(expiresAt.getTime());
        // Unknown orders are asked for every two minutes, of three hours at most.
        expect(looks).toBeLessThan(130);
      }),
      { numRuns: 500 },
    );
  });

  it('goes at the first moment that allows it, or there was none and what held it is named', () => {
    fc.assert(
      fc.property(world, (one) => {
        const { verdict, now, reasons } = follow(one);
        const allowed = firstAllowed(one);
        if (verdict.kind === 'send') {
          // A moment shorter than a step may lie between two of them.
          if (allowed) expect(now.getTime() - allowed.getTime()).toBeLessThanOrEqual(NOTICED_AFTER);
          else expect(lastLook(lookAt(one, now, null), now).kind).toBe('send');
          return;
        }
        expect(verdict).toMatchObject({ kind: 'withhold', reason: 'expired' });
        const { expiresAt } = lookAt(one, START, null);
        if (allowed) expect(expiresAt.getTime() - allowed.getTime()).toBeLessThanOrEqual(NOTICED_AFTER);
        else expect(verdict.kind === 'withhold' && verdict.facts.heldBy).toEqual(expect.any(String));
        if (reasons.length > 0) expect(verdict.kind === 'withhold' && verdict.facts.heldBy).not.toBeNull();
      }),
      { numRuns: 60 },
    );
  });
});

it('a week is enough for anybody who got three e-mails', () => {
  const sentAgo = [0, 60, 1440];
  const one: World = {
    ...{ sentAgo, priorities: [4, 4, 4, 4, 4], fewer: false, gapHours: 16, maxIn7Days: 3, quietFrom: 21, quietTo: 8 },
    ...{ zone: 'Europe/Paris', urgency: undefined, startsAfter: 0, livesMinutes: (7 * DAY) / MINUTE },
    ...{ pausedFor: 0, offFor: 0, ordersUnknownFor: 0, rivalAfter: 0 },
  };
  const { verdict, now } = follow(one);
  expect(verdict.kind).toBe('send');
  expect(now).toEqual(new Date('2026-04-02T10:00:00Z'));
});
