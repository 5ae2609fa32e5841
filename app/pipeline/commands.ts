/** What the owner does in the admin: the only way routes change anything. */

import { isSameSource } from '../domain/birth-date-source';
import { emailSteps, type ScenarioKey } from '../domain/scenario';
import { isOwnDomain } from '../domain/sender-domain';
import type { Shop } from '../domain/shop';
import { fillEmail } from '../emails/fill';
import type { Mailer } from '../gateways/sendgrid/mailer';
import type { SenderCheck } from '../gateways/sendgrid/senders';
import type { Clock } from '../lib/clock';
import type { Language } from '../lib/language';
import type { Queue } from '../queue/enqueue';
import { CATALOGUE } from '../scenarios/catalogue';
import type { FieldError } from '../scenarios/overlay';
import { restartKind } from '../store/imports';
import { releaseHeld } from '../store/messages';
import { saveOverlay, setScenarioEnabled } from '../store/scenarios';
import { type Db, inShop } from '../store/scope';
import { loadShop, saveShopSettings, setShopPaused } from '../store/shop-settings';
import { checkOverlay, sizeErrors } from './check-overlay';
import { brandOf, type CompiledEmails } from './compiled-emails';
import { type EnrolledStanding, makeEnrollStanding } from './enroll-standing';
import { makeRetryImport } from './import/install';
import { type Links, preferenceLinks, SAMPLE_PERSON } from './message-values';
import { composeEmail } from './preview';
import { isScanned } from './scan-time';
import { type SenderSettings, senderOf } from './sender';
import { parseSettings } from './settings-form';
import { makeStopPerson, type StopPerson } from './stop-person';

export type Saved = { ok: true } | { ok: false; errors: FieldError[] };

export interface TestSend {
  key: ScenarioKey;
  email: string;
  to: string;
  language: Language;
  customerId?: string | null;
  draft?: unknown;
}

export interface Commands {
  switchScenario(shopId: number, key: ScenarioKey, on: boolean): Promise<void>;
  pauseEverything(shopId: number, paused: boolean): Promise<void>;
  saveScenario(shopId: number, key: ScenarioKey, overlay: unknown): Promise<Saved>;
  resetScenario(shopId: number, key: ScenarioKey): Promise<void>;
  saveSettings(shopId: number, settings: unknown): Promise<Saved>;
  /** Enrolls those who were in the state of win-back or VIP before, over this many days. */
  enrollStanding(shopId: number, key: ScenarioKey, options: { days: number }): Promise<EnrolledStanding>;
  /** Tries again what failed of the first import; false when nothing had. */
  restartImport(shopId: number): Promise<boolean>;
  /** Ends one enrollment of a person, or all that is under way for them; answers how many. */
  stopPerson(shopId: number, wish: StopPerson): Promise<number>;
  sendTest(shopId: number, input: TestSend): Promise<{ ok: true } | { ok: false; code: string }>;
}

export interface CommandParts {
  db: Db;
  queue: Queue;
  clock: Clock;
  mailer: Mailer | null;
  compiled: CompiledEmails;
  links: Links;
  settings: SenderSettings;
  /** Null without a key: then nothing can be asked, and nothing is sent. */
  senders: SenderCheck | null;
}

export function makeCommands(parts: CommandParts): Commands {
  const { db, clock } = parts;
  return {
    switchScenario: (shopId, scenario, enabled) =>
      inShop(db, shopId, async (shop) => {
        const now = clock.now();
        const scanned = isScanned(CATALOGUE[scenario].trigger);
        const changed = await setScenarioEnabled(shop, { scenario, enabled, scanned, at: now });
        if (changed && enabled) await releaseHeld(shop, { reasons: ['scenario-off'], scenario, now });
      }),
    pauseEverything: (shopId, paused) =>
      inShop(db, shopId, async (shop) => {
        const now = clock.now();
        await setShopPaused(shop, paused ? now : null);
        if (!paused) await releaseHeld(shop, { reasons: ['everything-paused'], now });
      }),
    saveScenario: (shopId, key, input) => saveScenario(parts, shopId, { key, input }),
    resetScenario: (shopId, scenario) =>
      inShop(db, shopId, (shop) => saveOverlay(shop, { scenario, overlay: {}, at: clock.now() })),
    saveSettings: (shopId, input) => saveSettings(parts, shopId, input),
    enrollStanding: makeEnrollStanding(parts),
    restartImport: makeRetryImport(parts),
    stopPerson: makeStopPerson(parts),
    sendTest: (shopId, input) => sendTest(parts, shopId, input),
  };
}

async function saveScenario(
  { db, clock, compiled }: CommandParts,
  shopId: number,
  { key, input }: { key: ScenarioKey; input: unknown },
): Promise<Saved> {
  const shop = await inShop(db, shopId, loadShop);
  const checked = checkOverlay(key, input, { shop, now: clock.now() });
  if (!checked.ok) return checked;
  const errors = await sizeErrors({ compiled, brand: brandOf(shop) }, checked.overlay);
  if (errors.length > 0) return { ok: false, errors };
  await inShop(db, shopId, (scope) => saveOverlay(scope, { scenario: key, overlay: checked.overlay, at: clock.now() }));
  return { ok: true };
}

async function saveSettings(
  { db, clock, queue, senders }: CommandParts,
  shopId: number,
  input: unknown,
): Promise<Saved> {
  const parsed = parseSettings(input);
  if (!parsed.ok) return parsed;
  const { senderEmail } = parsed.settings;
  const code =
    senderEmail === null ? null : await refuseSender(await inShop(db, shopId, loadShop), senderEmail, senders);
  if (code) return { ok: false, errors: [{ path: 'senderEmail', code }] };
  await inShop(db, shopId, async (shop) => {
    const { leftOutSegments: before, birthDateFrom } = (await loadShop(shop)).settings;
    await saveShopSettings(shop, parsed.settings);
    if (before.length + parsed.settings.leftOutSegments.length > 0)
      await queue.enqueue(shop, 'segments.refresh', [{ shopId }]);
    // Birth dates that stand elsewhere are read by reading the customers anew.
    if (!isSameSource(birthDateFrom, parsed.settings.birthDateFrom) && (await restartKind(shop, 'customers')))
      await queue.enqueue(shop, 'shop.import', [{ shopId }]);
    // What waited for a sender or an address may go now; the last look still decides.
    await releaseHeld(shop, { reasons: ['sender-missing', 'address-missing'], now: clock.now() });
  });
  return { ok: true };
}

/**
 * The account's verified senders belong to many shops: an address is this shop's only at the domain of its own address or
 * storefront, or beneath it.
 */
async function refuseSender(shop: Shop, email: string, senders: SenderCheck | null): Promise<string | null> {
  const domain = email.split('@')[1]?.toLowerCase() ?? '';
  if (!isOwnDomain(domain, [shop.email?.split('@')[1] ?? '', new URL(shop.url).hostname])) return 'sender-not-yours';
  return (await senders?.check(email)) === 'not-verified' ? 'sender-not-verified' : null;
}

async function sendTest(
  parts: CommandParts,
  shopId: number,
  input: TestSend,
): Promise<{ ok: true } | { ok: false; code: string }> {
  const { db, mailer, links } = parts;
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(input.to)) return { ok: false, code: 'not-an-email' };
  if (!emailSteps(CATALOGUE[input.key]).some((step) => step.email === input.email))
    return { ok: false, code: 'unknown-email' };
  const shop = await inShop(db, shopId, loadShop);
  const sender = senderOf(shop, parts.settings);
  if (sender.state !== 'ready') return { ok: false, code: sender.state };
  if (!mailer) return { ok: false, code: 'sender-missing' };
  const composed = await composeEmail(parts, shopId, {
    key: input.key,
    email: input.email,
    customerId: input.customerId ?? null,
    language: input.language,
    draft: input.draft,
  });
  if ('error' in composed) return { ok: false, code: composed.error[0]?.code ?? 'malformed' };
  const filled = fillEmail(composed.compiled, composed.values);
  const outcome = await mailer.send({
    shopId,
    from: sender.from,
    replyTo: sender.replyTo,
    ...filled,
    openTracking: false,
    // No message of ours: events about a test find nothing to change.
    recipients: [
      {
        messageId: TEST_MESSAGE_ID,
        to: input.to,
        substitutions: {},
        unsubscribeUrl: preferenceLinks(links, shopId, SAMPLE_PERSON).unsubscribe,
      },
    ],
  });
  if (outcome.kind === 'accepted') return { ok: true };
  return {
    ok: false,
    code:
      outcome.kind === 'refused'
        ? 'refused-by-provider'
        : outcome.kind === 'unauthorized'
          ? 'provider-paused'
          : 'provider-unavailable',
  };
}

const TEST_MESSAGE_ID = '00000000-0000-4000-8000-000000000000';
