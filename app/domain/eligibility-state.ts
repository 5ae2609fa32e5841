/** Where somebody stands who may be written to and whom nothing of a scenario is under way for. Asked by `eligibility`. */
import { DAY, durationMs } from '../lib/duration';
import { localDay, nextLocalTime, onLocalDay } from '../lib/time-zone';
import { DEFAULT_VIP_RULE, isVipRule, MORNING, SCAN_REACH_DAYS, VIP_MIN_ORDERS, type VipRule } from './audience';
import { birthdayIn } from './birthday';
import type { Customer } from './customer';
import type { Facts } from './reason';
import type { ScenarioDefinition, Trigger } from './scenario';

/** Every place to stand, each with its sentence in `app/i18n`. Facts named `…Day` are days, `…At` moments. */
export const STATES = [
  'under-way',
  'under-way-ending',
  'welcomed',
  'subscribed-undated',
  'subscribed-day',
  'subscribed-before-on',
  'subscribed-untold',
  'no-cart',
  'cart-paid',
  'cart-empty',
  'cart-left',
  'cart-waiting',
  'cart-before-on',
  'cart-done',
  'cart-untold',
  'no-birth-date',
  'birthday',
  'never-ordered',
  'not-lapsed-own-gap',
  'not-lapsed-shop-gap',
  'not-lapsed-days',
  'lapsed',
  'lapsed-before-on',
  'lapsed-long-ago',
  'lapsed-done',
  'vip',
  'vip-before-on',
  'vip-coming',
  'not-vip-share',
  'not-vip-one-order',
  'not-vip-spend',
  'not-vip-orders',
  'not-vip-uncounted',
] as const;
export type State = (typeof STATES)[number];

export interface Found {
  state: State;
  facts: Facts;
}

export interface Lapse {
  /** Without an order until they count as lapsed. */
  days: number;
  by: 'own-gap' | 'shop-gap' | 'days';
  /** The gap the days were doubled from, where one is known. */
  usualGapDays: number | null;
}

/** What is on record of a person that the scenarios ask about. */
export interface History {
  /** Since when the scenario is on; null while it is off. */
  onSince: Date | null;
  /** Whoever was in the scenario's state by then is written to on the owner's word alone: it was switched on, or its rule changed. */
  standingUntil: Date | null;
  /** When each occurrence of the scenario began for them. */
  begun: Readonly<Record<string, Date>>;
  /** Their newest checkout. */
  cart: { id: string; leftAt: Date; paidAt: Date | null; gone: boolean } | null;
  lastOrderAt: Date | null;
  lapse: Lapse | null;
  vipSince: Date | null;
  /** Of twelve months, after refunds. */
  spent: { orders: number; net: string };
  /** The net spend the best begin at, as the last scan found it for this share; null until one has. */
  best: { percent: number; from: string } | null;
}

export interface Standing {
  definition: Pick<ScenarioDefinition, 'trigger' | 'audience'>;
  customer: Customer;
  zone: string;
  history: History;
}

/** Where they stand, and when an e-mail of the scenario is possible at the earliest, if that can be told. */
export function findState(look: Standing, now: Date): Found & { next: Date | null } {
  const { trigger } = look.definition;
  switch (trigger.on) {
    case 'consent-given':
      return { ...subscriber(look), next: null };
    case 'checkout-left':
      return { ...cart(look), next: null };
    case 'birthday':
      return birthday(look, trigger.at, now);
    case 'lapsed':
      return lapsed(look, now);
    case 'vip':
      return vip(look, trigger, now);
  }
}

const day = (at: Date) => at.toISOString();

function subscriber({ customer, history: { begun, onSince } }: Standing): Found {
  const welcomed = begun.once;
  if (welcomed) return { state: 'welcomed', facts: { welcomedDay: day(welcomed) } };
  const at = customer.consent.updatedAt;
  if (!at) return { state: 'subscribed-undated', facts: {} };
  const facts = { subscribedDay: day(at) };
  if (!onSince) return { state: 'subscribed-day', facts };
  if (at < onSince) return { state: 'subscribed-before-on', facts: { ...facts, onDay: day(onSince) } };
  return { state: 'subscribed-untold', facts };
}

function cart({ history: { cart: newest, begun, onSince } }: Standing): Found {
  if (!newest) return { state: 'no-cart', facts: {} };
  if (newest.paidAt) return { state: 'cart-paid', facts: { paidDay: day(newest.paidAt) } };
  const facts = { leftDay: day(newest.leftAt) };
  if (newest.gone) return { state: 'cart-empty', facts };
  if (begun[newest.id]) return { state: 'cart-done', facts };
  if (!onSince) return { state: 'cart-left', facts };
  if (newest.leftAt < onSince) return { state: 'cart-before-on', facts: { ...facts, onDay: day(onSince) } };
  return { state: 'cart-untold', facts };
}

function birthday({ customer, zone, history }: Standing, minute: number, now: Date): Found & { next: Date | null } {
  const { birthDate, country } = customer;
  if (birthDate === null) return { state: 'no-birth-date', facts: {}, next: null };
  const today = localDay(now, zone);
  const year = Number(today.slice(0, 4));
  for (const one of [year, year + 1]) {
    const kept = birthdayIn(one, birthDate, country);
    if (kept < today || history.begun[`birthday:${one}`]) continue;
    return { state: 'birthday', facts: { birthDay: kept }, next: onLocalDay(kept, zone, minute) };
  }
  const kept = birthdayIn(year + 2, birthDate, country);
  return { state: 'birthday', facts: { birthDay: kept }, next: onLocalDay(kept, zone, minute) };
}

function lapsed({ zone, history }: Standing, now: Date): Found & { next: Date | null } {
  const { lastOrderAt, lapse, standingUntil, begun } = history;
  if (!lastOrderAt || !lapse) return { state: 'never-ordered', facts: {}, next: null };
  const at = new Date(lastOrderAt.getTime() + lapse.days * DAY);
  const facts = { lapseDay: day(at) };
  if (begun[`last-order:${lastOrderAt.toISOString()}`]) return { state: 'lapsed-done', facts, next: null };
  // The night before finds whoever lapses by the end of the day.
  const next = nextLocalTime(later(onLocalDay(localDay(at, zone), zone, MORNING), now), zone, MORNING);
  if (at > now) {
    const count = Math.floor((now.getTime() - lastOrderAt.getTime()) / DAY);
    const told = { ...facts, count, days: lapse.days, usualGapDays: lapse.usualGapDays };
    return { state: `not-lapsed-${lapse.by}`, facts: told, next };
  }
  if (standingUntil && at <= standingUntil)
    return { state: 'lapsed-before-on', facts: { ...facts, onDay: day(standingUntil) }, next: null };
  const reached = at.getTime() > now.getTime() - SCAN_REACH_DAYS * DAY;
  return reached
    ? { state: 'lapsed', facts, next }
    : { state: 'lapsed-long-ago', facts: { ...facts, days: SCAN_REACH_DAYS }, next: null };
}

function vip(look: Standing, { every }: Extract<Trigger, { on: 'vip' }>, now: Date): Found & { next: Date | null } {
  const { history, definition, zone } = look;
  const { vipSince, onSince, standingUntil, begun } = history;
  if (!vipSince) {
    const { audience } = definition;
    const found = notVip(history, audience && isVipRule(audience) ? audience : DEFAULT_VIP_RULE);
    return { ...found, next: found.state === 'vip-coming' ? nextLocalTime(now, zone, MORNING) : null };
  }
  const membership = `vip:${vipSince.toISOString()}:`;
  const everBegun = Object.keys(begun).some((occurrence) => occurrence.startsWith(membership));
  if (standingUntil && vipSince <= standingUntil && !everBegun)
    return { state: 'vip-before-on', facts: { onDay: day(standingUntil) }, next: null };
  const period = Math.max(0, Math.floor((now.getTime() - vipSince.getTime()) / durationMs(every)));
  const beginning = (of: number) => new Date(vipSince.getTime() + of * durationMs(every));
  const facts = { vipDay: day(vipSince) };
  const began = beginning(period);
  const written = begun[`${membership}${period}`] !== undefined;
  const over = now.getTime() - began.getTime() >= SCAN_REACH_DAYS * DAY;
  const before = onSince !== null && began <= onSince;
  const next = nextLocalTime(written || over || before ? beginning(period + 1) : now, zone, MORNING);
  return { state: 'vip', facts, next };
}

function notVip({ spent: { orders, net }, best }: History, rule: VipRule): Found {
  const coming: Found = { state: 'vip-coming', facts: {} };
  if (rule.by === 'orders') {
    if (orders >= rule.count) return coming;
    return { state: 'not-vip-orders', facts: { count: orders, least: rule.count } };
  }
  if (rule.by === 'spend') {
    if (Number(net) > 0 && Number(net) >= Number(rule.amount)) return coming;
    return { state: 'not-vip-spend', facts: { spent: net, from: rule.amount } };
  }
  const { percent } = rule;
  if (!best || best.percent !== percent) return { state: 'not-vip-uncounted', facts: { spent: net, percent } };
  if (Number(net) < Number(best.from))
    return { state: 'not-vip-share', facts: { spent: net, from: best.from, percent } };
  return orders < VIP_MIN_ORDERS ? { state: 'not-vip-one-order', facts: { least: VIP_MIN_ORDERS } } : coming;
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}
