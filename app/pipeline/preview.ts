/** Any e-mail as any customer would get it, now: the same content, values and filling as the sender's, nothing written, nothing sent. */

import type { BrandSettings } from '../domain/brand';
import { emailSteps, type ScenarioKey } from '../domain/scenario';
import { shopperLanguage } from '../domain/shop';
import { armOf, subjectFor } from '../emails/arm';
import type { CompiledEmail } from '../emails/compiled';
import { fillEmail } from '../emails/fill';
import { tooLarge } from '../emails/findings';
import type { EmailValues } from '../emails/values';
import { withoutBlockComments } from '../lib/block-marks';
import type { Clock } from '../lib/clock';
import type { Language } from '../lib/language';
import { type MinuteOfDay, onLocalDay } from '../lib/time-zone';
import { CATALOGUE } from '../scenarios/catalogue';
import { type FieldError, parseOverlay, withOverlay } from '../scenarios/overlay';
import { findCustomerRow } from '../store/engagement';
import { type Db, inShop, type ShopScope } from '../store/scope';
import { loadShop } from '../store/shop-settings';
import { checkOverlay, type EditPlace, sizeErrors } from './check-overlay';
import { brandOf, type CompiledEmails, contentOf } from './compiled-emails';
import { type EffectiveScenario, loadScenario } from './effective-scenario';
import type { Links } from './message-values';
import { type ExampleNote, showFor } from './preview-values';
import { type SenderSettings, senderOf } from './sender';

/** Of a day that was chosen: an hour at which e-mails go out. */
const NOON: MinuteOfDay = 12 * 60;

export interface PreviewInput {
  key: ScenarioKey;
  /** Key of the e-mail within the scenario. */
  email: string;
  /** Null: a made-up person with made-up products where the shop has none to show. */
  customerId: string | null;
  /** Null: the person's own. */
  language: Language | null;
  /** As if it went out on this day of the shop's, `YYYY-MM-DD`; null or absent: now. Prices and stock are today's either way. */
  day?: string | null;
  /** An unsaved look, instead of the shop's. */
  brand?: BrandSettings;
  /** The owner's unsaved edit, laid over instead of the saved one. */
  draft?: unknown;
}

export interface PreviewParts {
  db: Db;
  clock: Clock;
  compiled: CompiledEmails;
  links: Links;
  settings: SenderSettings;
}

export type PreviewNote = ExampleNote | 'own-subject' | 'sender-missing' | 'address-missing' | 'too-large';

export interface RenderedPreview {
  subject: string;
  html: string;
  text: string;
  language: Language;
  from: string;
  to: string | null;
  notes: PreviewNote[];
}

export interface Preview {
  render(shopId: number, input: PreviewInput): Promise<RenderedPreview | { error: FieldError[] }>;
}

export function makePreview(parts: PreviewParts): Preview {
  return {
    async render(shopId, input) {
      const composed = await composeEmail(parts, shopId, input, { blockMarks: true });
      if ('error' in composed) return composed;
      const filled = fillEmail(composed.compiled, composed.values);
      const { subject, html, text } = filled;
      const isLarge = tooLarge(composed.compiled, { ...filled, html: withoutBlockComments(html) }) !== null;
      return {
        subject,
        html,
        text,
        language: composed.compiled.language,
        from: composed.from,
        to: composed.to,
        notes: isLarge ? ['too-large', ...composed.notes] : composed.notes,
      };
    },
  };
}

export interface Composed {
  compiled: CompiledEmail;
  values: EmailValues;
  from: string;
  to: string | null;
  notes: PreviewNote[];
}

/** Compiles and gathers; shared by the preview and the test send, so that they cannot differ. */
export async function composeEmail(
  parts: PreviewParts,
  shopId: number,
  input: PreviewInput,
  { blockMarks = false }: { blockMarks?: boolean } = {},
): Promise<Composed | { error: FieldError[] }> {
  const gathered = await inShop(parts.db, shopId, (shop) => gather(parts, shop, input));
  if (gathered.error) return { error: gathered.error };
  const { scenario, brand, values, language } = gathered;
  // An edit is looked at as a whole, as saving does: whatever is refused there is marked here already.
  const errors =
    input.draft === undefined ? [] : await sizeErrors({ compiled: parts.compiled, brand }, scenario.overlay);
  if (errors.length > 0) return { error: errors };
  const content = contentOf(scenario, input.key, input.email);
  const compiled = await parts.compiled.get({
    content,
    brand,
    language,
    values,
    blockMarks,
  });
  const hasOwnSubject = subjectFor(content, armOf(content, values)) !== undefined;
  const notes: PreviewNote[] = hasOwnSubject ? ['own-subject', ...gathered.notes] : gathered.notes;
  return { compiled, values, from: gathered.from, to: gathered.to, notes };
}

async function gather(parts: PreviewParts, scope: ShopScope, input: PreviewInput) {
  const shop = await loadShop(scope);
  const scenario = await scenarioOf(scope, input, { shop, now: parts.clock.now() });
  if ('error' in scenario) return { error: scenario.error };
  const step = emailSteps(scenario.definition).find((one) => one.email === input.email);
  if (!step) return { error: [{ path: 'email', code: 'unknown-email' }] };
  const row = input.customerId === null ? null : await findCustomerRow(scope, input.customerId);
  if (input.customerId !== null && !row) return { error: [{ path: 'customerId', code: 'unknown-customer' }] };
  const sender = senderOf(shop, parts.settings);
  const now = parts.clock.now();
  const language = input.language ?? shopperLanguage(shop, row?.preferences.language, row?.locale);
  const { values, notes } = await showFor(scope, {
    shop,
    row,
    scenario,
    key: input.key,
    step,
    language,
    links: parts.links,
    now,
    sentAt: input.day ? onLocalDay(input.day, shop.timeZone, NOON) : now,
  });
  return {
    scenario,
    brand: brandOf(input.brand ? { ...shop, settings: { ...shop.settings, brand: input.brand } } : shop),
    values,
    language,
    notes: sender.state === 'ready' ? notes : [sender.state, ...notes],
    from: sender.state === 'ready' ? `${sender.from.name} <${sender.from.email}>` : shop.name,
    to: row?.email ?? null,
  };
}

/** The scenario as saved, or with the draft laid over it; the draft's refused fields otherwise. */
async function scenarioOf(
  scope: ShopScope,
  { key, draft }: PreviewInput,
  place: EditPlace,
): Promise<EffectiveScenario | { error: FieldError[] }> {
  const saved = await loadScenario(scope, key);
  if (draft === undefined) return saved;
  const strict = checkOverlay(key, draft, place);
  // Steps in an order that cannot be saved yet hide no e-mail: the page says at the step what is wrong.
  const isSteps = !strict.ok && strict.errors.every(({ path }) => path.startsWith('steps.'));
  const checked = isSteps ? parseOverlay(CATALOGUE[key], draft) : strict;
  if (!checked.ok) return { error: checked.errors };
  return { ...saved, overlay: checked.overlay, definition: withOverlay(CATALOGUE[key], checked.overlay) };
}
