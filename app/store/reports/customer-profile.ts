/** One customer as the owner reads them. Shown by the customer page. */
import type { ConsentState, Preferences } from '../../domain/customer';
import type { customers } from '../schema';

export interface CustomerProfile {
  id: string;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  locale: string | null;
  consent: ConsentState;
  consentUpdatedAt: Date | null;
  ordersCount: number;
  tags: string[];
  preferences: Preferences;
  suppressed: 'bounced' | 'complained' | null;
  deleted: boolean;
  /** `YYYY-MM-DD`; null while unknown. */
  birthDate: string | null;
  vipSince: Date | null;
  /** The segment of the owner's that leaves them out. */
  leftOutSegment: string | null;
}

/** What of a customer's row is the owner's to read. */
export function profileOf(row: typeof customers.$inferSelect): CustomerProfile {
  const { id, firstName, lastName, email, locale, consentUpdatedAt, ordersCount, tags, preferences, suppressed } = row;
  const { birthDate, vipSince, leftOutSegment } = row;
  return {
    id,
    firstName,
    lastName,
    email,
    locale,
    consent: row.consentState,
    consentUpdatedAt,
    ordersCount,
    tags,
    preferences,
    suppressed,
    deleted: row.deletedAt !== null,
    birthDate,
    vipSince,
    leftOutSegment,
  };
}
