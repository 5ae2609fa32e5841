/** Compiled e-mails: React renders each arm once for all shops, dressing it in a shop's look and filling it for a person take microseconds. */
import { createHash } from 'node:crypto';
import { chosenBrand, themeBrandOf } from '../domain/brand';
import type { ScenarioKey } from '../domain/scenario';
import type { Shop } from '../domain/shop';
import { type Arm, armOf } from '../emails/arm';
import { type Brand, defaultBrand, withChoices } from '../emails/brand';
import { type CompileInput, compileBare } from '../emails/compile';
import type { BareEmail, CompiledEmail } from '../emails/compiled';
import { type EmailContent, parseEmailContent } from '../emails/content';
import { dressEmail, type Look, lookOf } from '../emails/dress';
import type { BarePart } from '../emails/parts';
import type { EmailValues } from '../emails/values';
import { invariant } from '../lib/invariant';
import type { Language } from '../lib/language';
import { PREBUILT_EMAILS } from '../scenarios/emails';
import type { EffectiveScenario } from './effective-scenario';
import { postalAddressOf } from './sender';

/** One weighs some 50 kB. */
const MOST_KEPT_BYTES = 32_000_000;
const SLOT_BYTES = 200;
/** Of a look: no more than where and which. */
const LOOK_BYTES = 80;

/** The content of one e-mail as it counts for the shop: the owner's version where there is a sound one, else the prebuilt. */
export function contentOf(scenario: EffectiveScenario, key: ScenarioKey, email: string): EmailContent {
  const own = scenario.overlay.emails?.[email];
  const parsed = own === undefined ? null : parseEmailContent(own);
  if (parsed?.ok) return parsed.content;
  const prebuilt = PREBUILT_EMAILS[key].find((one) => one.key === email);
  invariant(prebuilt, `scenario ${key} has no e-mail ${email}`);
  return prebuilt;
}

/** The shop's look: what its owner chose, else what its theme says. */
export function brandOf(shop: Shop & { settingsVersion: number }): Brand {
  const base = defaultBrand({
    name: shop.settings.senderName ?? shop.name,
    storeUrl: shop.url,
    postalAddress: postalAddressOf(shop),
  });
  const chosen = chosenBrand(shop.settings.brand, themeBrandOf(shop.foundBrand));
  return { ...withChoices(base, chosen), version: shop.settingsVersion };
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

/** What a rendering weighs about: two bytes a letter, and its slots. */
function weightOf({ subject, html, text }: BareEmail): number {
  const weigh = (parts: readonly BarePart[]): number =>
    parts.reduce((sum, part) => {
      if (typeof part === 'string') return sum + 2 * part.length;
      if (part.kind === 'look') return sum + LOOK_BYTES;
      return sum + SLOT_BYTES + ('parts' in part ? weigh(part.parts) : 0);
    }, 0);
  return weigh(subject) + weigh(html) + weigh(text);
}

type Bare = Promise<BareEmail>;

/** Renderings by key, at most so many bytes of them; the one that was asked for longest ago goes first. */
class BareEmails {
  private readonly kept = new Map<string, { made: Bare; bytes: number }>();
  private bytes = 0;

  get(key: string, make: () => Bare): Bare {
    const known = this.kept.get(key);
    if (known) {
      this.kept.delete(key);
      this.kept.set(key, known);
      return known.made;
    }
    const one = { made: make(), bytes: 0 };
    this.kept.set(key, one);
    one.made.then(
      (bare) => {
        one.bytes = weightOf(bare);
        this.bytes += one.bytes;
        this.makeRoom();
      },
      // A rendering that failed is tried again next time instead of failing for ever.
      () => this.kept.delete(key),
    );
    return one.made;
  }

  private makeRoom() {
    for (const [key, { bytes }] of this.kept) {
      if (this.bytes <= MOST_KEPT_BYTES) return;
      // One that is still being made weighs nothing yet, and will be counted.
      if (bytes === 0) continue;
      this.kept.delete(key);
      this.bytes -= bytes;
    }
  }
}

/** One shop's look in everything it was asked for. */
interface Wardrobe {
  looks: WeakMap<EmailContent, Look>;
  /** Dressed, by what was asked for: a thousand recipients of an e-mail ask the same. */
  asked: WeakMap<EmailContent, Map<string, Promise<CompiledEmail>>>;
}

function newWardrobe(): Wardrobe {
  return { looks: new WeakMap(), asked: new WeakMap() };
}

type Wanted = Required<Pick<CompileInput, 'content' | 'brand' | 'language' | 'arm' | 'blockMarks'>>;

export interface CompiledEmails {
  get(input: {
    content: EmailContent;
    brand: Brand;
    language: Language;
    values: EmailValues;
    /** Says in comments where each block begins: for the preview, never for what is sent. */
    blockMarks?: boolean;
  }): Promise<CompiledEmail>;
}

export function makeCompiledEmails(): CompiledEmails {
  const bareEmails = new BareEmails();
  // As long as somebody holds the brand, which is a batch: dressing again costs microseconds, keeping it for every shop memory.
  const wardrobes = new WeakMap<Brand, Wardrobe>();
  const make = async (wardrobe: Wardrobe, { content, brand, language, arm, blockMarks }: Wanted) => {
    const look = wardrobe.looks.get(content) ?? lookOf(brand, content);
    wardrobe.looks.set(content, look);
    // What it is made of, not a counter: two versions of an edit may be the same e-mail.
    const key = [fingerprint(content), fingerprint(look.shape), language, arm.join('+'), blockMarks].join('|');
    const bare = await bareEmails.get(key, () =>
      compileBare({ content, brand: look.shape, language, arm, blockMarks }),
    );
    return dressEmail(bare, brand, look.dress);
  };
  return {
    get({ content, brand, language, values, blockMarks = false }) {
      const wardrobe = wardrobes.get(brand) ?? newWardrobe();
      wardrobes.set(brand, wardrobe);
      const asked = wardrobe.asked.get(content) ?? new Map<string, Promise<CompiledEmail>>();
      wardrobe.asked.set(content, asked);
      const arm: Arm = armOf(content, values);
      const name = `${language}|${arm.join('+')}|${blockMarks}`;
      const known = asked.get(name);
      if (known) return known;
      const made = make(wardrobe, { content, brand, language, arm, blockMarks });
      asked.set(name, made);
      // One that failed is tried again.
      made.catch(() => asked.delete(name));
      return made;
    },
  };
}
