/**
 * What an e-mail gives: a Shopify discount with a code for each shopper, or one code of the owner's for everybody. Kept
 * in the scenario's settings, and with each code as it was when the code was made.
 */
import { DAY, HOUR } from '../lib/duration';
import type { Language } from '../lib/language';
import { localDay, nextLocalTime } from '../lib/time-zone';

interface Limits {
  /** Decimal string in the shop's currency the order must reach; null for none. */
  minimum: string | null;
  /** Days of validity: a code made today counts until the end of the shop's day this many days on. */
  validDays: number;
}

/** What a percentage or an amount is taken off. Ids are Shopify's numeric ones, titles what the owner saw when choosing. */
export type OfferItems =
  | { on: 'all' }
  | { on: 'products'; items: readonly { id: string; title: string }[] }
  | { on: 'collections'; items: readonly { id: string; title: string }[] };

/** `percent`: whole, 1 to 100. */
export interface PercentageOffer extends Limits {
  kind: 'percentage';
  percent: number;
  items: OfferItems;
}

/** `amount`: decimal string in the shop's currency. */
export interface AmountOffer extends Limits {
  kind: 'amount';
  amount: string;
  items: OfferItems;
}

export interface FreeShippingOffer extends Limits {
  kind: 'free-shipping';
}

/** A code the owner made in Shopify: the same for everybody, and theirs to keep alive. */
export interface FixedCodeOffer {
  kind: 'fixed-code';
  code: string;
  /** What it gives, as shoppers read it. */
  description: Record<Language, string>;
  /** Its last day, `YYYY-MM-DD`; null when it has no end. */
  endsOn: string | null;
}

/** The offers Shopify makes codes for. */
export type MadeOffer = PercentageOffer | AmountOffer | FreeShippingOffer;

export type Offer = MadeOffer | FixedCodeOffer;

/** What an order must reach, or null where nothing is asked of it. */
export function minimumOf({ minimum }: MadeOffer): string | null {
  return minimum !== null && Number(minimum) > 0 ? minimum : null;
}

/** A shopper's code as decisions see it. */
export interface ShopperCode {
  code: string;
  /** As it was when the code was made. */
  offer: Offer;
  /** The first moment it no longer counts; null when it has no end. */
  endsAt: Date | null;
  /** When the first e-mail that shows it went out; null while none did. */
  givenAt: Date | null;
  usedAt: Date | null;
}

/** Why a code cannot be shown any more, or null while it can. */
export function codeOver(code: ShopperCode, now: Date): 'code-used' | 'code-ended' | null {
  if (code.usedAt) return 'code-used';
  return code.endsAt && code.endsAt <= now ? 'code-ended' : null;
}

/** The last day of a code made now, `YYYY-MM-DD` on the shop's calendar. */
export function lastDayOf(offer: Limits, now: Date, zone: string): string {
  const today = Date.parse(`${localDay(now, zone)}T00:00:00Z`);
  return new Date(today + offer.validDays * DAY).toISOString().slice(0, 10);
}

/** The midnight that ends this day in `zone`: the first moment a code with this last day no longer counts. */
export function endOfDay(day: string, zone: string): Date {
  // No zone is further ahead: this lies before the end of that day everywhere.
  let at = new Date(Date.parse(`${day}T00:00:00Z`) + DAY - 14 * HOUR);
  for (;;) {
    const midnight = nextLocalTime(at, zone, 0);
    if (localDay(midnight, zone) > day) return midnight;
    at = new Date(midnight.getTime() + 1);
  }
}
