/**
 * Applies what SendGrid tells of nearly every e-mail, that it took and delivered it, for all of a job's e-mails in one transaction: a
 * shop's flood tells of each twice. Whatever asks for more than a moment to be noted is left to `route-event`. Called by `route-events`.
 */
import { readStoredEvent } from '../gateways/sendgrid/events';
import type { Clock } from '../lib/clock';
import { describeError } from '../lib/describe-error';
import type { Logger } from '../log.server';
import type { StoredEvent } from '../queue/route-jobs';
import {
  applyReceipts,
  lockPlainMessages,
  type Receipt,
  type StoredReceipt,
  takeOpenReceipts,
} from '../store/receipts';
import { type Db, inShop, type ShopScope } from '../store/scope';

export interface RouteReceiptsParts {
  db: Db;
  clock: Clock;
  log: Logger;
}

const isReceipt = ({ source, topic }: StoredEvent) =>
  source === 'sendgrid' && (topic === 'processed' || topic === 'delivered');
const nameOf = ({ topic, dedupeKey }: Pick<StoredEvent, 'topic' | 'dedupeKey'>) => `${topic} ${dedupeKey}`;

/** @returns a stage that answers which of the events are still to be applied one by one, in the order given */
export function makeRouteReceipts(
  parts: RouteReceiptsParts,
): (events: readonly StoredEvent[]) => Promise<readonly StoredEvent[]> {
  return async (events) => {
    const done = new Set<StoredEvent>();
    for (const [shopId, receipts] of Map.groupBy(events.filter(isReceipt), (event) => event.shopId)) {
      if (receipts.length === 1) continue;
      // Together they may fail for one of them: each is then tried for itself.
      const applied = await inShop(parts.db, shopId, (shop) => apply(parts, shop, receipts)).catch((error: unknown) => {
        parts.log.warn({ event: 'receipts.not-together', shopId, error: describeError(error) });
        return new Set<string>();
      });
      for (const receipt of receipts) if (applied.has(nameOf(receipt))) done.add(receipt);
      if (applied.size > 0) {
        const { size: count } = applied;
        parts.log.info({
          event: 'event.routed',
          source: 'sendgrid',
          topic: 'receipts',
          shopId,
          outcome: 'applied',
          count,
        });
      }
    }
    return events.filter((event) => !done.has(event));
  };
}

async function apply(
  { clock }: RouteReceiptsParts,
  shop: ShopScope,
  events: readonly StoredEvent[],
): Promise<Set<string>> {
  const open = (await takeOpenReceipts(shop, events)).flatMap(read);
  if (open.length === 0) return new Set();
  const plain = await lockPlainMessages(shop, [...new Set(open.map(({ messageId }) => messageId))]);
  const receipts = open.filter(({ messageId }) => plain.has(messageId));
  if (receipts.length > 0) await applyReceipts(shop, receipts, { outcome: 'applied', at: clock.now() });
  return new Set(receipts.map(nameOf));
}

/** None for a body that cannot be read: `route-event` says what is wrong with it. */
function read(stored: StoredReceipt): Receipt[] {
  try {
    const { at, messageId, name } = readStoredEvent(stored.payload);
    if (name !== stored.topic) return [];
    return [
      {
        ...{ ...stored, messageId },
        processedAt: name === 'processed' ? at : null,
        deliveredAt: name === 'delivered' ? at : null,
      },
    ];
  } catch {
    return [];
  }
}
