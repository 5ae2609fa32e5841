/** What limits how many e-mails of a shop go out for now: a pace that was slowed, a sender domain that is new, the sender all shops share. Called by the claim and by the admin's pages. */
import type { Allowance } from '../domain/allowance';
import { hasGoneIdle, type Ramp, rampOf, type SentFrom, wantsNoting } from '../domain/domain-ramp';
import { SLOW_PER_HOUR } from '../domain/mail-pace';
import { domainOf } from '../domain/sender-domain';
import type { Shop } from '../domain/shop';
import { HOUR } from '../lib/duration';
import { dayOf } from '../lib/time-zone';
import { countOutgoing, lockSending } from '../store/mail-pace';
import type { ShopScope } from '../store/scope';
import { findSenderDomain } from '../store/sender-domains';
import { ownSenderOf, type SenderSettings } from './sender';

export interface Limits {
  allowances: Allowance[];
  /** The shop's own sender domain, if the next e-mail from it must be noted. */
  domainToNote: string | null;
}

const NEVER_SENT: SentFrom = { firstAt: null, lastAt: null };

/**
 * The limits of a shop that is about to send. Where there are any, nobody else claims e-mails of the shop until the transaction
 * ends: two workers would each take the last place. Shops without pay at most one look at their sender domain.
 */
export async function loadLimits(
  scope: ShopScope,
  shop: Shop,
  { now, settings }: { now: Date; settings: SenderSettings },
): Promise<Limits> {
  const isSlow = shop.pace.name === 'slow';
  const own = ownSenderOf(shop);
  const domain = own && domainOf(own);
  const most = domain ? null : (settings.sharedDailyLimit ?? null);
  const known = domain ? await findSenderDomain(scope, domain) : null;
  const sent = known ?? NEVER_SENT;
  const ramp = domain ? rampOf(sent, now, shop.timeZone) : null;
  const domainToNote = wantsNoting(sent, now) ? domain : null;
  if (!isSlow && !ramp && most === null) return { allowances: [], domainToNote };
  await lockSending(scope);
  const allowances = [
    ...(isSlow ? [await slowed(scope, shop, now)] : []),
    ...(ramp && domain ? [await ramped(scope, { domain, ramp, chosenAt: known?.chosenAt ?? null })] : []),
    ...(most === null ? [] : [await shared(scope, shop, { most, now })]),
  ];
  return { allowances, domainToNote };
}

async function slowed(scope: ShopScope, { pace }: Shop, now: Date): Promise<Allowance> {
  // What left just an hour ago takes no place any more: there is room again later, never at this very moment.
  const since = new Date(now.getTime() - HOUR + 1);
  const { used, mostAt } = await countOutgoing(scope, { since, most: SLOW_PER_HOUR });
  return {
    ...{ reason: 'sending-slowed', facts: { ...pace.facts, perHour: SLOW_PER_HOUR } },
    ...{ most: SLOW_PER_HOUR, used, waves: { each: SLOW_PER_HOUR, waiting: 0 } },
    until: new Date((mostAt ?? now).getTime() + HOUR),
  };
}

async function ramped(
  scope: ShopScope,
  { domain, ramp, chosenAt }: { domain: string; ramp: Ramp; chosenAt: Date | null },
): Promise<Allowance> {
  const { used } = await countOutgoing(scope, { since: sentFrom(ramp, chosenAt), most: ramp.limit });
  const facts = { domain, limit: ramp.limit, day: ramp.day };
  return { reason: 'new-sender-domain', facts, most: ramp.limit, used, until: ramp.until, waves: null };
}

/** The sender all shops share: so many of each on a day of its calendar, whatever they were sent from. */
async function shared(scope: ShopScope, shop: Shop, { most, now }: { most: number; now: Date }): Promise<Allowance> {
  const { from, until } = dayOf(now, shop.timeZone);
  const { used } = await countOutgoing(scope, { since: from, most });
  return { reason: 'shared-sender-limit', facts: { limit: most }, most, used, until, waves: null };
}

export interface SharedToday {
  sender: string;
  /** Null: without limit. */
  limit: number | null;
  /** Counted where it matters alone. */
  sentToday: number;
}

/** What the shared sender does for a shop today; null where the shop sends from its own, or there is none. */
export async function readShared(
  scope: ShopScope,
  shop: Shop,
  { now, settings }: { now: Date; settings: SenderSettings },
): Promise<SharedToday | null> {
  const { sharedSender: sender, sharedDailyLimit: limit = null } = settings;
  if (!settings.hasProviderKey || sender === null || ownSenderOf(shop) !== null) return null;
  if (limit === null) return { sender, limit, sentToday: 0 };
  const { used } = await countOutgoing(scope, { since: dayOf(now, shop.timeZone).from, most: limit });
  return { sender, limit, sentToday: used };
}

/** What went out that day before the domain was chosen came from elsewhere. */
function sentFrom({ from }: Ramp, chosenAt: Date | null): Date {
  return chosenAt && chosenAt > from ? chosenAt : from;
}

export interface RampToday {
  domain: string;
  limit: number;
  sentToday: number;
  /** ISO; null before the e-mail the days count from. */
  freeFrom: string | null;
  /** Known once, and forgotten since. */
  idle: boolean;
}

/** How the shop's own sender domain stands today, for the owner to read; null where nothing limits it. */
export async function readRamp(scope: ShopScope, shop: Shop, now: Date): Promise<RampToday | null> {
  const own = ownSenderOf(shop);
  if (!own) return null;
  const domain = domainOf(own);
  const known = await findSenderDomain(scope, domain);
  const ramp = rampOf(known ?? NEVER_SENT, now, shop.timeZone);
  if (!ramp) return null;
  const since = sentFrom(ramp, known?.chosenAt ?? null);
  const { used } = await countOutgoing(scope, { since, most: ramp.limit });
  const idle = known !== null && hasGoneIdle(known, now);
  return { domain, limit: ramp.limit, sentToday: used, freeFrom: ramp.freeFrom?.toISOString() ?? null, idle };
}
