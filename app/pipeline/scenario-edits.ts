/** What becomes of the owner's edits of a scenario: kept as a draft while they are made, live once saved, and earlier ones to come back to. */
import { randomUUID } from 'node:crypto';
import { endOfDay } from '../domain/offer';
import type { ScenarioDefinition, ScenarioKey } from '../domain/scenario';
import { changesBetween } from '../domain/scenario-change';
import type { Shop } from '../domain/shop';
import type { Clock } from '../lib/clock';
import { CATALOGUE } from '../scenarios/catalogue';
import type { FieldError, Overlay } from '../scenarios/overlay';
import { versionFor } from '../scenarios/overlay-steps';
import { lockCodes, moveFixedEnd } from '../store/codes';
import { dropScenarioDraft, type KeptRow, keepScenarioDraft } from '../store/scenario-drafts';
import { findScenarioSave, keepScenarioSave } from '../store/scenario-saves';
import { forgetScenarioVersions, highestVersion, writeScenarioVersion } from '../store/scenario-versions';
import { FIRST_REVISION, findScenarioSetting, lockScenarioSetting, saveOverlay } from '../store/scenarios';
import { type Db, inShop, type ShopScope } from '../store/scope';
import { loadShop } from '../store/shop-settings';
import { checkOverlay, sizeErrors } from './check-overlay';
import { brandOf, type CompiledEmails } from './compiled-emails';
import { type EffectiveScenario, effective } from './effective-scenario';

export interface EditParts {
  db: Db;
  clock: Clock;
  compiled: CompiledEmails;
}

export interface ScenarioEdit {
  key: ScenarioKey;
  overlay: unknown;
  /** The revision it was begun on; absent to save over whatever counts now. */
  basedOn?: number | undefined;
  /** The draft it was made in, by the token that came with it: null where none was kept; absent to drop whatever is there. */
  draftToken?: string | null | undefined;
  /** Shopify's id of the user, where it is known. */
  by?: string | null;
}

export type SavedScenario =
  | { ok: true }
  | { ok: false; errors: FieldError[] }
  /** Somebody saved meanwhile; nothing was written. */
  | { ok: false; newer: { revision: number; at: Date } };

/** Makes an edit live as a whole, or says which fields are refused. */
export async function saveScenario(
  { db, clock, compiled }: EditParts,
  shopId: number,
  { key, overlay: input, basedOn, draftToken, by = null }: ScenarioEdit,
): Promise<SavedScenario> {
  const shop = await inShop(db, shopId, loadShop);
  const checked = checkOverlay(key, input, { shop, now: clock.now() });
  if (!checked.ok) return checked;
  const { overlay } = checked;
  const errors = await sizeErrors({ compiled, brand: brandOf(shop) }, overlay);
  if (errors.length > 0) return { ok: false, errors };
  return inShop(db, shopId, async (scope): Promise<SavedScenario> => {
    const at = clock.now();
    const before = await lockScenarioSetting(scope, key, at);
    if (basedOn !== undefined && basedOn !== before.revision)
      return { ok: false, newer: { revision: before.revision, at: before.updatedAt } };
    await takeOver(scope, { before: effective(key, before), beganAt: before.updatedAt, overlay, by, at });
    await endFixedCode(scope, { shop, key, overlay, at });
    await dropScenarioDraft(scope, key, draftToken);
    return { ok: true };
  });
}

interface TakeOver {
  before: EffectiveScenario;
  /** When what counted before was saved. */
  beganAt: Date;
  overlay: Overlay;
  by: string | null;
  at: Date;
}

/** Puts the edit in the place of what counted before, which can be come back to, and which people on the way stay on. */
async function takeOver(scope: ShopScope, { before, beganAt, overlay, by, at }: TakeOver): Promise<void> {
  const { key } = before.definition;
  const structure = await structureOf(scope, before.definition, overlay);
  const after = effective(key, { overlay, structure });
  const revision = before.revision + 1;
  const [was, is] = [before, after].map(({ definition, overlay }) => ({ definition, emails: overlay.emails ?? {} }));
  if (!was || !is) return;
  const unedited = effective(key, null);
  // What was saved before edits were kept.
  if (before.revision > FIRST_REVISION && !(await findScenarioSave(scope, key, before.revision))) {
    const changes = changesBetween({ definition: unedited.definition, emails: {} }, was);
    const kept = { revision: before.revision, savedAt: beganAt, savedBy: null, overlay: before.overlay };
    await keepScenarioSave(scope, { scenario: key, ...kept, changes });
  }
  if (was.definition.version !== is.definition.version) await writeScenarioVersion(scope, was);
  await writeScenarioVersion(scope, is);
  await saveOverlay(scope, { scenario: key, overlay, structure, revision, at });
  const changes = changesBetween(was, is);
  await keepScenarioSave(scope, { scenario: key, revision, savedAt: at, savedBy: by, overlay, changes });
  await forgetScenarioVersions(scope, key);
}

/** Null while the structure is the prebuilt one, as it came. */
async function structureOf(scope: ShopScope, before: ScenarioDefinition, overlay: Overlay): Promise<number | null> {
  if (!overlay.steps) return null;
  const { key } = before;
  return versionFor(CATALOGUE[key], overlay.steps, { before, highest: await highestVersion(scope, key) });
}

/** A code of the owner's own has one end for everybody who was given it. */
async function endFixedCode(
  scope: ShopScope,
  { shop, key, overlay: { offer }, at }: { shop: Shop; key: ScenarioKey; overlay: Overlay; at: Date },
): Promise<void> {
  if (offer?.kind !== 'fixed-code') return;
  await lockCodes(scope);
  const endsAt = offer.endsOn === null ? null : endOfDay(offer.endsOn, shop.timeZone);
  await moveFixedEnd(scope, { scenario: key, code: offer.code, endsAt, at });
}

export interface DraftEdit {
  key: ScenarioKey;
  draft: object;
  basedOn: number;
  /** The draft it goes on from, by the token that came with it: null where there was none; absent to write over whatever is there. */
  follows?: string | null | undefined;
  by?: string | null;
}

/** Another window's draft. */
export interface OtherDraft {
  token: string;
  draft: unknown;
  basedOn: number;
  at: Date;
}

export type KeptDraft =
  /** `liveRevision`: what counts now, which may be newer than what the draft was begun on. */
  | { ok: true; token: string; at: Date; liveRevision: number }
  /** Another window's draft is there; nothing was written. */
  | { ok: false; other: OtherDraft };

export type DroppedDraft = { ok: true } | { ok: false; other: OtherDraft };

/** Keeps what is being edited, so that no browser's end loses it. */
export function keepDraft(
  { db, clock }: EditParts,
  shopId: number,
  { key, draft, basedOn, follows, by = null }: DraftEdit,
): Promise<KeptDraft> {
  return inShop(db, shopId, async (scope): Promise<KeptDraft> => {
    const at = clock.now();
    const token = randomUUID();
    const wish = { scenario: key, draft, basedOn, token, by, at };
    const other = await keepScenarioDraft(scope, { ...wish, ...(follows === undefined ? {} : { follows }) });
    if (other) return { ok: false, other: asOther(other) };
    const live = await findScenarioSetting(scope, key);
    return { ok: true, token, at, liveRevision: live?.revision ?? FIRST_REVISION };
  });
}

/** Drops what is being edited, unless it is another window's that this one does not know of. */
export function dropDraft(
  { db }: Pick<EditParts, 'db'>,
  shopId: number,
  { key, follows }: Pick<DraftEdit, 'key' | 'follows'>,
): Promise<DroppedDraft> {
  return inShop(db, shopId, async (scope): Promise<DroppedDraft> => {
    const other = await dropScenarioDraft(scope, key, follows);
    return other ? { ok: false, other: asOther(other) } : { ok: true };
  });
}

function asOther({ token, draft, basedOn, keptAt }: KeptRow): OtherDraft {
  return { token, draft, basedOn, at: keptAt };
}

/** An earlier edit as the scenario would count with it; null once it is too old, or where there is none. */
export async function loadEarlier(
  scope: ShopScope,
  key: ScenarioKey,
  revision: number,
): Promise<EffectiveScenario | null> {
  const save = await findScenarioSave(scope, key, revision);
  return save && effective(key, { overlay: save.overlay, structure: null });
}
