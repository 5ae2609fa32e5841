/** How far a shop's setup is, each step by what is really there. Read by the overview. */
import type { Setup } from '../domain/setup';
import type { Shop } from '../domain/shop';
import { together } from '../lib/together';
import { findDomain } from '../store/authenticated-domains';
import { loadSwitchedOn } from '../store/reports/scenario-figures';
import type { ShopScope } from '../store/scope';
import { findSetup } from '../store/setup';
import { ownSenderOf, postalAddressOf, replyToOf, type SenderSettings } from './sender';

/** Null once the owner has put the guide away. */
export async function readSetup(scope: ShopScope, shop: Shop, settings: SenderSettings): Promise<Setup | null> {
  const { kept, domain, switchedOn } = await together({
    kept: findSetup(scope),
    domain: findDomain(scope),
    switchedOn: loadSwitchedOn(scope),
  });
  if (kept.hidden) return null;
  const senderEmail = ownSenderOf(shop) ?? settings.sharedSender;
  const replyTo = replyToOf(shop);
  const address = postalAddressOf(shop);
  return {
    done: {
      sender: senderEmail !== null && replyTo !== null,
      address: address !== null,
      domain: domain?.status === 'valid',
      scenarios: Object.keys(switchedOn).length > 0,
      test: kept.tested,
    },
    senderName: shop.settings.senderName ?? shop.name,
    senderEmail,
    replyTo,
    address: address?.replaceAll('\n', ', ') ?? null,
    owner: shop.email,
  };
}
