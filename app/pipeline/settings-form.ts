/** The owner's settings at the door, but for the brand, which has its own: every refused field is named with why, so that the page can say it beside the field. */
import { z } from 'zod';
import { METAFIELD_KEY } from '../domain/birth-date-source';
import { CHECKOUT_RULES, type CheckoutRule, ELSEWHERE, isAsStrict } from '../domain/checkout-rule';
import { checkoutGroundRule } from '../domain/consent';
import { isPublicMailDomain } from '../domain/sender-domain';
import type { ShopSettings } from '../domain/shop';
import { LANGUAGES } from '../lib/language';
import { storableText } from '../lib/storable-text';
import type { FieldError } from '../scenarios/overlay';

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is being refused
const BREAKS = /[\u0000-\u001f\u007f\u2028\u2029]/;

/** One line: these stand in headers and in the footer's address. */
const text = (max: number) =>
  z
    .string()
    .overwrite(storableText)
    .trim()
    .max(max, 'too-long')
    .refine((value) => !BREAKS.test(value), 'line-break');
const optionalText = (max: number) =>
  text(max)
    .nullable()
    .transform((value) => value || null);
const optionalEmail = z
  .string()
  .trim()
  .nullable()
  .transform((value) => value || null)
  .pipe(z.email('not-an-email').nullable());
const minute = z.number('not-a-number').int('not-a-number').min(0, 'out-of-range').max(1439, 'out-of-range');
const within = (min: number, max: number) =>
  z.number('not-a-number').int('not-a-number').min(min, 'out-of-range').max(max, 'out-of-range');

const leftOutSegments = z
  .array(z.object({ id: z.string().regex(/^gid:\/\/shopify\/Segment\/\d{1,30}$/, 'malformed'), name: text(255) }))
  .max(20, 'too-many')
  .transform((segments) => [...new Map(segments.map((segment) => [segment.id, segment])).values()]);

/** The owner may be stricter than the country table, never wider. */
const checkoutCountries = z
  .record(z.string().regex(new RegExp(`^([A-Z]{2}|${ELSEWHERE})$`)), z.enum(CHECKOUT_RULES, 'not-a-choice'))
  .superRefine((countries: Record<string, CheckoutRule>, context) => {
    for (const [country, rule] of Object.entries(countries)) {
      if (isAsStrict(rule, checkoutGroundRule(country).rule)) continue;
      context.addIssue({ code: 'custom', path: [country], message: 'wider-than-country' });
    }
  });

const languages = z
  .object({
    use: z
      .array(z.enum(LANGUAGES, 'not-a-choice'))
      .min(1, 'no-language')
      .transform((used) => LANGUAGES.filter((one) => used.includes(one))),
    fallback: z.enum(LANGUAGES, 'not-a-choice').nullable(),
  })
  .refine(({ use, fallback }) => fallback === null || use.includes(fallback), {
    path: ['fallback'],
    error: 'language-not-used',
  });

/** The name of a metafield goes into a query as it is, so it may be nothing else. */
const birthDateFrom = z.discriminatedUnion('from', [
  z.object({ from: z.literal('metafield'), key: z.string().trim().regex(METAFIELD_KEY, 'not-a-metafield') }),
  z.object({ from: z.literal('tag'), prefix: text(100).min(1, 'required') }),
]);

const settingsSchema = z.object({
  senderName: optionalText(100),
  senderEmail: optionalEmail.refine(
    (value) => value === null || !isPublicMailDomain(value.split('@')[1] ?? ''),
    'public-mail-domain',
  ),
  replyTo: optionalEmail,
  address: z
    .object({
      company: text(120),
      line1: text(120).min(1, 'required'),
      line2: text(120),
      postalCode: text(20),
      city: text(80).min(1, 'required'),
      region: text(80),
      country: text(80),
    })
    .nullable(),
  quietHours: z.object({ from: minute, to: minute }),
  frequency: z.object({ gapHours: within(0, 168), maxIn7Days: within(1, 21) }),
  leftOutTags: z.array(text(255).min(1, 'required')).max(50, 'too-many'),
  leftOutSegments,
  checkoutGround: z.enum(['subscribed', 'left-address'], 'not-a-choice'),
  checkoutCountries,
  confirmedOnly: z.boolean('malformed'),
  attributionDays: within(1, 30),
  birthDateFrom,
  languages,
});

export type SettingsChanges = { [K in keyof Omit<ShopSettings, 'brand'>]?: ShopSettings[K] };

/** @param input what the owner changed; a setting that is absent stays as it is */
export function parseSettings(
  input: unknown,
): { ok: true; changes: SettingsChanges } | { ok: false; errors: FieldError[] } {
  const parsed = settingsSchema.partial().safeParse(input);
  if (parsed.success) return { ok: true, changes: withoutAbsent(parsed.data) };
  return {
    ok: false,
    errors: parsed.error.issues.map((issue) => ({
      path: issue.path.join('.'),
      code: /^[a-z-]+$/.test(issue.message) ? issue.message : 'malformed',
      ...('maximum' in issue ? { params: limits(issue) } : {}),
    })),
  };
}

/** Zod's types let a field be there and undefined, which JSON cannot say. */
const withoutAbsent = (read: { [K in keyof SettingsChanges]: SettingsChanges[K] | undefined }) =>
  Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)) as SettingsChanges;

function limits(issue: object): Record<string, number> {
  const maximum: unknown = Reflect.get(issue, 'maximum');
  return typeof maximum === 'number' ? { max: maximum } : {};
}
