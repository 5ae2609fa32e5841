/** What the stages of a sender domain work with. */
import type { ReadTxt } from '../../gateways/dns/txt';
import type { DomainAuthentication } from '../../gateways/sendgrid/domains';
import type { Clock } from '../../lib/clock';
import type { Logger } from '../../log.server';
import type { Db } from '../../store/scope';

export interface SenderDomainParts {
  db: Db;
  clock: Clock;
  log: Logger;
  /** Null without a key. */
  domains: DomainAuthentication | null;
  readTxt: ReadTxt;
  /** The subuser a shop sends as; null where it sends as the account itself. */
  subuserOf(shopId: number): Promise<string | null>;
  /** Lets a subuser send from a domain of the account; null without subusers. */
  lend: ((domainId: string, username: string) => Promise<unknown>) | null;
}
