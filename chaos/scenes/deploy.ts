/**
 * Deploy under load: e-mails fall due and webhooks come in all the while; the migration of a next version runs, its web
 * process and worker start beside the old ones, and the old ones are asked to end.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { findFreePort } from '../../scripts/local/free-port';
import { gather, openStore, type Store } from '../crowd';
import { type System, startSystem, until } from '../system';
import { type Door, openDoor } from './door';
import type { Shopper } from './lost-hour';
import { migrateToNext } from './next-migration';
import type { SceneOptions, SceneResult } from './scene';
import { comesToRest, judgeShoppers, tellOpen } from './shoppers';
import { GRACE_MS, startVersion, type Version } from './version';

const PLANNED = 6000;
const SUBSCRIBERS = 600;
/** Real time from the first e-mail to the last, and when in it the deploy begins. */
const LOAD_MS = 60_000;
const PATIENCE_MS = 180_000;

export async function runDeploy({ size = 1, unguarded = false, say = () => {} }: SceneOptions): Promise<SceneResult> {
  const system = await startSystem({ isBehindDoor: true });
  const versions: Version[] = [];
  const door = await openDoor(Number(new URL(system.env.SHOPIFY_APP_URL ?? '').port));
  try {
    const old = await swapIn(system, door, versions);
    const store = await openStore(system, 'deploy');
    const loadMs = LOAD_MS * Math.max(size, 0.3);
    const people = await gather(system, store, { count: Math.round(PLANNED * size), spanMs: loadMs, round: 1 });
    const load = keepComing(system, store, { count: Math.round(SUBSCRIBERS * size), spanMs: loadMs });
    await pause(loadMs / 4);
    const migration = await timed(() => migrateToNext(system.database.urls.owner));
    say(`  migrated in ${migration.seconds} s`);
    const next = await startVersion(system, { name: 'next', port: await freePort(system, old) });
    versions.push(next);
    if (!(await until(() => next.isReady(), { patienceMs: GRACE_MS })))
      throw new Error('The next version did not get ready');
    door.let(next.port);
    if (!unguarded) door.leave(old.port);
    const stopped = await old.stop();
    if (unguarded) door.leave(old.port);
    say(`  the old version ended in ${stopped.seconds} s, ${stopped.isGraceful ? 'by itself' : 'killed'}`);
    const shoppers: Shopper[] = [...people.map(({ email }) => ({ email, expected: 1 })), ...(await load)];
    await system.sandbox.context.webhooks.idle(PATIENCE_MS);
    const isDone = await comesToRest(system, { nothingPlanned: true });
    if (!isDone) await tellOpen(system, say);
    const counts = await judgeShoppers(system, { shoppers, stores: [store], say });
    const late = lateOnes(system, people);
    const { failed } = system.sandbox.context.webhooks.counts();
    const bad = counts.lost + counts.twice + counts.unwanted + counts.unexplained + late.count + failed;
    return {
      scene: 'deploy',
      clean: isDone && bad === 0 && stopped.isGraceful && stopped.seconds <= GRACE_MS / 1000 && door.unanswered === 0,
      planned: shoppers.length,
      ...counts,
      late: late.count,
      latestSeconds: late.most,
      webhooks: system.sandbox.context.webhooks.counts().delivered,
      webhooksLost: failed,
      unanswered: door.unanswered,
      migrationSeconds: migration.seconds,
      stopSeconds: stopped.seconds,
      graceful: stopped.isGraceful,
    };
  } finally {
    await Promise.all(versions.map((version) => version.kill().catch(() => {})));
    await door.close();
    await system.close();
  }
}

/** The system's own processes give way to a version this scene can end as an operator does. */
async function swapIn(system: System, door: Door, versions: Version[]): Promise<Version> {
  await Promise.all([system.web.stop(), system.workers[0].stop()]);
  const old = await startVersion(system, { name: 'old', port: Number(system.env.PORT) });
  versions.push(old);
  door.let(old.port);
  return old;
}

const freePort = (system: System, old: Version) =>
  findFreePort(0, [old.port, system.gate.port, Number(new URL(system.env.SHOPIFY_APP_URL ?? '').port)]);

async function timed(act: () => Promise<void>): Promise<{ seconds: number }> {
  const started = performance.now();
  await act();
  return { seconds: Number(((performance.now() - started) / 1000).toFixed(1)) };
}

/** People subscribe one after the other, each told by Shopify, and are welcomed at once. */
async function keepComing(
  { sandbox }: System,
  store: Store,
  { count, spanMs }: { count: number; spanMs: number },
): Promise<Shopper[]> {
  const { actions } = sandbox.context;
  const consent = { state: 'SUBSCRIBED', optInLevel: 'SINGLE_OPT_IN' } as const;
  const shoppers: Shopper[] = [];
  for (let index = 0; index < count; index += 1) {
    const email = `come-${index}@deploy.example`;
    actions.createCustomer(store.domain, { email, firstName: `Ida ${index}`, consent });
    shoppers.push({ email, expected: 1 });
    await pause(spanMs / count);
  }
  return shoppers;
}

const LATE_MS = 60_000;

/** Of the planned e-mails, those a minute late or more, and how late the latest was. */
function lateOnes({ sendgrid }: System, people: readonly { email: string; dueAt: number }[]) {
  const sentAt = new Map(sendgrid.state.messages.map((message) => [message.to, message.sentAt]));
  const delays = people.map(({ email, dueAt }) => (sentAt.get(email) ?? dueAt) - dueAt);
  return {
    count: delays.filter((delay) => delay > LATE_MS).length,
    most: Number((Math.max(...delays) / 1000).toFixed(1)),
  };
}
