/** What a shopper says on the preference page or by one-click unsubscribe. In force here when the call returns; Shopify is told by a job. */
import { isPossibleBirthDate } from '../domain/birthday';
import type { ConsentState } from '../domain/customer';
import { isScenarioKey, type ScenarioKey } from '../domain/scenario';
import { shopperLanguage } from '../domain/shop';
import type { Clock } from '../lib/clock';
import { LANGUAGES, type Language } from '../lib/language';
import { readToken } from '../lib/signed-token';
import type { Queue } from '../queue/enqueue';
import { SCENARIOS } from '../scenarios/catalogue';
import { saveBirthDate } from '../store/birth-dates';
import { followMerges } from '../store/customers';
import { findCustomerRow, giveConsent, MAY_SUBSCRIBE, savePreferences, withdrawConsent } from '../store/engagement';
import { findActiveEnrollments, lockUnderWay } from '../store/enrollments';
import { isGuest } from '../store/guests';
import { type Db, inShop, type ShopScope } from '../store/scope';
import { loadShop } from '../store/shop-settings';
import { SAMPLE_PERSON } from './message-values';
import { stop } from './react';

export interface PreferencePage {
  shopName: string;
  storeUrl: string;
  language: Language;
  /** What the shop writes in, where there is a choice. */
  languages: readonly Language[];
  /** `none`: they asked for no e-mails at all. Who never subscribed may be reminded on another ground, and did not ask that. */
  consent: 'subscribed' | 'not-subscribed' | 'none';
  /** Whether they can subscribe here. Not where nothing would come of it, as their address bounced. */
  maySubscribe: boolean;
  fewer: boolean;
  /** `YYYY-MM-DD`; null while unknown. */
  birthDate: string | null;
  kinds: { key: ScenarioKey; wanted: boolean }[];
  /** Whether they agreed that it is seen when they open an e-mail; null where Shopify has no page of theirs to say so. */
  openTracking: 'agreed' | 'not-agreed' | null;
}

export interface PreferenceChoice {
  /** No e-mails at all; whatever else was chosen. */
  none: boolean;
  /** They want the e-mails: consent, in so many words. */
  subscribe: boolean;
  fewer: boolean;
  /** Scenario keys the shopper still wants. */
  wanted: readonly string[];
  /** As the form gave it; empty: they took away the one it showed; null: nothing to say. */
  birthDate: string | null;
  /** One the shop writes in; anything else leaves it as it is. */
  language: string;
}

/** What became of a choice; `unknown`: the link is not one of ours, or its person is gone. Nothing is kept of one that is refused. */
export type Kept = 'kept' | 'subscribed' | 'birth-date-refused' | 'unknown';

export interface PreferencePages {
  /** What the page shows; `gone`: whoever the link was sent to was deleted or erased; null when it is not one of ours. */
  read(token: string): Promise<PreferencePage | 'gone' | null>;
  save(token: string, choice: PreferenceChoice): Promise<Kept>;
  /** RFC 8058: nothing but the link is needed. True also when it was done before. */
  unsubscribe(token: string): Promise<boolean>;
}

export interface PreferenceParts {
  db: Db;
  queue: Queue;
  clock: Clock;
  linkSecret: string;
}

export function makePreferencePages(parts: PreferenceParts): PreferencePages {
  const { db, linkSecret } = parts;
  return {
    async read(token) {
      const who = whoOf(linkSecret, token);
      if (!who) return null;
      return inShop(db, who.shopId, async (scope) => {
        const row = await findPerson(scope, who.customerId);
        if (!row && who.customerId !== SAMPLE_PERSON) return 'gone';
        const shop = await loadShop(scope);
        return {
          shopName: shop.settings.senderName ?? shop.name,
          storeUrl: shop.url,
          language: shopperLanguage(shop, row?.preferences.language, row?.locale),
          languages: shop.settings.languages.use,
          consent: consentOf(row?.consentState ?? 'subscribed'),
          maySubscribe: row !== null && !row.suppressed && MAY_SUBSCRIBE.some((state) => state === row.consentState),
          fewer: row?.preferences.fewer ?? false,
          birthDate: row?.birthDate ?? null,
          kinds: SCENARIOS.map(({ key }) => ({ key, wanted: !row?.preferences.refused.includes(key) })),
          openTracking: !row || isGuest(row.id) ? null : row.openTracking === 'opted_in' ? 'agreed' : 'not-agreed',
        };
      });
    },
    save: (token, choice) => save(parts, token, choice),
    unsubscribe: (token) => unsubscribe(parts, token),
  };
}

function consentOf(state: ConsentState): PreferencePage['consent'] {
  if (state === 'subscribed') return 'subscribed';
  return state === 'pending' || state === 'not_subscribed' ? 'not-subscribed' : 'none';
}

/** Whom a link was sent to; null when it is not one of ours. */
export function whoOf(secret: string, token: string): { shopId: number; customerId: string } | null {
  const payload = readToken(secret, 'preferences', token);
  const match = payload === null ? null : /^(\d+):(.+)$/.exec(payload);
  return match?.[1] && match[2] ? { shopId: Number(match[1]), customerId: match[2] } : null;
}

/** Whoever the link was sent to is today: a guest becomes a customer, two customers become one. */
export async function findPerson(scope: ShopScope, id: string) {
  const row = await findRow(scope, id);
  return row && !row.deletedAt ? row : null;
}

async function findRow(scope: ShopScope, id: string) {
  return findCustomerRow(scope, (await followMerges(scope, [id])).get(id) ?? id);
}

async function unsubscribe(parts: PreferenceParts, token: string): Promise<boolean> {
  const who = whoOf(parts.linkSecret, token);
  if (!who) return false;
  return inShop(parts.db, who.shopId, async (scope) => {
    const row = await findRow(scope, who.customerId);
    const now = parts.clock.now();
    if (!row || row.deletedAt) {
      // Somebody erased or deleted gets nothing any more; a guest whose old cart was removed may come back with another.
      if (row && isGuest(row.id) && row.consentState !== 'redacted') await withdrawConsent(scope, row.id, now);
      return true;
    }
    if (await withdrawConsent(scope, row.id, now)) {
      await parts.queue.enqueue(scope, 'consent.push', [{ shopId: who.shopId, customerId: row.id }]);
      await stop(scope, await findActiveEnrollments(scope, { customerId: row.id }), { reason: 'unsubscribed', now });
    }
    return true;
  });
}

async function save(parts: PreferenceParts, token: string, choice: PreferenceChoice): Promise<Kept> {
  const who = whoOf(parts.linkSecret, token);
  if (!who) return 'unknown';
  const now = parts.clock.now();
  if (choice.birthDate && !isPossibleBirthDate(choice.birthDate, now)) return 'birth-date-refused';
  if (choice.none && !(await unsubscribe(parts, token))) return 'unknown';
  return inShop(parts.db, who.shopId, async (scope) => {
    const row = await findPerson(scope, who.customerId);
    if (!row) return who.customerId === SAMPLE_PERSON ? 'kept' : 'unknown';
    const wanted = new Set(choice.wanted.filter(isScenarioKey));
    const refused = SCENARIOS.map(({ key }) => key).filter((key) => !wanted.has(key));
    const language = LANGUAGES.find((one) => one === choice.language) ?? row.preferences.language;
    const noBirthDate = choice.birthDate === null ? row.preferences.noBirthDate : choice.birthDate === '';
    await savePreferences(scope, row.id, {
      ...{ refused, fewer: choice.fewer },
      ...(language ? { language } : {}),
      ...(noBirthDate ? { noBirthDate } : {}),
    });
    await keepBirthDate(parts.queue, scope, { customerId: row.id, birthDate: choice.birthDate, now });
    if (refused.length > 0) {
      const active = await findActiveEnrollments(scope, { customerId: row.id, scenarios: refused });
      await stop(scope, active, { reason: 'kind-refused', now });
    }
    if (choice.none || !choice.subscribe || !(await giveConsent(scope, row.id, now))) return 'kept';
    await parts.queue.enqueue(scope, 'consent.push', [{ shopId: who.shopId, customerId: row.id }]);
    return 'subscribed';
  });
}

/** Kept here at once and carried to Shopify by a job. Without a birth date nothing of a birthday may come any more. */
async function keepBirthDate(
  queue: Queue,
  scope: ShopScope,
  { customerId, birthDate, now }: { customerId: string; birthDate: string | null; now: Date },
): Promise<void> {
  if (birthDate === null) return;
  if (await saveBirthDate(scope, customerId, birthDate || null)) {
    await queue.enqueue(scope, 'birth-date.push', [{ shopId: scope.shopId, customerId }]);
  }
  if (birthDate !== '') return;
  const ofBirthdays = SCENARIOS.filter(({ trigger }) => trigger.on === 'birthday').map(({ key }) => key);
  const underWay = await lockUnderWay(scope, { customerId });
  const coming = underWay.filter(({ scenario }) => ofBirthdays.includes(scenario));
  await stop(scope, coming, { reason: 'birth-date-gone', now });
}
