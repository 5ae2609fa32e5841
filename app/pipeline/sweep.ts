/**
 * Rings the alarms: puts what is due on the queue, finds what a crash left behind, closes what SendGrid never told, forgets what is old.
 * A loop of the worker, not a job: it must run when every job is lost. Any number of workers may run it at once.
 */
import type { Clock } from '../lib/clock';
import { DAY, MINUTE } from '../lib/duration';
import type { Logger } from '../log.server';
import type { Queue } from '../queue/enqueue';
import { routeJobs } from '../queue/route-jobs';
import { hasWaitingJob } from '../queue/waiting-jobs';
import { CATALOGUE } from '../scenarios/catalogue';
import { findDomainLooksDue, takeDomainLook } from '../store/authenticated-domains';
import { findLooseCounts, gatherCounts } from '../store/daily-counts';
import { recordDecisions } from '../store/decisions';
import {
  type AlarmRule,
  alarmForgottenEvents,
  findReconcileDue,
  findScanDue,
  findShopsWithForgottenEvents,
  findStaleClaims,
  findStalledImports,
  findUnrecorded,
  takeReconcileDue,
  takeScanDue,
} from '../store/due';
import { claimNextLook } from '../store/imports';
import { lockMessage, markOutcome, returnMessages } from '../store/messages';
import { type Db, inShop } from '../store/scope';
import { findShopRow } from '../store/shops';
import { findShopsWithoutSubuser } from '../store/subusers';
import { makeForgetting } from './forget';
import { makeLookAtPaced } from './mail-pace';
import { makePromote } from './promote';
import { nextReconciliation } from './reconcile-time';
import { nextScan } from './scan-time';

export interface SweepParts {
  /** The worker role's connection: it alone sees due rows of every shop. */
  db: Db;
  queue: Queue;
  clock: Clock;
  log: Logger;
  /** Whether each shop has a SendGrid subuser of its own. */
  withSubusers?: boolean;
}

export interface Sweep {
  /** Puts what is due on the queue; answers how many. Cheap enough for every second. */
  promote(): Promise<number>;
  /** Mends what crashes and lost jobs left; every ten seconds. */
  mend(): Promise<void>;
}

const MOST_AT_ONCE = 1000;
/** A job that has not acted on its row after this long is taken for lost. Longer than any job may run. */
const ALARM_LOST_MS = 6 * MINUTE;
/**
 * A claim that did not reach hand-over after this long belongs to a dead worker: filling takes seconds. Should its worker
 * only be slow, its hand-over finds the claim gone and sends nothing; too long would make the e-mail late.
 */
const CLAIM_LOST_MS = 30_000;
/** An HTTP call lasts 15 s at most; an outcome not recorded after this long never will be. */
const OUTCOME_LOST_MS = 2 * MINUTE;
/** Real seconds after which a look at an import that should have come is taken for lost. */
const LOOK_LOST_SECONDS = 120;
/** How long SendGrid, or after a restore the owner, has to tell what became of an e-mail. */
export const UNSETTLED_DAYS = 1;

export function makeSweep({ db, queue, clock, log, withSubusers = false }: SweepParts): Sweep {
  const forget = makeForgetting({ db, log });
  const promoteDue = makePromote({ db, queue, clock, log });
  const lookAtPaced = makeLookAtPaced({ db, clock, log });
  const alarmRule = () => {
    const now = clock.now();
    return { now, lostBefore: new Date(now.getTime() - ALARM_LOST_MS), most: MOST_AT_ONCE };
  };
  return {
    async promote() {
      let count = await promoteDue(alarmRule());
      count += await promoteReconcile({ db, queue, clock, log });
      count += await promoteScans({ db, queue, clock, log });
      return count;
    },
    async mend() {
      const now = clock.now();
      const parts = { db, queue, clock, log };
      await returnStaleClaims(parts, now);
      await closeUnrecorded(parts, now);
      await requeueForgotten(parts, alarmRule());
      await resumeImports(parts);
      await promoteDomainLooks(parts);
      if (withSubusers) await settleSubusers(parts);
      for (const shopId of await findLooseCounts(db)) await inShop(db, shopId, gatherCounts);
      await lookAtPaced(now);
      await forget(now);
    },
  };
}

async function promoteReconcile({ db, queue, clock }: SweepParts): Promise<number> {
  const now = clock.now();
  let count = 0;
  for (const { shopId, timeZone } of await findReconcileDue(db, now)) {
    const nextAt = nextReconciliation(now, { shopId, timeZone });
    await inShop(db, shopId, async (shop) => {
      if (!(await takeReconcileDue(shop, { now, nextAt }))) return;
      await queue.enqueue(shop, 'shop.reconcile', [{ shopId }]);
      count += 1;
    });
  }
  return count;
}

async function promoteScans({ db, queue, clock }: SweepParts): Promise<number> {
  const now = clock.now();
  let count = 0;
  for (const { shopId, scenario } of await findScanDue(db, now)) {
    await inShop(db, shopId, async (shop) => {
      const timeZone = (await findShopRow(shop))?.timeZone ?? 'UTC';
      const nextAt = nextScan(now, CATALOGUE[scenario].trigger, { shopId, timeZone });
      if (!(await takeScanDue(shop, { scenario, now, nextAt }))) return;
      await queue.enqueue(shop, 'scenario.scan', [{ shopId, scenario }]);
      count += 1;
    });
  }
  return count;
}

/** Should the job be lost, the next look is not far. */
const DOMAIN_LOOK_LOST_MS = 10 * MINUTE;

async function promoteDomainLooks({ db, queue, clock }: SweepParts): Promise<void> {
  const now = clock.now();
  const nextAt = new Date(now.getTime() + DOMAIN_LOOK_LOST_MS);
  for (const shopId of await findDomainLooksDue(db, now)) {
    await inShop(db, shopId, async (shop) => {
      if (await takeDomainLook(shop, { now, nextAt })) await queue.enqueue(shop, 'domain.check', [{ shopId }]);
    });
  }
}

/** How long after a try in vain a subuser is tried again. */
const SUBUSER_AGAIN_MS = 10 * MINUTE;

/** Shops from before the operator switched subusers on, and those SendGrid refused one. */
async function settleSubusers({ db, queue, clock }: SweepParts): Promise<void> {
  const triedBefore = new Date(clock.now().getTime() - SUBUSER_AGAIN_MS);
  for (const shopId of await findShopsWithoutSubuser(db, triedBefore)) {
    await inShop(db, shopId, async (shop) => {
      if (await hasWaitingJob(shop, 'subuser.settle')) return;
      await queue.enqueue(shop, 'subuser.settle', [{ shopId }]);
    });
  }
}

async function returnStaleClaims({ db, log }: SweepParts, now: Date): Promise<void> {
  const stale = Map.groupBy(await findStaleClaims(db, new Date(now.getTime() - CLAIM_LOST_MS)), (row) => row.shopId);
  for (const [shopId, rows] of stale) {
    await inShop(db, shopId, async (shop) => {
      for (const { id, claimId } of rows) {
        const message = await lockMessage(shop, id);
        if (message?.status === 'claimed') await returnMessages(shop, [id], { claimId, dueAt: now, reason: null });
      }
    });
    log.warn({ event: 'claims.given-back', shopId, count: rows.length });
  }
}

/** A hand-over whose worker died is unsettled; one that stayed unsettled for a day is closed, never sent again. */
async function closeUnrecorded({ db, log }: SweepParts, now: Date): Promise<void> {
  const rows = await findUnrecorded(db, {
    handedOverBefore: new Date(now.getTime() - OUTCOME_LOST_MS),
    unsettledBefore: new Date(now.getTime() - UNSETTLED_DAYS * DAY),
  });
  for (const { shopId, id, status } of rows) {
    const closed = await inShop(db, shopId, async (shop) => {
      const message = await lockMessage(shop, id);
      if (message?.status !== status) return false;
      if (status === 'handed-over') {
        await markOutcome(shop, [id], {
          status: 'unsettled',
          reason: 'outcome-unknown',
          facts: { detail: 'worker stopped' },
        });
        return true;
      }
      await markOutcome(shop, [id], { status: 'unknown', reason: 'outcome-unknown' });
      const { customerId, scenario, enrollmentId, step } = message;
      await recordDecisions(shop, [
        {
          at: now,
          customerId,
          scenario,
          enrollmentId,
          messageId: id,
          step,
          kind: 'withheld',
          reason: 'outcome-unknown',
        },
      ]);
      return true;
    });
    const event = status === 'handed-over' ? 'messages.left-unsettled' : 'messages.closed-unknown';
    if (closed) log.warn({ event, shopId, count: 1 });
  }
}

/** Events whose job was lost. One that fails rings its own alarm with every try, so no second job comes beside it. */
async function requeueForgotten({ db, queue, log }: SweepParts, rule: AlarmRule): Promise<void> {
  for (const shopId of await findShopsWithForgottenEvents(db, rule)) {
    const count = await inShop(db, shopId, async (shop) => {
      const events = await alarmForgottenEvents(shop, rule);
      await queue.enqueue(shop, 'event.route', routeJobs(events.map((event) => ({ shopId, ...event }))));
      return events.length;
    });
    if (count > 0) log.warn({ event: 'events.queued-again', shopId, count });
  }
}

/** Imports whose chain of looks broke: the last job gave up, or was lost. */
async function resumeImports({ db, queue }: SweepParts): Promise<void> {
  for (const shopId of await findStalledImports(db, LOOK_LOST_SECONDS)) {
    await inShop(db, shopId, async (shop) => {
      if (await hasWaitingJob(shop, 'shop.import')) return;
      if (await claimNextLook(shop, 0)) await queue.enqueue(shop, 'shop.import', [{ shopId }]);
    });
  }
}
