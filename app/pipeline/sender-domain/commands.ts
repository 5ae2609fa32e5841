/** What the owner does on the page of the sender domain: the only way that route changes anything. */
import type { DomainTrouble } from '../../domain/domain-proof';
import { makeCheckDomain } from './check';
import { type DomainAnswer, type DomainWish, makeConnectDomain, makeDisconnectDomain } from './connect';
import type { SenderDomainParts } from './parts';

export interface DomainCommands {
  /** Asks SendGrid for the DNS records of a domain of the shop's own. */
  connect(shopId: number, wish: DomainWish): Promise<DomainAnswer>;
  /** Looks at once how it stands; answers why nothing was found out, or null. The worker's looks are the same. */
  check(shopId: number): Promise<DomainTrouble | null>;
  /** Lets go of it: e-mails come from the shared sender again. */
  disconnect(shopId: number): Promise<DomainAnswer>;
}

export function makeDomainCommands(parts: SenderDomainParts): DomainCommands {
  const check = makeCheckDomain(parts);
  return { check, connect: makeConnectDomain(parts, check), disconnect: makeDisconnectDomain(parts) };
}
