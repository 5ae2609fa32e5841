/** A shop as decisions see it: where it is, what the owner set, and whether anything may go out at all. */
import type { MinuteOfDay } from '../lib/time-zone';

export interface PostalAddress {
  company: string;
  line1: string;
  line2: string;
  postalCode: string;
  city: string;
  region: string;
  country: string;
}

/** What the owner set for the whole shop. Defaults stand in `DEFAULT_SHOP_SETTINGS`. */
export interface ShopSettings {
  /** The name recipients see. Null: the shop's own name. */
  senderName: string | null;
  /** Null: the operator's shared sender. */
  senderEmail: string | null;
  replyTo: string | null;
  address: PostalAddress | null;
  quietHours: { from: MinuteOfDay; to: MinuteOfDay };
  frequency: { gapHours: number; maxIn7Days: number };
  /** Customers with one of these tags get nothing. */
  leftOutTags: string[];
  /** Whether checkout reminders go to everyone who left an address, where the country table allows it. */
  checkoutGround: 'subscribed' | 'left-address';
  attributionDays: number;
  brand: { logoUrl: string | null; buttonColor: string | null };
}

export const DEFAULT_SHOP_SETTINGS: ShopSettings = {
  senderName: null,
  senderEmail: null,
  replyTo: null,
  address: null,
  quietHours: { from: 21 * 60, to: 8 * 60 },
  frequency: { gapHours: 16, maxIn7Days: 3 },
  leftOutTags: [],
  checkoutGround: 'subscribed',
  attributionDays: 5,
  brand: { logoUrl: null, buttonColor: null },
};

export interface Shop {
  id: number;
  domain: string;
  name: string;
  email: string | null;
  currency: string;
  timeZone: string;
  country: string | null;
  locale: string;
  url: string;
  address: PostalAddress | null;
  installedAt: Date | null;
  uninstalledAt: Date | null;
  pausedAt: Date | null;
  ordersKnownUntil: Date | null;
  settings: ShopSettings;
}
