/**
 * Looks a scenario over as it would be sent: from whom, with which texts, links, pictures and codes. Asks nobody: what only the web, Shopify
 * or SendGrid can say comes from the last look (`look-around`). Called by the admin, and before a scenario is switched on.
 */
import {
  CHECK_LEVELS,
  type CheckCode,
  type CheckFinding,
  type CheckPlace,
  inOrderOfWeight,
} from '../../domain/check-finding';
import { checkOffer } from '../../domain/code-checks';
import { emailSteps, type ScenarioKey } from '../../domain/scenario';
import type { Seen } from '../../domain/seen';
import type { Shop } from '../../domain/shop';
import type { EmailContent } from '../../emails/content';
import { fillEmail } from '../../emails/fill';
import { inKilobytes, MAX_HTML_BYTES, tooLarge } from '../../emails/findings';
import { largestValues } from '../../emails/largest-values';
import { weakContrasts } from '../../emails/palette';
import { addressesOf, type Place, textsOf } from '../../emails/places';
import { triggersIn } from '../../emails/trigger-words';
import type { Language } from '../../lib/language';
import { localDay } from '../../lib/time-zone';
import { brandOf, type CompiledEmails, contentOf } from '../compiled-emails';
import type { EffectiveScenario } from '../effective-scenario';
import { type SenderSettings, senderOf } from '../sender';
import { findingOf } from './address-findings';

/** No e-mails need more; nobody has us ask half the web. */
const MOST_ADDRESSES = 60;

export interface Checked {
  shop: Shop & { settingsVersion: number };
  key: ScenarioKey;
  scenario: EffectiveScenario;
  seen: Seen;
  settings: SenderSettings;
  now: Date;
}

interface NumberedEmail {
  number: number;
  content: EmailContent;
}

/** Those it sends, in reading order, each once. */
export function emailsOf({ key, scenario }: Pick<Checked, 'key' | 'scenario'>): NumberedEmail[] {
  const keys = [...new Set(emailSteps(scenario.definition).map(({ email }) => email))];
  return keys.map((email, index) => ({ number: index + 1, content: contentOf(scenario, key, email) }));
}

/** Everything found, what matters most first. */
export async function checkScenario(compiled: CompiledEmails, checked: Checked): Promise<CheckFinding[]> {
  const emails = emailsOf(checked);
  const perEmail: CheckFinding[] = [];
  for (const email of emails) {
    const tooMuch = await sizeFindings(compiled, checked, email);
    perEmail.push(...tooMuch, ...addressFindings(checked, email), ...wordFindings(checked, email));
  }
  const none = emails.length === 0 ? [finding('no-email', { in: 'steps' }, {})] : [];
  return inOrderOfWeight([
    ...senderFindings(checked),
    ...none,
    ...offerFindings(checked),
    ...perEmail,
    ...lookFindings(checked),
  ]);
}

function finding(code: CheckCode, place: CheckPlace, facts: CheckFinding['facts']): CheckFinding {
  return { code, level: CHECK_LEVELS[code], place, facts };
}

function emailPlace({ number, content }: NumberedEmail, place?: Place): CheckPlace {
  const { path = 'blocks', block = null, language = null } = place ?? {};
  return { in: 'email', email: content.key, number, path, block, language };
}

function senderFindings({ shop, settings, seen }: Checked): CheckFinding[] {
  const { state } = senderOf(shop, settings);
  const own = shop.settings.senderEmail;
  if (!settings.hasProviderKey) return [finding('service-missing', { in: 'operator' }, {})];
  if (state === 'sender-missing') return [finding('sender-missing', { in: 'sender' }, {})];
  const unknown = own !== null && seen.sender?.email === own && seen.sender.state === 'not-verified';
  return [
    ...(state === 'address-missing' ? [finding('address-missing', { in: 'address' }, {})] : []),
    ...(unknown ? [finding('sender-not-verified', { in: 'sender' }, { email: own })] : []),
  ];
}

function offerFindings({ scenario, shop, seen, now }: Checked): CheckFinding[] {
  const { offer } = scenario.definition;
  const told = offer?.kind === 'fixed-code' && seen.code?.code === offer.code ? seen.code.state : null;
  return checkOffer(scenario.definition, localDay(now, shop.timeZone), told).map(({ code, facts }) =>
    finding(code, { in: 'offer' }, facts),
  );
}

/** As heavy as it can become, in the languages the shop writes in. */
async function sizeFindings(
  compiled: CompiledEmails,
  { shop }: Checked,
  email: NumberedEmail,
): Promise<CheckFinding[]> {
  const { content } = email;
  const brand = brandOf(shop);
  const sizes: number[] = [];
  for (const language of shop.settings.languages.use) {
    const values = largestValues(content, language);
    const one = await compiled.get({ content, brand, language, values });
    sizes.push(tooLarge(one, fillEmail(one, values)) ?? 0);
  }
  const largest = Math.max(0, ...sizes);
  if (largest === 0) return [];
  const facts = { size: inKilobytes(largest), max: inKilobytes(MAX_HTML_BYTES) };
  return [finding('too-large', emailPlace(email), facts)];
}

/** An address in both languages of one text is told once. */
function addressFindings({ seen, shop }: Checked, email: NumberedEmail): CheckFinding[] {
  const told = new Set<string>();
  return addressesOf(email.content).flatMap(({ kind, address, ...place }) => {
    const key = `${kind} ${place.path} ${address}`;
    const state = seen.addresses[address];
    if (!state || told.has(key) || !isRead(shop, place.language)) return [];
    told.add(key);
    const found = findingOf(kind, address, state);
    return found ? [finding(found.code, emailPlace(email, place), found.facts)] : [];
  });
}

function wordFindings({ shop }: Checked, email: NumberedEmail): CheckFinding[] {
  return textsOf(email.content).flatMap(({ text, ...place }) => {
    if (place.language === null || !isRead(shop, place.language)) return [];
    return triggersIn(text, place.language).map(({ kind, found }) =>
      finding(`trigger-${kind}` as const, emailPlace(email, place), { found }),
    );
  });
}

/** Words of a language the shop does not write in reach nobody. */
function isRead(shop: Shop, language: Language | null): boolean {
  return language === null || shop.settings.languages.use.includes(language);
}

/** The shop's own look and its storefront, which every e-mail leads to. */
function lookFindings({ shop, seen }: Checked): CheckFinding[] {
  const brand = brandOf(shop);
  const weak = weakContrasts(brand.colors).map(({ text, on, contrast }) =>
    finding('contrast', { in: 'brand' }, { text, on, contrast: Math.floor(contrast * 10) / 10 }),
  );
  const one = (kind: 'link' | 'picture', address: string | null, place: CheckPlace): CheckFinding[] => {
    const state = address === null ? undefined : seen.addresses[address];
    const found = address !== null && state ? findingOf(kind, address, state) : null;
    return found ? [finding(found.code, place, found.facts)] : [];
  };
  return [
    ...weak,
    ...one('link', brand.storeUrl, { in: 'storefront' }),
    ...one('picture', brand.logoUrl, { in: 'brand' }),
    ...brand.social.flatMap(({ url }) => one('link', url, { in: 'brand' })),
  ];
}

/** What a look has to ask for: each address once, the storefront and the logo among them. */
export function addressesToAsk({
  shop,
  ...of
}: Pick<Checked, 'shop' | 'key' | 'scenario'>): { address: string; size: boolean }[] {
  const brand = brandOf(shop);
  const placed = [
    { kind: 'link' as const, address: brand.storeUrl },
    ...(brand.logoUrl === null ? [] : [{ kind: 'picture' as const, address: brand.logoUrl }]),
    ...emailsOf(of).flatMap(({ content }) => addressesOf(content)),
    ...brand.social.map(({ url: address }) => ({ kind: 'link' as const, address })),
  ];
  const asked = new Map<string, boolean>();
  for (const { kind, address } of placed) asked.set(address, asked.get(address) === true || kind === 'picture');
  return [...asked].slice(0, MOST_ADDRESSES).map(([address, size]) => ({ address, size }));
}
