/** Checks an owner's edit as a whole: delays and conditions against the steps, e-mails against their blocks. Asked by saving and by the preview of a draft. */
import type { ScenarioKey } from '../domain/scenario';
import type { Shop } from '../domain/shop';
import type { Brand } from '../emails/brand';
import { parseEmailContent } from '../emails/content';
import { fillEmail } from '../emails/fill';
import { inKilobytes, MAX_HTML_BYTES, tooLarge } from '../emails/findings';
import { largestValues } from '../emails/largest-values';
import { LANGUAGES } from '../lib/language';
import { localDay } from '../lib/time-zone';
import { CATALOGUE } from '../scenarios/catalogue';
import { type FieldError, type Overlay, parseOverlay } from '../scenarios/overlay';
import type { CompiledEmails } from './compiled-emails';

/** Where and when an edit is made: money has the shop's decimals, and days are its own. */
export interface EditPlace {
  shop: Pick<Shop, 'currency' | 'timeZone'>;
  now: Date;
}

/** The edit, or every field of it that is refused, with its path in the form. */
export function checkOverlay(
  key: ScenarioKey,
  input: unknown,
  { shop, now }: EditPlace,
): ReturnType<typeof parseOverlay> {
  const context = { currency: shop.currency, today: localDay(now, shop.timeZone) };
  const parsed = parseOverlay(CATALOGUE[key], input, context);
  const errors = [...(parsed.ok ? [] : parsed.errors), ...emailErrors(input)];
  return parsed.ok && errors.length === 0 ? parsed : { ok: false, errors };
}

/** What is wrong inside the e-mails, whatever else is wrong with the edit. */
function emailErrors(input: unknown): FieldError[] {
  const emails: unknown = typeof input === 'object' && input !== null ? Reflect.get(input, 'emails') : null;
  if (typeof emails !== 'object' || emails === null) return [];
  return Object.entries(emails).flatMap(([email, content]) => {
    const checked = parseEmailContent(content);
    // What is compiled goes by the key in it.
    if (checked.ok) return checked.content.key === email ? [] : [{ path: `emails.${email}.key`, code: 'malformed' }];
    return checked.issues.map(({ path, code, details }) => ({
      path: `emails.${email}.${path}`,
      code,
      params: details,
    }));
  });
}

/** The edited e-mails that would be too large to arrive whole, in the shop's own look; called once the edit is sound otherwise. */
export async function sizeErrors(
  { compiled, brand }: { compiled: CompiledEmails; brand: Brand },
  overlay: Overlay,
): Promise<FieldError[]> {
  const errors: FieldError[] = [];
  for (const [email, input] of Object.entries(overlay.emails ?? {})) {
    const parsed = parseEmailContent(input);
    if (!parsed.ok) continue;
    const sizes: number[] = [];
    for (const language of LANGUAGES) {
      const values = largestValues(parsed.content, language);
      const one = await compiled.get({ content: parsed.content, brand, language, values });
      sizes.push(tooLarge(one, fillEmail(one, values)) ?? 0);
    }
    const largest = Math.max(...sizes);
    if (largest === 0) continue;
    const params = { size: inKilobytes(largest), max: inKilobytes(MAX_HTML_BYTES) };
    errors.push({ path: `emails.${email}.blocks`, code: 'too-large', params });
  }
  return errors;
}
