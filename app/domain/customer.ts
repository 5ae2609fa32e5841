/** Who a shopper is to us: what consent, timing and wording need, nothing more. */
import type { Language } from '../lib/language';

/** Shopify's consent states (CustomerEmailMarketingState), lower case. */
export const CONSENT_STATES = [
  'subscribed',
  'unsubscribed',
  'pending',
  'not_subscribed',
  'redacted',
  'invalid',
] as const;
export type ConsentState = (typeof CONSENT_STATES)[number];
export type OptInLevel = 'single_opt_in' | 'confirmed_opt_in' | 'unknown';

export interface Consent {
  state: ConsentState;
  level: OptInLevel;
  updatedAt: Date | null;
}

/** What the shopper chose on the preference page. */
export interface Preferences {
  /** Scenario keys they do not want. */
  refused: string[];
  /** At most one e-mail in seven days. */
  fewer: boolean;
  /** To be written to in this language, whatever their locale says. */
  language?: Language;
  /** They took their birth date away: whatever the store says of it elsewhere does not count until they tell one again. */
  noBirthDate?: true;
}

export interface Customer {
  id: string;
  email: string | null;
  firstName: string | null;
  lastName: string | null;
  locale: string | null;
  country: string | null;
  tags: string[];
  consent: Consent;
  preferences: Preferences;
  birthDate: string | null;
  /** The customer segment the owner leaves out that they are in. */
  leftOutSegment: string | null;
  ordersCount: number;
  /** Set when SendGrid told us the address bounced or complained. */
  suppressed: 'bounced' | 'complained' | null;
  deleted: boolean;
}

/** The key two spellings of one address share. */
export function emailKey(email: string): string {
  return email.trim().toLowerCase();
}
