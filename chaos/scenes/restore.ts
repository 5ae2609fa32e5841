/**
 * Restore: a copy is taken, an hour of business time goes on with e-mails and webhooks, the worker dies near its end, then
 * the copy takes the database's place and `npm run restored` is told. In one shop SendGrid's events of the hour come after
 * all and the owner has the rest sent; in the other they are gone and the owner has nothing sent.
 */
import { connect } from '../../app/db.server';
import { restored } from '../../app/restored';
import { countHeld, keepRestored, releaseRestored } from '../../app/store/restored';
import { inShop } from '../../app/store/scope';
import { openStore, type Store } from '../crowd';
import { type System, startSystem } from '../system';
import { type ClusterCopy, copyOfCluster } from './cluster-copy';
import { type Cast, castLostHour, type Shopper } from './lost-hour';
import type { SceneOptions, SceneResult } from './scene';
import { comesToRest, judgeShoppers, type ShopperCounts } from './shoppers';

const MINUTE_MS = 60_000;
const EACH = 20;
const BEFORE_MINUTES = 55;
const WORKER_DIES = 55;
const HOUR = 60;
const END = 150;
const STEP = 5;

interface Play {
  system: System;
  copy: ClusterCopy;
  /** SendGrid's events of the lost hour come after all. */
  told: Store;
  /** They were answered in it, and are gone. */
  mute: Store;
  cast: Cast;
  copyAt: number;
  /** The operator forgets to tell of the restore. */
  isForgotten: boolean;
  say(line: string): void;
}

export async function runRestore({ size = 1, unguarded = false, say = () => {} }: SceneOptions): Promise<SceneResult> {
  const system = await startSystem({});
  const copy = copyOfCluster(`chaos-${process.pid}`, system.database);
  try {
    const told = await openStore(system, 'restore-told');
    const mute = await openStore(system, 'restore-mute');
    const copyAt = system.now() + BEFORE_MINUTES * MINUTE_MS;
    const each = Math.max(1, Math.round(EACH * size));
    const casts = [told, mute].map((store) => castLostHour({ system, store, each, copyAt }));
    const [first, second] = await Promise.all(casts);
    const cast = {
      shoppers: [...(first?.shoppers ?? []), ...(second?.shoppers ?? [])],
      moves: [...(first?.moves ?? []), ...(second?.moves ?? [])].toSorted((a, b) => a.minute - b.minute),
    };
    const play: Play = { system, copy, told, mute, cast, copyAt, isForgotten: unguarded, say };
    await liveUntil(play, 0);
    await copy.take();
    const before = system.sendgrid.state.messages.length;
    await loseAnHour(play);
    const inTheHour = system.sendgrid.state.messages.length - before;
    say(`  the hour: ${inTheHour} e-mails accepted`);
    const outcome = await restoreAndGoOn(play);
    const counts = await judgeShoppers(system, { shoppers: cast.shoppers, stores: [told, mute], say });
    return {
      scene: 'restore',
      clean: isClean(counts, outcome, inTheHour),
      planned: sumOf(cast.shoppers),
      inTheHour,
      ...counts,
      ...outcome,
    };
  } finally {
    copy.remove();
    await system.close();
  }
}

const sumOf = (shoppers: readonly Shopper[]) => shoppers.reduce((sum, { expected }) => sum + expected, 0);

/** Everything uncertain was held and is settled, and both ways of settling were seen. */
function isClean(counts: ShopperCounts, outcome: Outcome, inTheHour: number): boolean {
  const { lost, twice, unwanted, unexplained } = counts;
  const { held, settledByEvents, sentByOwner, keptByOwner } = outcome;
  const isSeen = settledByEvents > 0 && sentByOwner > 0 && keptByOwner > 0;
  return lost + twice + unwanted + unexplained === 0 && inTheHour > 0 && held >= inTheHour && isSeen;
}

/** Moves the business clock on in steps; everybody does what they do then, and the app comes to rest after each. */
async function liveUntil(play: Play, minute: number, { calm = true } = {}): Promise<void> {
  const { system, copyAt, cast } = play;
  const { clock, webhooks } = system.sandbox.context;
  while (minuteOf(play) < minute) {
    const target = Math.min(Math.floor(minuteOf(play) / STEP) * STEP + STEP, minute);
    clock.advance(Math.max(0, copyAt + target * MINUTE_MS - system.now()));
    while (cast.moves[0] && cast.moves[0].minute <= target) cast.moves.shift()?.act();
    await webhooks.idle();
    if (calm && !(await comesToRest(system))) throw new Error(`No rest at minute ${target}`);
  }
}

const minuteOf = ({ system, copyAt }: Play) => (system.now() - copyAt) / MINUTE_MS;

/** SendGrid takes the hour's e-mails; its word of them waits. Then the machine is gone, a few minutes after its worker. */
async function loseAnHour(play: Play): Promise<void> {
  const { system, mute } = play;
  const { faults, poster } = system.sendgrid.state;
  faults.change({ events: { hold: true } });
  await liveUntil(play, WORKER_DIES);
  await system.workers[0].kill();
  await liveUntil(play, HOUR, { calm: false });
  // What was told of this shop was answered, and is gone with the database that knew it.
  poster.drop(({ to }) => to.endsWith(`@${mute.domain.split('.')[0]}.example`));
  await system.web.kill();
}

interface Outcome {
  /** Held by the command, and in all: what is planned again is held as it is found. */
  heldAtOnce: number;
  held: number;
  settledByEvents: number;
  sentByOwner: number;
  keptByOwner: number;
}

async function restoreAndGoOn(play: Play): Promise<Outcome> {
  const { system, copy, told, mute, say } = play;
  await copy.restore();
  await system.web.start();
  const { faults } = system.sendgrid.state;
  faults.change({ events: { hold: false } });
  await system.sendgrid.settle(true);
  const heldAtOnce = play.isForgotten ? 0 : await tellOfRestore(play);
  await system.workers[0].start();
  if (!(await comesToRest(system, { reconciled: true }))) throw new Error('No rest after the restore');
  const { db, close } = connect({ url: system.database.urls.app, max: 2 });
  const now = new Date(system.now());
  try {
    const [held, stillHeld] = [await everHeld(play), await heldNow(db, play)];
    const sentByOwner = await inShop(db, told.shopId, (shop) => releaseRestored(shop, now));
    const keptByOwner = await inShop(db, mute.shopId, (shop) => keepRestored(shop, now));
    say(
      `  ${held} held in all, ${held - stillHeld} settled by events, ${sentByOwner} sent by the owner, ${keptByOwner} not`,
    );
    await liveUntil(play, END);
    return { heldAtOnce, held, settledByEvents: held - stillHeld, sentByOwner, keptByOwner };
  } finally {
    await close();
  }
}

/** @returns how many e-mails the command held */
async function tellOfRestore({ system, copyAt, say }: Play): Promise<number> {
  const command = await restored({
    env: { WORKER_DATABASE_URL: system.database.urls.worker },
    copyFrom: new Date(copyAt).toISOString(),
    clock: { now: () => new Date(system.now()) },
  });
  if (!command.ok) throw new Error(`The command was refused: ${command.why}`);
  say(`  restored: ${command.held.emails} e-mails held at once`);
  return command.held.emails;
}

async function everHeld({ system }: Play): Promise<number> {
  const [row] = await system.database.sql<{ count: number }[]>`
    select count(distinct message_id)::int as count from decisions where reason = 'restored-from-copy'`;
  return row?.count ?? 0;
}

async function heldNow(db: Parameters<typeof inShop>[0], { system, told, mute }: Play): Promise<number> {
  const now = new Date(system.now());
  const counts = await Promise.all(
    [told, mute].map(({ shopId }) => inShop(db, shopId, (shop) => countHeld(shop, now))),
  );
  return counts.flat().reduce((sum, { count }) => sum + count, 0);
}
