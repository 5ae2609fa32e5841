/** Compiled e-mails, kept while they are current: React renders each arm once, everybody after that is filled in microseconds. */
import { createHash } from 'node:crypto';
import type { ScenarioKey } from '../domain/scenario';
import type { Shop } from '../domain/shop';
import { type Arm, armOf } from '../emails/arm';
import { type Brand, contrast, defaultBrand, type Palette } from '../emails/brand';
import { compileEmail } from '../emails/compile';
import type { CompiledEmail } from '../emails/compiled';
import { type EmailContent, parseEmailContent } from '../emails/content';
import type { EmailValues } from '../emails/values';
import { invariant } from '../lib/invariant';
import type { Language } from '../lib/language';
import { PREBUILT_EMAILS } from '../scenarios/emails';
import type { EffectiveScenario } from './effective-scenario';
import { postalAddressOf } from './sender';

/** WCAG AA for text. */
const READABLE = 4.5;

/** Old ones go first; one is some 50 kB. */
const MOST_KEPT = 200;

/** The content of one e-mail as it counts for the shop: the owner's version where there is a sound one, else the prebuilt. */
export function contentOf(scenario: EffectiveScenario, key: ScenarioKey, email: string): EmailContent {
  const own = scenario.overlay.emails?.[email];
  const parsed = own === undefined ? null : parseEmailContent(own);
  if (parsed?.ok) return parsed.content;
  const prebuilt = PREBUILT_EMAILS[key].find((one) => one.key === email);
  invariant(prebuilt, `scenario ${key} has no e-mail ${email}`);
  return prebuilt;
}

/** The shop's look, from its own settings. */
export function brandOf(shop: Shop & { settingsVersion: number }): Brand {
  const base = defaultBrand({
    name: shop.settings.senderName ?? shop.name,
    storeUrl: shop.url,
    postalAddress: postalAddressOf(shop),
  });
  const { logoUrl, buttonColor } = shop.settings.brand;
  return {
    ...base,
    logoUrl,
    colors: buttonColor ? { ...base.colors, ...buttonColors(base.colors, buttonColor) } : base.colors,
    version: shop.settingsVersion,
  };
}

/** The owner's color, with the text on it that can be read, and for links only where it can be read itself. */
function buttonColors(colors: Palette, button: string): Partial<Palette> {
  const isDark = contrast(button, colors.buttonText) >= contrast(button, colors.text);
  const isReadable = contrast(button, colors.surface) >= READABLE;
  return { button, buttonText: isDark ? colors.buttonText : colors.text, ...(isReadable ? { link: button } : {}) };
}

const fingerprints = new WeakMap<object, string>();

/** A short name for a value that is never changed after it was made. */
function fingerprint(value: object): string {
  const known = fingerprints.get(value);
  if (known) return known;
  const made = createHash('sha256').update(JSON.stringify(value)).digest('base64url');
  fingerprints.set(value, made);
  return made;
}

export interface CompiledEmails {
  get(input: { content: EmailContent; brand: Brand; language: Language; values: EmailValues }): Promise<CompiledEmail>;
}

export function makeCompiledEmails(): CompiledEmails {
  const kept = new Map<string, Promise<CompiledEmail>>();
  return {
    get({ content, brand, language, values }) {
      const arm: Arm = armOf(content, values);
      // What it is made of, not a counter: names and addresses change without any edit of the owner.
      const key = [fingerprint(content), fingerprint(brand), language, arm.join('+')].join('|');
      const known = kept.get(key);
      if (known) {
        kept.delete(key);
        kept.set(key, known);
        return known;
      }
      const made = compileEmail({ content, brand, language, arm });
      kept.set(key, made);
      // A rendering that failed is tried again next time instead of failing for ever.
      made.catch(() => kept.delete(key));
      const oldest = kept.keys().next().value;
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      return made;
    },
  };
}
