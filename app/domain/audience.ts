/** Whom a scanned scenario looks for: the rule, its limits, and what the owner may choose. The scans turn it into SQL. */

/** `usual-gap`: twice the customer's own usual gap, else the shop's, else 60 days. `days`: as many as the owner says. */
export type LapseRule = { by: 'usual-gap' } | { by: 'days'; days: number };

/** The best by net spend of twelve months, or everybody who reached a spend (shop's currency) or a number of orders in them. */
export type VipRule =
  | { by: 'share'; percent: number }
  | { by: 'spend'; amount: string }
  | { by: 'orders'; count: number };

export type Audience = LapseRule | VipRule;

/** What the best customers are tagged with in Shopify. */
export const VIP_TAG = 'VIP';

/** What counts until the owner chooses. */
export const DEFAULT_LAPSE_RULE: LapseRule = { by: 'usual-gap' };
export const DEFAULT_VIP_RULE: VipRule = { by: 'share', percent: 5 };

/** A scan that could not run for days still finds what happened within this many; older is over. */
export const SCAN_REACH_DAYS = 30;
/** When what the nightly scans find is planned: ten in the morning, minutes after midnight on the shopper's clock. */
export const MORNING = 10 * 60;
/** Over how many days the owner may spread an e-mail to those who were in the state before. */
export const STANDING_DAYS = { fewest: 1, most: 60 };

/** Days without an order where nothing is known about how often people buy. */
export const DEFAULT_LAPSE_DAYS = 60;
/** A usual gap is doubled, and kept within these. */
export const LAPSE_DAYS = { shortest: 30, longest: 365 };
/** Orders a customer needs before their own gap counts, and repeat customers a shop needs before its gap does. */
export const OWN_GAP_ORDERS = 3;
export const SHOP_GAP_CUSTOMERS = 50;

/** Who is among the best by share leaves only below a wider one, so that nobody goes in and out every night. */
export const VIP_LEAVING_FACTOR = 1.4;
export const VIP_MIN_ORDERS = 2;
export const VIP_DAYS = 365;

/** Two rules with the same text find the same people. */
export function textOf(rule: Audience): string {
  switch (rule.by) {
    case 'usual-gap':
      return rule.by;
    case 'days':
      return `days:${rule.days}`;
    case 'share':
      return `share:${rule.percent}`;
    case 'spend':
      return `spend:${Number(rule.amount)}`;
    case 'orders':
      return `orders:${rule.count}`;
  }
}

export function isLapseRule(audience: Audience): audience is LapseRule {
  return audience.by === 'usual-gap' || audience.by === 'days';
}

export function isVipRule(audience: Audience): audience is VipRule {
  return !isLapseRule(audience);
}
