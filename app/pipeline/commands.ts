/** What the owner does in the admin: the only way routes change anything. */

import { isSameSource } from '../domain/birth-date-source';
import type { RefusalKind } from '../domain/refusal-list';
import { minutesToRelease, type Resumed, sumHeld } from '../domain/release';
import type { ScenarioKey } from '../domain/scenario';
import { domainOf, isOwnDomain } from '../domain/sender-domain';
import type { Mailer } from '../gateways/sendgrid/mailer';
import type { SenderCheck } from '../gateways/sendgrid/senders';
import type { Clock } from '../lib/clock';
import { together } from '../lib/together';
import type { Queue } from '../queue/enqueue';
import { CATALOGUE } from '../scenarios/catalogue';
import type { FieldError } from '../scenarios/overlay';
import { findDomain, holdSender } from '../store/authenticated-domains';
import { releaseHeld, wakeAtSteps } from '../store/held';
import { restartKind } from '../store/imports';
import { discardList, startImport } from '../store/refusal-lists';
import { keepRestored, releaseRestored } from '../store/restored';
import { findScenarioSetting, markDoubleSenderRead, setScenarioEnabled } from '../store/scenarios';
import { type Db, inShop } from '../store/scope';
import { chooseSenderDomain } from '../store/sender-domains';
import { loadShop, lockShop, saveShopSettings, setSetupHidden, setShopPaused } from '../store/shop-settings';
import { parseBrand } from './brand-form';
import type { CompiledEmails } from './compiled-emails';
import { type EnrolledStanding, makeEnrollStanding } from './enroll-standing';
import { heldByPause, heldByScenario, loadCodeSteps } from './held';
import { makeRetryImport } from './import/install';
import { askSender, type KnownSenderParts, provesSender } from './known-sender';
import { resumeSlowly } from './mail-pace';
import type { Links } from './message-values';
import { isScanned } from './scan-time';
import {
  type DraftEdit,
  type DroppedDraft,
  dropDraft,
  type KeptDraft,
  keepDraft,
  type SavedScenario,
  type ScenarioEdit,
  saveScenario,
} from './scenario-edits';
import { sendTest, type TestSend, type TestSent } from './send-test';
import type { SenderSettings } from './sender';
import { parseSettings } from './settings-form';
import { makeStopPerson, type StopPerson } from './stop-person';

export type Saved = { ok: true } | { ok: false; errors: FieldError[] };

export interface Commands {
  /** Answers what waited and goes on now; null where nothing was let go. */
  switchScenario(shopId: number, key: ScenarioKey, on: boolean): Promise<Resumed | null>;
  pauseEverything(shopId: number, paused: boolean): Promise<Resumed | null>;
  /** Goes on slowly after a stop, counted afresh; false when nothing was stopped. */
  resumeSlowly(shopId: number): Promise<boolean>;
  /** Makes an edit live, and with it drops the draft it was made in. */
  saveScenario(shopId: number, edit: ScenarioEdit): Promise<SavedScenario>;
  /** Keeps what is being edited, not live. */
  keepDraft(shopId: number, draft: DraftEdit): Promise<KeptDraft>;
  dropDraft(shopId: number, draft: Pick<DraftEdit, 'key' | 'follows'>): Promise<DroppedDraft>;
  /** Of all but the brand, those that were changed. */
  saveSettings(shopId: number, changes: unknown): Promise<Saved>;
  saveBrand(shopId: number, brand: unknown): Promise<Saved>;
  /** Puts the setup guide away for good, or back. */
  hideSetup(shopId: number, hidden: boolean): Promise<void>;
  /** Enrolls those who were in the state of win-back or VIP before, over this many days. */
  enrollStanding(shopId: number, key: ScenarioKey, options: { days: number }): Promise<EnrolledStanding>;
  /** Tries again what failed of the first import; false when nothing had. */
  restartImport(shopId: number): Promise<boolean>;
  /** Ends one enrollment of a person, or all that is under way for them; answers how many. */
  stopPerson(shopId: number, wish: StopPerson): Promise<number>;
  /** Of the e-mails held since a restore from a copy: has them sent, or leaves it at that. Answers how many. */
  settleRestored(shopId: number, wish: { send: boolean }): Promise<number>;
  sendTest(shopId: number, input: TestSend): Promise<TestSent>;
  /** Takes over a list of people who must not get e-mails; false when it is not there any more. `kind`: what its people are, where it does not say. */
  importRefusals(shopId: number, listId: string, kind: RefusalKind | null): Promise<boolean>;
  discardRefusals(shopId: number, listId: string): Promise<void>;
  /** The owner has read that Shopify may send a scenario's e-mails itself. */
  noteDoubleSenderRead(shopId: number, key: ScenarioKey): Promise<void>;
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
        const offSince = (await findScenarioSetting(shop, scenario))?.offSince ?? null;
        const { timeZone, pausedAt } = await loadShop(shop);
        const held = enabled ? await heldByScenario(shop, { scenario, offSince, timeZone, now }) : null;
        const scanned = isScanned(CATALOGUE[scenario].trigger);
        const changed = await setScenarioEnabled(shop, { scenario, enabled, scanned, at: now });
        if (!changed || !held) return null;
        await releaseHeld(shop, { reasons: ['scenario-off'], scenario, now });
        const steps = (await loadCodeSteps(shop)).filter((step) => step.scenario === scenario);
        await wakeAtSteps(shop, { steps, now });
        // Paused with everything, they go on waiting.
        return pausedAt ? null : { ...held, minutes: minutesToRelease(held.relevant) };
      }),
    pauseEverything: (shopId, paused) =>
      inShop(db, shopId, async (shop) => {
        const now = clock.now();
        const held = await heldByPause(shop, await loadShop(shop), now);
        await setShopPaused(shop, paused ? now : null);
        if (paused) return null;
        await releaseHeld(shop, { reasons: ['everything-paused'], now });
        await wakeAtSteps(shop, { steps: await loadCodeSteps(shop), now });
        const all = sumHeld(held.values());
        return { ...all, minutes: minutesToRelease(all.relevant) };
      }),
    resumeSlowly: (shopId) => inShop(db, shopId, (shop) => resumeSlowly(shop, clock.now())),
    saveScenario: (shopId, edit) => saveScenario(parts, shopId, edit),
    keepDraft: (shopId, draft) => keepDraft(parts, shopId, draft),
    dropDraft: (shopId, draft) => dropDraft(parts, shopId, draft),
    saveSettings: (shopId, input) => saveSettings(parts, shopId, input),
    saveBrand: (shopId, input) => saveBrand(parts, shopId, input),
    hideSetup: (shopId, hidden) => inShop(db, shopId, (shop) => setSetupHidden(shop, hidden ? clock.now() : null)),
    enrollStanding: makeEnrollStanding(parts),
    restartImport: makeRetryImport(parts),
    stopPerson: makeStopPerson(parts),
    settleRestored: (shopId, { send }) =>
      inShop(db, shopId, (shop) => (send ? releaseRestored : keepRestored)(shop, clock.now())),
    sendTest: (shopId, input) => sendTest(parts, shopId, input),
    importRefusals: (shopId, listId, kind) =>
      inShop(db, shopId, async (shop) => {
        if (!(await startImport(shop, listId, kind))) return false;
        await parts.queue.enqueue(shop, 'refusals.import', [{ shopId, listId }]);
        return true;
      }),
    discardRefusals: (shopId, listId) => inShop(db, shopId, (shop) => discardList(shop, listId)),
    noteDoubleSenderRead: (shopId, scenario) =>
      inShop(db, shopId, (shop) => markDoubleSenderRead(shop, { scenario, at: clock.now() })),
  };
}

async function saveSettings(
  { db, clock, queue, senders }: CommandParts,
  shopId: number,
  input: unknown,
): Promise<Saved> {
  const parsed = parseSettings(input);
  if (!parsed.ok) return parsed;
  const chosen = parsed.changes.senderEmail ?? null;
  const code = chosen === null ? null : await refuseSender({ db, senders }, shopId, chosen);
  if (code) return { ok: false, errors: [{ path: 'senderEmail', code }] };
  await inShop(db, shopId, async (shop) => {
    const before = (await lockShop(shop)).settings;
    // Laid over what stands there now: the page may have been open while the sender's domain was proven, or beside another.
    const settings = { ...before, ...parsed.changes };
    const { senderEmail, leftOutSegments, birthDateFrom } = settings;
    await saveShopSettings(shop, settings);
    if (senderEmail !== null) await chooseSenderDomain(shop, domainOf(senderEmail), clock.now());
    const domain = await findDomain(shop);
    await holdSender(
      shop,
      domain?.status === 'broken' && senderEmail !== null && domainOf(senderEmail) === domain.domain,
    );
    if (before.leftOutSegments.length + leftOutSegments.length > 0)
      await queue.enqueue(shop, 'segments.refresh', [{ shopId }]);
    // Birth dates that stand elsewhere are read by reading the customers anew.
    if (!isSameSource(before.birthDateFrom, birthDateFrom) && (await restartKind(shop, 'customers')))
      await queue.enqueue(shop, 'shop.import', [{ shopId }]);
    // What waited for a sender or an address may go now; the last look still decides.
    const reasons = ['sender-missing', 'address-missing', 'shared-sender-limit'] as const;
    await releaseHeld(shop, { reasons, now: clock.now() });
  });
  return { ok: true };
}

async function saveBrand({ db }: CommandParts, shopId: number, input: unknown): Promise<Saved> {
  const parsed = parseBrand(input);
  if (!parsed.ok) return parsed;
  await inShop(db, shopId, async (shop) => {
    const { settings } = await lockShop(shop);
    await saveShopSettings(shop, { ...settings, brand: parsed.brand });
  });
  return { ok: true };
}

/**
 * The account's verified senders belong to many shops: an address is this shop's only at the domain of its own address or
 * storefront, or beneath it.
 */
async function refuseSender(parts: KnownSenderParts, shopId: number, email: string): Promise<string | null> {
  const { shop, proven } = await inShop(parts.db, shopId, (scope) =>
    together({ shop: loadShop(scope), proven: findDomain(scope) }),
  );
  // What was taken once stays: the domain's page tells how it stands, and no other setting waits for that.
  if (shop.settings.senderEmail === email) return null;
  const names = [shop.email?.split('@')[1] ?? '', new URL(shop.url).hostname];
  if (!provesSender(proven, email) && !isOwnDomain(domainOf(email), names)) return 'sender-not-yours';
  return (await askSender(parts, shopId, email)) === 'not-verified' ? 'sender-not-verified' : null;
}
