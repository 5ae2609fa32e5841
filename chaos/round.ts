/** One round: people with due e-mails and people who come by webhook, faults in two lanes, recovery, and the count of what came of it. */
import { setTimeout as pause } from 'node:timers/promises';
import { abandonCheckout, makeLeavers, subscribe } from './arrivals';
import { type Gathering, gather, type Person, type Store, stopPerson } from './crowd';
import { steadily } from './database';
import {
  acceptedSince,
  beginOf,
  countOpen,
  expectedOf,
  findArrivals,
  isNothingUnderWay,
  rowsOf,
  untoldSince,
} from './evidence';
import { LANES } from './faults/catalogue';
import type { Machine } from './machine';
import { makeQuiet, type Place, type Quiet } from './night';
import { between, chance, disturb, type Fault, type Storm } from './storm';
import { type System, until } from './system';
import type { Timeline } from './timeline';
import { judge, type Verdict } from './verdict';

export interface Run {
  system: System;
  store: Store;
  random: () => number;
  timeline: Timeline;
  machine: Machine;
  say(line: string): void;
}

export interface RoundWish {
  round: number;
  place: Place;
  faults: readonly Fault[];
  /** E-mails planned, more or less. */
  planned: number;
  longMs: number;
  /** Business time that passes at once after the faults. */
  leapMs: number;
  /** What happened, by name. */
  onHit(name: string): void;
}

/** Everything is due a minute after recovery; far beyond that, and it is lost. */
const PATIENCE_MS = 240_000;
/** What was sent to the same person lets the next one go after so long. */
const GAP_MS = 16 * 3_600_000 + 60_000;
/** People's e-mails fall due over so long, and things happen to them meanwhile. */
const SPAN_MS = 2500;
/** Of a hundred e-mails: started by webhooks, ordered or unsubscribed before. */
const ARRIVING = 0.1;
const LEAVING = 0.05;

export async function runRound(run: Run, wish: RoundWish): Promise<Verdict> {
  const { system, store, say, timeline } = run;
  const quiet = await goThere(run, wish.place);
  const begin = beginOf(system);
  const everybody: Person[] = [];
  const storm = makeStorm(run, wish, everybody);
  const lanes = LANES.map((lane) => wish.faults.filter((fault) => lane.includes(fault)));
  const skipNight = () => {
    const rest = quiet.over(system.now()) - system.now();
    if (rest > BEFORE_MORNING_MS) storm.leap(rest - BEFORE_MORNING_MS);
  };
  const longest = lanes.toSorted((a, b) => b.length - a.length)[0];
  await Promise.all(
    lanes.map((lane) => runLane(run, { wish, storm, everybody, lane, skipNight: lane === longest ? skipNight : null })),
  );
  await meetMoment(run, wish, { storm, everybody });
  await Promise.all(storm.afterwards);
  await revive(run);
  await system.sandbox.context.webhooks.idle(PATIENCE_MS);
  const recoveredAt = system.now();
  timeline.leap(wish.leapMs);
  const looking = process.env.CHAOS_LOOK ? setInterval(() => void look(run).then(say), 10_000) : undefined;
  const isSettled = async () => (await countOpen(system, store, everybody)) === 0;
  const isDone = await until(isSettled, { patienceMs: PATIENCE_MS, everyMs: 1000 });
  const recoverySeconds = (system.now() - recoveredAt) / 1000;
  say(`  ${isDone ? 'all gone' : 'not all gone'} ${recoverySeconds.toFixed(1)} s after recovery`);
  // Nobody is to expire in the longer leap who only waits for the morning.
  const waking = system.now();
  const night = timeline.leap(quiet.over(waking) - waking);
  await until(isSettled, { patienceMs: PATIENCE_MS, everyMs: 1000 });
  await letGo(run);
  // What waits for the gap between two goes now; what SendGrid never told is given up.
  const rest = timeline.leap(quiet.over(system.now() + GAP_MS) - system.now() + 1000);
  await until(isSettled, { patienceMs: PATIENCE_MS, everyMs: 1000 });
  await until(() => isNothingUnderWay(system, store), { patienceMs: PATIENCE_MS, everyMs: 1000 });
  clearInterval(looking);
  await system.sendgrid.settle(true);
  if (isThrough(wish.place, everybody)) wish.onHit(wish.place.kind);
  await findArrivals(system, store, everybody);
  return judge({
    expected: everybody.map((person) => expectedOf(timeline, person)),
    rows: await rowsOf(run, everybody, begin),
    accepted: acceptedSince(system, begin),
    untold: untoldSince(system, begin),
    ...{ muted: storm.muted, disturbances: storm.disturbances, leaps: timeline.leaps, idle: [night, rest] },
    ...{ recoveredAt, recoverySeconds, quiet },
    takenBetween: run.machine.takenBetween,
  });
}

/** Whether e-mails were due on both sides of what the night is about. */
function isThrough({ moment }: Place, people: readonly Person[]): boolean {
  if (moment === null) return false;
  return people.some(({ dueAt }) => dueAt < moment) && people.some(({ dueAt }) => dueAt > moment);
}

/** Faults that were over before the moment of their night came, or held everybody up until it: a few more people fall due on both sides of it. */
async function meetMoment(
  { system }: Run,
  { place, planned }: RoundWish,
  { storm, everybody }: { storm: Weather; everybody: readonly Person[] },
): Promise<void> {
  if (place.moment === null || isThrough(place, everybody)) return;
  const early = place.moment - system.now() - BEFORE_MOMENT_MS;
  if (early > 0) storm.leap(early);
  const startMs = Math.max(1, place.moment - system.now() - SPAN_MS / 2);
  await storm.invite({ count: Math.ceil(planned * MEETING), spanMs: SPAN_MS, startMs });
}

/** Long enough to plan e-mails in. */
const BEFORE_MOMENT_MS = 4000;
/** Of a hundred e-mails. */
const MEETING = 0.05;

/** A few seconds before quiet hours end, so that the end itself comes by its own. */
const BEFORE_MORNING_MS = 3000;

/** Moves the clock to where the round takes place, and has the shop keep its quiet hours. */
async function goThere({ system, store, timeline, say }: Run, { kind, at, quiet }: Place): Promise<Quiet> {
  const { sql } = system.database;
  const settings = sql.json({ quietHours: { from: quiet.from, to: quiet.to } });
  await steadily(() => sql`update shops set settings = ${settings} where shop_id = ${store.shopId}`);
  timeline.leap(Math.max(0, at - system.now()));
  const two = (number: number) => String(number).padStart(2, '0');
  const clock = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
  say(`  ${kind}, ${new Date(system.now()).toISOString()}, quiet from ${clock(quiet.from)} to ${clock(quiet.to)}`);
  return makeQuiet(store.zone, quiet);
}

type Weather = Omit<Storm, 'people'>;

function makeStorm(
  { system, store, random, timeline }: Run,
  { round, longMs, place }: RoundWish,
  everybody: Person[],
): Weather {
  let parts = 0;
  const disturbances: Storm['disturbances'] = [];
  const ordinary = place.kind === 'day' ? 0.1 : 0.3;
  return {
    ...{ system, store, random, longMs, disturbances },
    afterwards: [],
    muted: new Set(),
    leap: (ms) => void disturb({ system, disturbances }, () => timeline.leap(ms)),
    async invite(wish: Omit<Gathering, 'round'>) {
      parts += 1;
      const people = await gather(system, store, { ordinary, twofold: 0.05, ...wish, round: round * 1000 + parts });
      everybody.push(...people);
      return people;
    },
  };
}

interface LaneWish {
  wish: RoundWish;
  storm: Weather;
  everybody: Person[];
  lane: readonly Fault[];
  /** Once half of it is done, the night is over. */
  skipNight: (() => void) | null;
}

async function runLane(run: Run, { wish, storm, everybody, lane, skipNight }: LaneWish): Promise<void> {
  const count = Math.ceil((wish.planned * (1 - ARRIVING)) / wish.faults.length);
  // Whoever lasts a minute begins at once, so that the others happen meanwhile.
  const inOrder = lane.toSorted((a, b) => Number(b.isLong ?? false) - Number(a.isLong ?? false));
  for (const [index, fault] of inOrder.entries()) {
    for (let tries = 1; tries <= TRIES; tries += 1) {
      const people = await storm.invite({ count, spanMs: SPAN_MS });
      const bustling = bustle(run, { people, everybody, tag: `r${wish.round}-${fault.name}-${tries}` });
      const started = Date.now();
      const isHit = await fault.run({ ...storm, people });
      await bustling;
      if (LANES[0]?.includes(fault)) await revive(run);
      run.say(`  ${fault.name}: ${isHit ? 'hit' : 'missed'} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
      if (!isHit) continue;
      wish.onHit(fault.name);
      break;
    }
    if (index + 1 === Math.ceil(lane.length / 2)) skipNight?.();
  }
}

/** A fault whose moment did not come, as another lane held everything up, waits for the next. */
const TRIES = 2;

/** Starts again what ended by itself, as a supervisor would. */
async function revive({ system, say }: Run): Promise<void> {
  const [worker, second] = system.workers;
  for (const one of [worker, second, system.web]) if (await one.revive()) say(`  ${one.name} had ended by itself`);
}

/** While e-mails fall due: some order or unsubscribe, others subscribe or leave a checkout. Shopify tells all of it by webhook. */
async function bustle(
  run: Run,
  { people, everybody, tag }: { people: readonly Person[]; everybody: Person[]; tag: string },
): Promise<void> {
  const { system, store } = run;
  const host = store.domain.split('.')[0];
  const half = Math.ceil((people.length * ARRIVING) / 2);
  const names = (kind: string) => Array.from({ length: half }, (_, index) => `${tag}-${kind}${index}@${host}.example`);
  const later: (() => void)[] = [];
  const acts: (() => void)[] = [
    ...people
      .filter(({ isTwofold }) => !isTwofold && chance(run, LEAVING))
      .map((person) => () => {
        if (person.stop === null) stopPerson(system, store, person, chance(run, 0.5) ? 'order' : 'unsubscribe');
      }),
    ...names('s').map((email) => () => void everybody.push(subscribe(system, store, email))),
    ...(await makeLeavers(system, store, names('c'))).map((leaver) => () => {
      const { person, pay } = abandonCheckout(system, store, leaver);
      everybody.push(person);
      if (chance(run, 0.2)) later.push(pay);
    }),
  ];
  for (const act of shuffled(run, acts)) {
    await pause(between(run, 0, (2 * SPAN_MS) / Math.max(1, acts.length)));
    act();
    if (chance(run, 0.3)) later.shift()?.();
  }
  for (const pay of later) pay();
}

export function shuffled<T>({ random }: { random(): number }, list: readonly T[]): T[] {
  return list
    .map((one) => ({ one, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ one }) => one);
}

/** Nobody goes on to the next e-mail of a scenario: one each is what counts. */
async function letGo({ system, store }: Run): Promise<void> {
  const { sql } = system.database;
  await steadily(
    () => sql`update enrollments set status = 'finished', due_at = null, ended_at = ${new Date(system.now())}
      where shop_id = ${store.shopId} and status = 'active'`,
  );
}

/** What is still open and where its jobs stand, for whoever looks into a finding. */
async function look({ system, store }: Run): Promise<string> {
  const rows = await steadily(
    () => system.database.sql`
    select m.status, m.reason, m.alarm_at is null as unalarmed, m.due_at <= now() as due, j.state::text, j.retry_count, j.start_after <= now() as startable,
      round(extract(epoch from now() - j.heartbeat_on)) as beat, count(*)::int, max(j.output::text) as output, max(now() - j.started_on) as since
    from messages m left join pgboss.job j on j.name = 'message.deliver' and j.data->'messageIds' ? m.id::text
    where m.shop_id = ${store.shopId} and m.status in ('planned', 'claimed') group by 1, 2, 3, 4, 5, 6, 7, 8`,
  );
  return JSON.stringify(rows);
}
