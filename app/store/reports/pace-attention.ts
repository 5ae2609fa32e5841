/** Why a shop's sending is slowed or stopped, as the overview tells it. Read by the home route. */
import { type Pace, SLOW_PER_HOUR, STOPPED_MS } from '../../domain/mail-pace';
import { countHeldByPace } from '../mail-pace';
import type { ShopScope } from '../scope';

export interface PacePoint {
  point: 'sending-stopped' | 'sending-slowed';
  /** Null: slowed after a stop, counted afresh. */
  cause: 'bounces' | 'complaints' | null;
  mails: number;
  /** How many of them came back or were marked as spam. */
  count: number;
  perHour: number;
  /** E-mails that wait for it. */
  waiting: number;
  /** When a stopped shop goes on by itself. */
  goesOnAt: string | null;
}

/** None at full speed. */
export async function loadPacePoints(scope: ShopScope, { name, since, facts }: Pace): Promise<PacePoint[]> {
  if (name === 'full') return [];
  const cause = facts.cause === 'bounces' || facts.cause === 'complaints' ? facts.cause : null;
  return [
    {
      point: name === 'stopped' ? 'sending-stopped' : 'sending-slowed',
      cause,
      mails: Number(facts.mails ?? 0),
      count: Number(cause ? (facts[cause] ?? 0) : 0),
      perHour: SLOW_PER_HOUR,
      waiting: await countHeldByPace(scope),
      goesOnAt: name === 'stopped' && since ? new Date(since.getTime() + STOPPED_MS).toISOString() : null,
    },
  ];
}
