/** On what ground a person may be written to, if any. Each sent message keeps the ground it stood on. */
import { type CheckoutRule, ELSEWHERE, isAsStrict } from './checkout-rule';
import type { Consent, Customer } from './customer';
import type { Reason } from './reason';
import type { ScenarioDefinition } from './scenario';
import type { ShopSettings } from './shop';

export type Ground = 'subscribed' | 'left-address' | 'earlier-buyer';

export interface CheckoutGroundRule {
  rule: CheckoutRule;
  /** The law, as its country cites it. */
  source: string;
}

/**
 * Where a country allows checkout reminders without a subscription, once the owner widened the ground. A country not
 * listed is treated as the strictest neighbor would: an earlier purchase is needed. Not legal advice; it narrows only.
 */
export const CHECKOUT_GROUNDS: Record<string, CheckoutGroundRule> = {
  // To own customers, for similar goods, once a sale was concluded; so too in the next five.
  FR: { rule: 'earlier-buyer', source: 'CPCE, art. L34-5' },
  BE: { rule: 'earlier-buyer', source: 'AR/KB 4.4.2003, art. 1' },
  DE: { rule: 'earlier-buyer', source: 'UWG § 7(3)' },
  AT: { rule: 'earlier-buyer', source: 'TKG 2021 § 174(4)' },
  IT: { rule: 'earlier-buyer', source: 'Codice privacy, art. 130(4)' },
  ES: { rule: 'earlier-buyer', source: 'LSSI, art. 21(2)' },
  // A sale or negotiations for a sale; kept to a sale here.
  GB: { rule: 'earlier-buyer', source: 'PECR 2003, reg. 22(3)' },
  // An existing business relationship: two years after a purchase.
  CA: { rule: 'earlier-buyer', source: 'CASL / LCAP, s. 10(9)' },
  // Opt-out, with a postal address.
  US: { rule: 'anyone', source: 'CAN-SPAM Act, 15 U.S.C. § 7704' },
};

const STRICTEST_DEFAULT: CheckoutGroundRule = { rule: 'earlier-buyer', source: 'no row for this country' };

/** What the country table says, whatever the owner set; null when the country is not known. */
export function checkoutGroundRule(country: string | null): CheckoutGroundRule {
  return (country && CHECKOUT_GROUNDS[country.toUpperCase()]) || STRICTEST_DEFAULT;
}

type Narrowed = Pick<ShopSettings, 'checkoutCountries'>;

/** The rule that counts: the table's, or the owner's for the country (or for everywhere else) where that is stricter. */
export function checkoutRuleFor(country: string | null, { checkoutCountries }: Narrowed): CheckoutRule {
  const code = country?.toUpperCase() ?? '';
  const table = checkoutGroundRule(code).rule;
  const isListed = code in CHECKOUT_GROUNDS || code in checkoutCountries;
  const own = checkoutCountries[isListed ? code : ELSEWHERE];
  return own && isAsStrict(own, table) ? own : table;
}

/** The rules that count as lists for a query: countries that differ from everywhere else, and what holds there. */
export function checkoutRules(settings: Narrowed): {
  countries: Record<string, CheckoutRule>;
  elsewhere: CheckoutRule;
} {
  const codes = new Set([...Object.keys(CHECKOUT_GROUNDS), ...Object.keys(settings.checkoutCountries)]);
  codes.delete(ELSEWHERE);
  return {
    countries: Object.fromEntries([...codes].map((code) => [code, checkoutRuleFor(code, settings)])),
    elsewhere: checkoutRuleFor(null, settings),
  };
}

/** Whether a subscription is all the shop asks for: where it asks for double opt-in, an unconfirmed one is none yet. */
export function isConfirmed({ level }: Pick<Consent, 'level'>, { confirmedOnly }: Pick<ShopSettings, 'confirmedOnly'>) {
  return !confirmedOnly || level === 'confirmed_opt_in';
}

/**
 * The ground to write to this person for this scenario, or the reason there is none.
 * A withdrawn consent always wins, whatever the owner widened.
 */
export function groundFor(
  customer: Customer,
  scenario: Pick<ScenarioDefinition, 'consent'>,
  settings: Pick<ShopSettings, 'checkoutGround' | 'checkoutCountries' | 'confirmedOnly'>,
): { ground: Ground } | { refused: Reason } {
  switch (customer.consent.state) {
    case 'subscribed':
      return isConfirmed(customer.consent, settings) ? { ground: 'subscribed' } : { refused: 'consent-pending' };
    case 'unsubscribed':
    case 'redacted':
    case 'invalid':
      return { refused: 'unsubscribed' };
    case 'pending':
      return { refused: 'consent-pending' };
    case 'not_subscribed':
      break;
  }
  if (scenario.consent !== 'left-checkout' || settings.checkoutGround !== 'left-address')
    return { refused: 'not-subscribed' };
  const rule = checkoutRuleFor(customer.country, settings);
  if (rule === 'anyone') return { ground: 'left-address' };
  if (rule === 'earlier-buyer' && customer.ordersCount > 0) return { ground: 'earlier-buyer' };
  return { refused: 'ground-not-allowed' };
}
