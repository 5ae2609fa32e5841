/** What a preview or a test send shows: a real customer's own values, and examples for what they do not have. Called by preview. */
import { groundFor } from '../domain/consent';
import { codeOver, endOfDay, lastDayOf, type ShopperCode } from '../domain/offer';
import type { EmailStep, ScenarioDefinition, ScenarioKey } from '../domain/scenario';
import type { Shop } from '../domain/shop';
import { SAMPLE_CODE, sampleValues } from '../emails/sample';
import type { EmailValues } from '../emails/values';
import type { Language } from '../lib/language';
import type { findCustomerRow } from '../store/engagement';
import { toCustomer } from '../store/last-look';
import { findLatestCheckout } from '../store/latest-checkout';
import type { ShopScope } from '../store/scope';
import type { EffectiveScenario } from './effective-scenario';
import { makeFactsShown } from './facts-shown';
import { type Links, loadShelf, SAMPLE_PERSON, type Shelf, valuesFor } from './message-values';
import { exampleCart } from './product-values';

/** What of a preview is not as the sender would have it. */
export type ExampleNote = 'sample-data' | 'sample-cart' | 'no-consent' | 'code-over';

export interface Show {
  shop: Shop;
  /** Null: nobody in particular. */
  row: Awaited<ReturnType<typeof findCustomerRow>>;
  scenario: EffectiveScenario;
  key: ScenarioKey;
  step: EmailStep;
  language: Language;
  links: Links;
  /** Whose products and prices are shown. */
  now: Date;
  /** When it would go out: what days and codes are told from. */
  sentAt: Date;
}

/** What is shown, and what of it is made up. */
export async function showFor(scope: ShopScope, show: Show): Promise<{ values: EmailValues; notes: ExampleNote[] }> {
  const { shop, row, scenario, language } = show;
  const needsCart = scenario.definition.trigger.on === 'checkout-left';
  const checkout = row && needsCart ? await findLatestCheckout(scope, row.id) : null;
  const shelf = await shelfFor(scope, show, checkout);
  const ground = row
    ? groundFor(toCustomer(row), scenario.definition, shop.settings)
    : { ground: 'subscribed' as const };
  const code = exampleCode(scenario.definition, { step: show.step, at: show.sentAt, zone: shop.timeZone });
  const over = code !== null && codeOver(code, show.sentAt) !== null;
  const real = valuesFor({
    shop,
    shelf,
    links: show.links,
    person: row ?? { id: SAMPLE_PERSON, firstName: sampleValues(language).firstName, locale: language },
    scenario: show.key,
    step: show.step.id,
    messageId: null,
    checkoutId: checkout ?? undefined,
    boughtAtCheckout: false,
    code: over ? null : code,
    ground: 'ground' in ground ? ground.ground : 'subscribed',
    language,
  });
  const madeUp = needsCart && real.items.length === 0;
  const notes: ExampleNote[] = [
    ...('refused' in ground ? (['no-consent'] as const) : []),
    ...(row ? [] : (['sample-data'] as const)),
    ...(madeUp && row ? (['sample-cart'] as const) : []),
    ...(over ? (['code-over'] as const) : []),
  ];
  const withCart = madeUp ? { ...real, ...cartFor(show, shelf) } : real;
  return { notes, values: row ? withCart : { ...withCart, ...productsForNobody(withCart, language) } };
}

function shelfFor(scope: ShopScope, { row, scenario, key, step, now }: Show, checkout: string | null): Promise<Shelf> {
  const facts = makeFactsShown()(scenario, key, step.email);
  return loadShelf(scope, {
    checkoutIds: checkout ? [checkout] : [],
    // Examples are made of what sells best.
    shown: [{ customerId: row?.id ?? SAMPLE_PERSON, scenario: key, facts: [...facts, 'hasMostBought'] }],
    now,
  });
}

/** A cart of what sells best, whose link leads to the shop. */
function cartFor(
  { shop, language }: Show,
  { mostBought }: Shelf,
): Pick<EmailValues, 'items' | 'total' | 'checkoutUrl'> {
  const { items, total } = exampleCart(shop, mostBought, language) ?? sampleValues(language);
  return { items, total, checkoutUrl: shop.url };
}

/** Nobody in particular has bought nothing yet: what sells best stands in for picks, made-up products for a shop without any. */
function productsForNobody(
  { mostBought: real }: EmailValues,
  language: Language,
): Pick<EmailValues, 'mostBought' | 'recommended'> {
  const mostBought = real.length > 0 ? real : sampleValues(language).mostBought;
  return { mostBought, recommended: mostBought.toReversed() };
}

/** A code such as this step would show if it were made at that moment; null where it shows none. */
function exampleCode(
  { offer }: ScenarioDefinition,
  { step, at, zone }: { step: EmailStep; at: Date; zone: string },
): ShopperCode | null {
  if (!offer || !step.code) return null;
  const own = offer.kind === 'fixed-code';
  const lastDay = own ? offer.endsOn : lastDayOf(offer, at, zone);
  return {
    code: own ? offer.code : SAMPLE_CODE,
    offer,
    endsAt: lastDay === null ? null : endOfDay(lastDay, zone),
    givenAt: null,
    usedAt: null,
  };
}
