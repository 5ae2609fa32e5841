/** One customer as the owner reads them. Read by the customer page and the preview's picker. */
import { and, eq } from 'drizzle-orm';
import type { ConsentState, Preferences } from '../../domain/customer';
import { customers } from '../schema';
import type { ShopScope } from '../scope';

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

/** The customer, or null when this shop has none with the id. */
export async function findCustomerProfile(shop: ShopScope, id: string): Promise<CustomerProfile | null> {
  const [row] = await shop.tx
    .select()
    .from(customers)
    .where(and(eq(customers.shopId, shop.shopId), eq(customers.id, id)));
  if (!row) return null;
  const { firstName, lastName, email, locale, consentUpdatedAt, ordersCount, tags, preferences, suppressed } = row;
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
