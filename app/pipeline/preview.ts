/** Any e-mail as any customer would get it, now: the same content, values and filling as the sender's, nothing written, nothing sent. */

import { groundFor } from '../domain/consent';
import type { EmailStep, ScenarioKey } from '../domain/scenario';
import { emailSteps } from '../domain/scenario';
import type { CompiledEmail } from '../emails/compiled';
import { fillEmail } from '../emails/fill';
import { sampleValues } from '../emails/sample';
import type { EmailValues } from '../emails/values';
import type { Clock } from '../lib/clock';
import { type Language, languageFor } from '../lib/language';
import { CATALOGUE } from '../scenarios/catalogue';
import type { FieldError } from '../scenarios/overlay';
import { findCustomerRow } from '../store/engagement';
import { toCustomer } from '../store/last-look';
import { findLatestCheckout } from '../store/latest-checkout';
import { type Db, inShop, type ShopScope } from '../store/scope';
import { loadShop } from '../store/shop-settings';
import { checkOverlay } from './check-overlay';
import { brandOf, type CompiledEmails, contentOf } from './compiled-emails';
import { type EffectiveScenario, loadScenario } from './effective-scenario';
import { type Links, loadShelf, valuesFor } from './message-values';
import { type SenderSettings, senderOf } from './sender';

export interface PreviewInput {
  key: ScenarioKey;
  /** Key of the e-mail within the scenario. */
  email: string;
  /** Null: a made-up person with made-up products where the shop has none to show. */
  customerId: string | null;
  /** Null: the person's own. */
  language: Language | null;
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

export type PreviewNote = 'sample-data' | 'sample-cart' | 'no-consent' | 'sender-missing' | 'address-missing';

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
      const composed = await composeEmail(parts, shopId, input);
      if ('error' in composed) return composed;
      const { subject, html, text } = fillEmail(composed.compiled, composed.values);
      return {
        subject,
        html,
        text,
        language: composed.compiled.language,
        from: composed.from,
        to: composed.to,
        notes: composed.notes,
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
): Promise<Composed | { error: FieldError[] }> {
  const step = emailSteps(CATALOGUE[input.key]).find((one) => one.email === input.email);
  if (!step) return { error: [{ path: 'email', code: 'unknown-email' }] };
  const gathered = await inShop(parts.db, shopId, (shop) => gather(parts, shop, { input, step }));
  if (gathered.error) return { error: gathered.error };
  const { scenario, brand, values, language } = gathered;
  const compiled = await parts.compiled.get({
    content: contentOf(scenario, input.key, input.email),
    brand,
    language,
    values,
  });
  return { compiled, values, from: gathered.from, to: gathered.to, notes: gathered.notes };
}

async function gather(
  parts: PreviewParts,
  scope: ShopScope,
  { input, step }: { input: PreviewInput; step: EmailStep },
) {
  const shop = await loadShop(scope);
  const saved = await loadScenario(scope, input.key);
  let scenario: EffectiveScenario = saved;
  if (input.draft !== undefined) {
    const checked = checkOverlay(input.key, input.draft);
    if (!checked.ok) return { error: checked.errors };
    scenario = { ...saved, overlay: checked.overlay };
  }
  const row = input.customerId === null ? null : await findCustomerRow(scope, input.customerId);
  if (input.customerId !== null && !row) return { error: [{ path: 'customerId', code: 'unknown-customer' }] };
  const sender = senderOf(shop, parts.settings);
  const notes: PreviewNote[] = sender.state === 'ready' ? [] : [sender.state];
  const language = input.language ?? languageFor(row?.locale, shop.locale);
  const sample = sampleValues(language);
  const ground = row
    ? groundFor(toCustomer(row), scenario.definition, shop.settings)
    : { ground: 'subscribed' as const };
  if ('refused' in ground) notes.push('no-consent');
  const checkout = row && input.key === 'abandoned-checkout' ? await findLatestCheckout(scope, row.id) : null;
  const now = parts.clock.now();
  const shelf = await loadShelf(scope, checkout ? [checkout] : [], now);
  const real = valuesFor({
    shop,
    shelf,
    links: parts.links,
    person: row ?? { id: 'sample', firstName: sample.firstName, locale: language },
    scenario: input.key,
    step: step.id,
    messageId: null,
    checkoutId: checkout ?? undefined,
    boughtAtCheckout: false,
    ground: 'ground' in ground ? ground.ground : 'subscribed',
    language,
  });
  if (!row) notes.push('sample-data');
  const wantsCart = input.key === 'abandoned-checkout' && real.items.length === 0;
  if (wantsCart && row) notes.push('sample-cart');
  const values: EmailValues = {
    ...real,
    ...(wantsCart ? { items: sample.items, total: sample.total, checkoutUrl: shop.url } : {}),
    mostBought: real.mostBought.length > 0 ? real.mostBought : row ? [] : sample.mostBought,
  };
  const from = sender.state === 'ready' ? `${sender.from.name} <${sender.from.email}>` : shop.name;
  return { scenario, brand: brandOf(shop), values, language, notes, from, to: row?.email ?? null };
}
