/** Checks what the owner chose a scenario to give and whom it concerns, field by field. Called by `parseOverlay`. */
import { z } from 'zod';
import type { Audience } from '../domain/audience';
import type { Offer } from '../domain/offer';
import { OFFER_CODES } from './offer-codes';

/** What a check needs to know beyond the form; absent where what was saved before is read again. */
export interface OfferContext {
  /** ISO 4217; amounts have at most its decimals. */
  currency: string;
  /** The shop's day, `YYYY-MM-DD`; a code of the owner's own must count today. */
  today: string;
}

export type Checked<T> = { ok: true; value: T } | { ok: false; errors: { path: string; code: string }[] };

const MOST_ITEMS = 100;
const MOST_VALID_DAYS = 365;
/** Longer than any code or sentence needs, and what Shopify takes for a code. */
const LONGEST_CODE = 255;
const LONGEST_DESCRIPTION = 120;

const whole = (code: string, { min, max }: { min: number; max: number }) =>
  z.number({ error: code }).int({ error: code }).min(min, { error: code }).max(max, { error: code });

/** A decimal string above zero: at most nine digits before the point, and the currency's decimals behind it. */
function money(code: string, context: OfferContext | undefined) {
  return z
    .string({ error: code })
    .transform((text) => text.trim().replace(',', '.'))
    .superRefine((text, issues) => {
      const [, decimals] = /^\d{1,9}(?:\.(\d{1,4}))?$/.exec(text) ?? [null, null];
      if (decimals === null || Number(text) <= 0) issues.addIssue({ code: 'custom', message: code });
      else if (context && (decimals ?? '').length > decimalsOf(context.currency))
        issues.addIssue({ code: 'custom', message: 'too-many-decimals' });
    });
}

function decimalsOf(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

const chosenItems = z
  .array(z.object({ id: z.string().regex(/^\d+$/), title: z.string().max(255) }))
  .min(1, { error: 'offer-items-none' })
  .max(MOST_ITEMS, { error: 'offer-items-many' });

const items = z.discriminatedUnion('on', [
  z.object({ on: z.literal('all') }),
  z.object({ on: z.literal('products'), items: chosenItems }),
  z.object({ on: z.literal('collections'), items: chosenItems }),
]);

const description = z
  .string({ error: 'offer-description' })
  .transform((text) => text.trim())
  .pipe(z.string().min(1, { error: 'offer-description' }).max(LONGEST_DESCRIPTION, { error: 'offer-description' }));

/** A day of the calendar, today or later. */
function lastDay(context: OfferContext | undefined) {
  return z.string({ error: 'offer-day' }).superRefine((day, issues) => {
    if (!isDay(day)) issues.addIssue({ code: 'custom', message: 'offer-day' });
    else if (context && day < context.today) issues.addIssue({ code: 'custom', message: 'offer-day-past' });
  });
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function offerShape(context: OfferContext | undefined) {
  const limits = {
    minimum: money('offer-minimum', context).nullable(),
    validDays: whole('offer-valid-days', { min: 1, max: MOST_VALID_DAYS }),
  };
  return z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('percentage'),
      percent: whole('offer-percent', { min: 1, max: 100 }),
      items,
      ...limits,
    }),
    z.object({ kind: z.literal('amount'), amount: money('offer-amount', context), items, ...limits }),
    z.object({ kind: z.literal('free-shipping'), ...limits }),
    z.object({
      kind: z.literal('fixed-code'),
      // What a shopper can copy: printable, no space around it.
      code: z
        .string({ error: 'offer-code' })
        .max(LONGEST_CODE, { error: 'offer-code' })
        .regex(/^[\p{L}\p{M}\p{N}\p{P}\p{S}]+(?: [\p{L}\p{M}\p{N}\p{P}\p{S}]+)*$/u, { error: 'offer-code' }),
      description: z.object({ fr: description, en: description }),
      endsOn: lastDay(context).nullable(),
    }),
  ]);
}

/**
 * The offer as it is kept, or its refused fields under `offer.`.
 * @param input an `Offer` as typed; null for none
 */
export function parseOffer(input: unknown, context?: OfferContext): Checked<Offer | null> {
  return checked('offer', offerShape(context).nullable().safeParse(input));
}

const lapse = z.discriminatedUnion('by', [
  z.object({ by: z.literal('usual-gap') }),
  z.object({ by: z.literal('days'), days: whole('audience-days', { min: 7, max: 730 }) }),
]);

function vipShape(context: OfferContext | undefined) {
  return z.discriminatedUnion('by', [
    z.object({ by: z.literal('share'), percent: whole('audience-percent', { min: 1, max: 50 }) }),
    z.object({ by: z.literal('spend'), amount: money('audience-spend', context) }),
    z.object({ by: z.literal('orders'), count: whole('audience-orders', { min: 2, max: 1000 }) }),
  ]);
}

/**
 * Whom the scenario concerns as it is kept, or the refused fields under `audience.`.
 * @param kind what the prebuilt scenario looks for
 */
export function parseAudience(kind: 'lapse' | 'vip', input: unknown, context?: OfferContext): Checked<Audience> {
  return kind === 'lapse'
    ? checked('audience', lapse.safeParse(input))
    : checked('audience', vipShape(context).safeParse(input));
}

/** zod's answer with our paths and codes; what no form of ours sends is `malformed`. */
function checked<T>(path: string, parsed: z.ZodSafeParseResult<T>): Checked<T> {
  if (parsed.success) return { ok: true, value: parsed.data };
  return {
    ok: false,
    errors: parsed.error.issues.map((issue) => ({
      path: [path, ...issue.path].join('.'),
      code: OFFER_CODES.find((code) => code === issue.message) ?? 'malformed',
    })),
  };
}
