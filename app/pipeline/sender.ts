/** From whom a shop's e-mails go out, or what is still missing for that. Asked by deliver, the test send and the admin. */
import type { PostalAddress, Shop } from '../domain/shop';

/** The operator's side: what `env.server` knows of SendGrid. */
export interface SenderSettings {
  hasProviderKey: boolean;
  /** The operator's verified address, shared by shops that have none of their own. */
  sharedSender: string | null;
  /** How many e-mails a day a shop may send from it; null or absent: without limit. */
  sharedDailyLimit?: number | null;
}

export type Sender =
  | { state: 'ready'; from: { email: string; name: string }; replyTo: string | null; address: string }
  | { state: 'sender-missing' | 'address-missing' };

/** The shop's own address, unless its domain is no longer proven: then the shared one stands in. */
export function ownSenderOf({ senderHeld, settings }: Pick<Shop, 'senderHeld' | 'settings'>): string | null {
  return senderHeld ? null : settings.senderEmail;
}

/** Who the e-mail comes from, as the recipient will read it. */
export function senderOf(shop: Shop, settings: SenderSettings): Sender {
  const email = ownSenderOf(shop) ?? settings.sharedSender;
  if (!settings.hasProviderKey || !email) return { state: 'sender-missing' };
  const address = postalAddressOf(shop);
  if (!address) return { state: 'address-missing' };
  return {
    state: 'ready',
    from: { email, name: shop.settings.senderName ?? shop.name },
    replyTo: replyToOf(shop),
    address,
  };
}

/** Where answers go; null: to the sender itself. */
export function replyToOf({ settings, email }: Pick<Shop, 'settings' | 'email'>): string | null {
  return addressOrNull(settings.replyTo ?? email);
}

/** One malformed reply address would make SendGrid refuse every e-mail of the shop. */
function addressOrNull(text: string | null): string | null {
  return text !== null && /^[^\s@<>",;]+@[^\s@<>",;]+\.[^\s@<>",;]+$/.test(text) ? text : null;
}

/** The postal address on one line a part, as the law wants it in every marketing e-mail; null while it is incomplete. */
export function postalAddressOf(shop: Pick<Shop, 'address' | 'settings' | 'name'>): string | null {
  const address = shop.settings.address ?? shop.address;
  if (!address?.line1.trim() || !address.city.trim()) return null;
  return lines(address, shop.name).join('\n');
}

function lines(address: PostalAddress, shopName: string): string[] {
  const city = [address.postalCode, address.city]
    .map((part) => part.trim())
    .filter(Boolean)
    .join(' ');
  // The footer names the shop itself; the company stands only where it is another name.
  const company = address.company.trim() === shopName.trim() ? '' : address.company;
  return [company, address.line1, address.line2, city, address.region, address.country]
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
