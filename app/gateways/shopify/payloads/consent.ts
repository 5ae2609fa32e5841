/** Shopify's words for consent, as webhooks (lower case) and the Admin API (upper case) write them. */
import { CONSENT_STATES, type ConsentState, type OptInLevel } from '../../../domain/customer';

/** Shopify's state in either spelling (`subscribed`, `SUBSCRIBED`), or null when it is none we know. */
export function consentState(told: string | null | undefined): ConsentState | null {
  const lower = told?.toLowerCase();
  return CONSENT_STATES.find((state) => state === lower) ?? null;
}

export function optInLevel(told: string | null | undefined): OptInLevel {
  const lower = told?.toLowerCase();
  return lower === 'single_opt_in' || lower === 'confirmed_opt_in' ? lower : 'unknown';
}
