/** How many e-mails a shop may still send for now, where something limits it. Made by the claim, asked by the last look. */
import { HOUR } from '../lib/duration';
import type { Facts, Reason } from './reason';

export interface Allowance {
  reason: Extract<Reason, 'sending-slowed' | 'new-sender-domain' | 'shared-sender-limit'>;
  facts: Facts;
  most: number;
  /** What went out already within the span, or is about to. */
  used: number;
  /** When there is room again. */
  until: Date;
  /** Of those put off for it: how many an hour may go, and how many stand before the next one. */
  waves: { each: number; waiting: number } | null;
}

/** A share is kept for what shoppers have just begun themselves: carts, back in stock, welcomes, prices that fell. */
const KEPT_SHARE = 0.25;
const LEAST_URGENT_OF_KEPT = 5;

/** Whether one more e-mail of this priority (1 is the most important) has room. */
export function hasRoom({ most, used }: Allowance, priority: number): boolean {
  const kept = priority <= LEAST_URGENT_OF_KEPT ? 0 : Math.ceil(most * KEPT_SHARE);
  return used < most - kept;
}

/** When those without room are looked at again: wave after wave, so that not all of them wake for a few places. */
export function waveOf({ until, waves }: Allowance): Date {
  return waves ? new Date(until.getTime() + Math.floor(waves.waiting / waves.each) * HOUR) : until;
}
