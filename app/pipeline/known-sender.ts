/** Whether SendGrid takes a shop's e-mails from an address. Asked when settings are saved, and by the look before a scenario is switched on. */
import type { SenderSeen } from '../domain/seen';
import { domainOf } from '../domain/sender-domain';
import type { SenderCheck } from '../gateways/sendgrid/senders';
import { together } from '../lib/together';
import { type AuthenticatedDomain, findDomain } from '../store/authenticated-domains';
import { type Db, inShop } from '../store/scope';
import { findSubuser } from '../store/subusers';

export interface KnownSenderParts {
  db: Db;
  /** Null without a key. */
  senders: SenderCheck | null;
}

/** Who entered a domain's records in DNS has shown whose it is: every address there is the shop's. */
export function provesSender(domain: AuthenticatedDomain | null, email: string): boolean {
  return domain?.status === 'valid' && domain.domain === domainOf(email);
}

/** `unknown` where SendGrid cannot be asked. */
export async function askSender({ db, senders }: KnownSenderParts, shopId: number, email: string): Promise<SenderSeen> {
  const { domain, subuser } = await inShop(db, shopId, (scope) =>
    together({ domain: findDomain(scope), subuser: findSubuser(scope) }),
  );
  if (provesSender(domain, email)) return 'verified';
  return (await senders?.check(email, subuser?.username ?? null)) ?? 'unknown';
}
