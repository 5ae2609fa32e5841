/** Waits until the app and everything around it are at rest, and moves the business clock from one due moment to the next. */
import { setTimeout as wait } from 'node:timers/promises';
import type { JsonDoor } from './json-door';
import type { Pending, Rows } from './rows';

export interface Settling {
  sandbox: JsonDoor;
  rows: Rows;
  /** Business time. */
  now(): Date;
  /** The shops that count; others may go on working. */
  shopIds(): readonly number[];
}

const POLL_MS = 25;
/** Real time; a job that failed is tried again after seconds, so this allows for some tries. */
const PATIENCE_MS = 45_000;

interface Idle {
  idle: boolean;
}

async function isOutsideAtRest(sandbox: JsonDoor): Promise<boolean> {
  const webhooks = await sandbox.post<Idle>('/control/api/idle', { timeoutMs: 5000 });
  const mail = await sandbox.post<Idle>('/control/api/sendgrid/flush');
  return webhooks.idle && mail.idle;
}

const isZero = (pending: Pending) => Object.values(pending).every((count) => count === 0);

/**
 * Resolves once nothing is under way: no webhook or event on its way, no job ready or running, nothing due now.
 * Seen twice, before and after looking outside, as what is outside may come in while one looks.
 * @throws Error that names what is still pending when patience ends
 */
export async function settle({ sandbox, rows, now, shopIds }: Settling): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const before = await rows.pending(shopIds(), now());
    const outside = isZero(before) ? await isOutsideAtRest(sandbox) : false;
    const after = outside ? await rows.pending(shopIds(), now()) : before;
    if (outside && isZero(after)) return;
    if (Date.now() > until) {
      const webhooks = await sandbox.post('/control/api/idle', { timeoutMs: 0 });
      const mail = await sandbox.get('/control/api/sendgrid/idle');
      throw new Error(`Not at rest: ${JSON.stringify({ app: after, webhooks, mail })}`);
    }
    await wait(POLL_MS);
  }
}

export interface Passing {
  /** Long stretches in which nobody is looked for: the nightly scans of the days between are left out, the last one is not. */
  skipScans?: boolean;
}

/** Jumps to each due moment up to `target` in turn, so that everything happens at its time, and comes to rest at `target`. */
export async function advanceTo(settling: Settling, target: Date, { skipScans = false }: Passing = {}): Promise<void> {
  const { sandbox, rows, now, shopIds } = settling;
  for (;;) {
    await settle(settling);
    if (now() >= target) return;
    const due = await rows.nextDue(shopIds(), now(), { skipScans });
    const next = due && due < target ? due : target;
    // Postgres keeps microseconds; the moment itself must have come. Said as a stretch, not as a moment: the clock
    // runs on while this is asked, and a moment only just ahead would be past when the sandbox reads it.
    await sandbox.post('/control/api/clock', { advanceMs: Math.max(0, next.getTime() + 1 - now().getTime()) });
  }
}
