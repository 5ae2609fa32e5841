/**
 * Keeps a shop's pace: looks what became of its last e-mails when a bounce or a complaint is told (`pace.judge`), looks again at
 * those slowed or stopped (the sweep), and lets the owner go on (a command).
 */
import { type MailFigures, type NextPace, nextPace } from '../domain/mail-pace';
import type { Facts } from '../domain/reason';
import type { Clock } from '../lib/clock';
import { MINUTE } from '../lib/duration';
import type { Logger } from '../log.server';
import { releaseHeld } from '../store/held';
import { findPacedShops, loadMailFigures, lockPace, setPace } from '../store/mail-pace';
import { type Db, inShop, type ShopScope } from '../store/scope';

export interface PaceParts {
  db: Db;
  clock: Clock;
  log: Logger;
}

/** Looks at one shop; the row's lock lets two tellings at the same moment be counted one after the other. */
export function makeJudgePace(parts: PaceParts): (job: { shopId: number }) => Promise<void> {
  return async ({ shopId }) => {
    const now = parts.clock.now();
    const change = await inShop(parts.db, shopId, (shop) => judgeShop(shop, now));
    if (change) tell(parts, shopId, change);
  };
}

interface Change extends NextPace {
  from: string;
  figures: MailFigures;
}

async function judgeShop(shop: ShopScope, now: Date): Promise<Change | null> {
  const current = await lockPace(shop);
  if (!current) return null;
  const figures = await loadMailFigures(shop, current.judgedFrom, now);
  const next = nextPace({ pace: current.pace, since: current.since ?? now }, figures, now);
  if (next.pace === current.pace && !next.afresh) return null;
  await setPace(shop, {
    ...{ pace: next.pace, since: now, facts: factsOf(next, figures) },
    ...(next.afresh ? { judgedFrom: now } : {}),
  });
  if (next.pace !== 'stopped') await release(shop, now);
  return { ...next, from: current.pace, figures };
}

/** What the owner reads it from. */
function factsOf({ cause }: NextPace, figures: MailFigures): Facts {
  switch (cause) {
    case 'bounces':
      return { cause, mails: figures.mails, bounces: figures.bounces };
    case 'complaints':
      return { cause, mails: figures.complaintMails, complaints: figures.complaints };
    case null:
      return {};
  }
}

/** What waited is looked at again at once; the last look still decides. */
async function release(shop: ShopScope, now: Date): Promise<void> {
  await releaseHeld(shop, { reasons: ['sending-stopped', 'sending-slowed'], now });
}

function tell({ log }: PaceParts, shopId: number, { pace, cause, figures }: Change): void {
  const { mails, bounces, complaints } = figures;
  log.warn({ event: 'pace.changed', shopId, pace, why: cause, mails, bounces, complaints });
}

const LOOK_EVERY_MS = 10 * MINUTE;

/** Looks again at every shop that is not at full speed: its figures recover, or its time is over. Called by the sweep. */
export function makeLookAtPaced(parts: PaceParts): (now: Date) => Promise<void> {
  const judge = makeJudgePace(parts);
  let next = 0;
  return async (now) => {
    if (now.getTime() < next) return;
    next = now.getTime() + LOOK_EVERY_MS;
    for (const shopId of await findPacedShops(parts.db)) await judge({ shopId });
  };
}

/** The owner read why sending is stopped and wants to go on: slowly, and counted afresh. False when it is not stopped. */
export async function resumeSlowly(shop: ShopScope, now: Date): Promise<boolean> {
  const current = await lockPace(shop);
  if (current?.pace !== 'stopped') return false;
  await setPace(shop, { pace: 'slow', since: now, facts: {}, judgedFrom: now });
  await release(shop, now);
  return true;
}
