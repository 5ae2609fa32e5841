/** Verbs for shops that sent many e-mails, and for claiming as deliver does. */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { claimDue } from '../../app/pipeline/claim';
import type { SenderSettings } from '../../app/pipeline/sender';
import { type Db, inShop } from '../../app/store/scope';

export interface Sent {
  mails: number;
  /** The oldest of them came back; the newest were called spam. */
  bounced: number;
  complained: number;
  now: Date;
}

/** Delivered e-mails of nobody in particular, a second apart up to ten minutes before `now`. */
export async function seedSent(db: Db, shopId: number, { mails, bounced, complained, now }: Sent): Promise<void> {
  await inShop(db, shopId, async ({ tx }) => {
    await tx.execute(sql`
      with enrolled as (
        insert into enrollments (shop_id, scenario, customer_id, occurrence, version, status, anchor, started_at)
        select ${shopId}, 'welcome', 'n' || n, ${randomUUID()} || n, 1, 'finished', ${now.toISOString()}, ${now.toISOString()}
        from generate_series(1, ${mails}::int) n returning id),
      numbered as (select id, row_number() over () as n from enrolled),
      timed as (select id, n, ${now.toISOString()}::timestamptz - interval '10 minutes' - make_interval(secs => n) as at from numbered)
      insert into messages (shop_id, enrollment_id, scenario, step, email, customer_id, priority, status, planned_at,
        expires_at, sent_at, delivered_at, bounced_at, complained_at)
      select ${shopId}, id, 'welcome', 'hello', 'welcome-1', 'n' || n, 4, 'sent', at, at, at,
        case when n <= ${mails - bounced}::int then at end, case when n > ${mails - bounced}::int then at end,
        case when n <= ${complained}::int then at end
      from timed`);
  });
}

const SETTINGS: SenderSettings = { hasProviderKey: true, sharedSender: 'post@relance.example' };

export function claimAt(db: Db, shopId: number, messageIds: string[], now: Date, settings = SETTINGS) {
  const claimId = randomUUID();
  return inShop(db, shopId, (shop) =>
    claimDue(shop, {
      ...{ messageIds, claimId, now, providerPaused: false, ordersConfirmed: true },
      settings,
    }),
  );
}
