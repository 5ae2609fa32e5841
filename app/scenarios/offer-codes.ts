/** Why a field of an offer or an audience is refused; apart from their checks, so that a page can name them without zod. */
export const OFFER_CODES = [
  'offer-percent',
  'offer-amount',
  'offer-minimum',
  'offer-valid-days',
  'offer-items-none',
  'offer-items-many',
  'offer-code',
  'offer-description',
  'offer-day',
  'offer-day-past',
  'audience-days',
  'audience-percent',
  'audience-spend',
  'audience-orders',
  'too-many-decimals',
] as const;
