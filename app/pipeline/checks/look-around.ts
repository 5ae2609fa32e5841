/** Asks what a scenario's e-mails rest on outside: its addresses on the web, the owner's code in Shopify, the sender in SendGrid. */
import type { ScenarioKey } from '../../domain/scenario';
import { type AddressSeen, type CodeSeen, NOTHING_SEEN, type Seen } from '../../domain/seen';
import type { AdminClient } from '../../gateways/shopify/admin-client';
import { DISCOUNT_OF_CODE } from '../../gateways/shopify/documents/discount';
import type { LookAtAddress } from '../../gateways/web/look-at-address';
import { describeError } from '../../lib/describe-error';
import { sideBySide } from '../../lib/side-by-side';
import type { Logger } from '../../log.server';
import type { EffectiveScenario } from '../effective-scenario';
import { askSender, type KnownSenderParts } from '../known-sender';
import { addressesToAsk, type Checked } from './check-scenario';

/** Nobody's server is knocked at by more than these at a time. */
const AT_ONCE = 4;

export interface LookParts extends KnownSenderParts {
  admin: AdminClient;
  lookAtAddress: LookAtAddress;
  log: Logger;
}

/** What could not be asked is absent, and nothing is said of it. */
export async function lookAround(
  parts: LookParts,
  of: Pick<Checked, 'shop' | 'scenario'> & { key: ScenarioKey },
): Promise<Seen> {
  const addresses: Record<string, AddressSeen> = {};
  await sideBySide(AT_ONCE, addressesToAsk(of), async ({ address, size }) => {
    addresses[address] = await parts.lookAtAddress(address, { size });
  });
  const { senderEmail } = of.shop.settings;
  return {
    ...NOTHING_SEEN,
    addresses,
    code: await lookAtCode(parts, of.shop.domain, of.scenario),
    sender:
      senderEmail === null || !parts.senders
        ? null
        : { email: senderEmail, state: await askSender(parts, of.shop.id, senderEmail) },
  };
}

const STATES = { active: 'there', scheduled: 'not-yet', expired: 'ended' } as const satisfies Record<string, CodeSeen>;

async function lookAtCode(
  { admin, log }: LookParts,
  shopDomain: string,
  { definition: { offer } }: EffectiveScenario,
): Promise<Seen['code']> {
  if (offer?.kind !== 'fixed-code') return null;
  try {
    const holder = await admin.run(shopDomain, DISCOUNT_OF_CODE, { code: offer.code });
    return { code: offer.code, state: holder ? STATES[holder.status ?? 'active'] : 'gone' };
  } catch (error) {
    log.warn({ event: 'look.code-not-asked', error: describeError(error) });
    return null;
  }
}
