/** What the code stages share, and the one way a code becomes ready: together with the job that goes on with its enrollment. */
import type { Offer } from '../../domain/offer';
import type { AdminClient } from '../../gateways/shopify/admin-client';
import type { Clock } from '../../lib/clock';
import { newCodeText } from '../../lib/code-text';
import type { Logger } from '../../log.server';
import type { Queue } from '../../queue/enqueue';
import { deliveries } from '../../queue/jobs';
import { markReady, wakeAwaiting, wakeEnrollments } from '../../store/codes';
import type { Db, ShopScope } from '../../store/scope';

export interface CodeParts {
  db: Db;
  admin: AdminClient;
  queue: Queue;
  clock: Clock;
  log: Logger;
  /** Real milliseconds to wait for Shopify to bring codes in before the job is left to be tried again. */
  patienceMs?: number;
}

/** A code by its enrollment, and the text it was given. */
export interface CodeText {
  enrollmentId: number;
  code: string;
}

/** Marks codes ready and has their enrollments go on, in the caller's transaction. */
export async function settleReady(
  { queue }: Pick<CodeParts, 'queue'>,
  shop: ShopScope,
  list: readonly CodeText[],
  ready: { discountId: string | null; endsAt: Date | null; at: Date },
): Promise<void> {
  await goOn({ queue }, shop, await markReady(shop, list, ready), ready.at);
}

/** What a code that is wanted now is called: the owner's text, or one of its own. */
export function textOf(offer: Offer): string {
  return offer.kind === 'fixed-code' ? offer.code : newCodeText();
}

/** Has these enrollments, and their e-mails that waited for the code, looked at now. */
export async function goOn(
  { queue }: Pick<CodeParts, 'queue'>,
  shop: ShopScope,
  enrollmentIds: readonly number[],
  at: Date,
): Promise<void> {
  const awake = await wakeEnrollments(shop, enrollmentIds, at);
  await queue.enqueue(
    shop,
    'enrollment.advance',
    awake.map((enrollmentId) => ({ shopId: shop.shopId, enrollmentId })),
  );
  const waiting = await wakeAwaiting(shop, enrollmentIds, at);
  await queue.enqueue(shop, 'message.deliver', deliveries(shop.shopId, waiting));
}
