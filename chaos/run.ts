/** The rounds of a chaos run: people with due e-mails, faults one after the other, recovery, and the count of what came of it. Called by `scripts/chaos.ts` and a story. */
import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '../sandbox/http/random';
import { gather, openStore, type Person, type Store, stopPerson, toldAt } from './crowd';
import { FAULTS } from './faults/catalogue';
import { between, type Fault, type Storm } from './storm';
import { type System, type SystemOptions, startSystem, until } from './system';
import { add, type Counts, judge, NOTHING, type Row } from './verdict';

export interface ChaosOptions extends SystemOptions {
  rounds: number;
  seed: number;
  /** E-mails planned in each round. */
  planned?: number | undefined;
  /** Faults in each round. */
  faultsPerRound?: number | undefined;
  /** Only these faults. */
  only?: readonly string[] | undefined;
  /** How long lasts what lasts a minute, in real milliseconds. */
  longMs?: number | undefined;
  /** Business time that passes at once after the faults: a short run does not wait until a dead worker's claims are given up. */
  leapMs?: number | undefined;
  /** One line for a person about what happens. */
  say?: ((line: string) => void) | undefined;
}

export interface ChaosResult extends Counts {
  rounds: number;
  seed: number;
  faults: Record<string, number>;
}

interface Run {
  system: System;
  store: Store;
  options: ChaosOptions;
  random: () => number;
  hits: Record<string, number>;
  deck: Fault[];
}

/** Everything is due a minute after recovery; twice that, and it is lost. */
const PATIENCE_MS = 120_000;
/** A worker waits this long for SendGrid's answer. */
const ANSWER_MS = 16_000;
/** Business time after which a hand-over without an outcome is unsettled. */
const OUTCOME_LOST_MS = 150_000;

export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { say = () => {} } = options;
  const known = FAULTS.filter(({ name }) => !options.only || options.only.includes(name));
  const unknown = options.only?.filter((name) => !FAULTS.some((fault) => fault.name === name)) ?? [];
  if (unknown.length > 0)
    throw new Error(`No fault ${unknown.join(', ')}; there are ${FAULTS.map(({ name }) => name).join(', ')}.`);
  const system = await startSystem(options);
  try {
    const store = await openStore(system, `chaos-${options.seed}`);
    const hits = Object.fromEntries(known.map(({ name }) => [name, 0]));
    const run: Run = { system, store, options, random: seededRandom(options.seed), hits, deck: [] };
    let counts: Counts = NOTHING;
    for (let round = 1; round <= options.rounds; round += 1) {
      const verdict = await runRound(run, known, round);
      counts = add(counts, verdict.counts);
      say(`round ${round}: ${JSON.stringify(verdict.counts)}`);
      for (const finding of verdict.findings.filter(({ what }) => what !== 'unsettled').slice(0, 20))
        say(`  ${finding.what}: ${finding.messageId}: ${finding.why}`);
    }
    return { rounds: options.rounds, seed: options.seed, ...counts, faults: hits };
  } finally {
    await system.close();
  }
}

/** Faults come in a shuffled order, each as often as the others. */
function draw(run: Run, known: readonly Fault[]): Fault {
  if (run.deck.length === 0) {
    run.deck = [...known];
    for (let index = run.deck.length - 1; index > 0; index -= 1) {
      const other = Math.floor(run.random() * (index + 1));
      const [a, b] = [run.deck[index], run.deck[other]];
      if (a && b) [run.deck[index], run.deck[other]] = [b, a];
    }
  }
  const fault = run.deck.pop();
  if (!fault) throw new Error('There is no fault to draw');
  return fault;
}

async function runRound(run: Run, known: readonly Fault[], round: number) {
  const { system, store, options } = run;
  const { planned = 3000, faultsPerRound = 8, longMs = 60_000, say = () => {} } = options;
  const storm: Omit<Storm, 'people'> = {
    system,
    store,
    random: run.random,
    afterwards: [],
    muted: new Set(),
    disturbances: [],
    longMs,
  };
  const first = { message: system.sendgrid.state.messages.length, handover: system.gate.handovers.length };
  const offset = system.now() - Date.now();
  const everybody: Person[] = [];
  for (let part = 0; part < faultsPerRound; part += 1) {
    const fault = draw(run, known);
    const people = await gather(system, store, {
      count: Math.floor(planned / faultsPerRound),
      spanMs: 2500,
      round: round * 1000 + part,
    });
    everybody.push(...people);
    const stopping = goAway(run, people);
    const started = Date.now();
    const isHit = await fault.run({ ...storm, people });
    if (isHit) run.hits[fault.name] = (run.hits[fault.name] ?? 0) + 1;
    await stopping;
    const [worker, second] = system.workers;
    for (const one of [worker, second, system.web]) if (await one.revive()) say(`  ${one.name} had ended by itself`);
    say(`  ${fault.name}: ${isHit ? 'hit' : 'missed'} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  }
  await Promise.all(storm.afterwards);
  const recoveredAt = system.now();
  system.sandbox.context.clock.advance(options.leapMs ?? 0);
  const looking = process.env.CHAOS_LOOK ? setInterval(() => void look(run).then(say), 10_000) : undefined;
  const isDone = await until(() => allSettled(run, everybody), { patienceMs: PATIENCE_MS, everyMs: 200 });
  clearInterval(looking);
  const recoverySeconds = (system.now() - recoveredAt) / 1000;
  say(`  ${isDone ? 'all gone' : 'not all gone'} ${recoverySeconds.toFixed(1)} s after recovery`);
  const accepted = acceptedSince(system, first.message);
  system.sandbox.context.clock.advance(OUTCOME_LOST_MS);
  await until(() => nothingUnderWay(run), { patienceMs: 60_000, everyMs: 200 });
  await system.sendgrid.settle(true);
  const late = acceptedSince(system, first.message);
  for (const [id, times] of late)
    if (!accepted.has(id) || (accepted.get(id)?.length ?? 0) < times.length) accepted.set(id, times);
  return judge({
    expected: everybody.map((person) => {
      const told = toldAt(person);
      const { messageId, email, dueAt, poisoned } = person;
      return { messageId, email, dueAt, poisoned, toldAt: person.stop === null ? null : told && told + offset };
    }),
    rows: await rowsOf(run, everybody),
    accepted,
    untold: untoldSince(system, first.handover),
    muted: storm.muted,
    disturbances: storm.disturbances,
    recoveredAt,
    recoverySeconds,
  });
}

/** One in twenty orders or unsubscribes, some before their e-mail falls due and some after. */
async function goAway(run: Run, people: readonly Person[]): Promise<void> {
  const leaving = people.filter(() => run.random() < 0.05);
  for (const person of leaving) {
    await pause(between(run, 0, 60));
    stopPerson(run.system, run.store, person, run.random() < 0.5 ? 'order' : 'unsubscribe');
  }
}

/** No e-mail of these people waits for anything any more, but for a word of SendGrid's. */
async function allSettled({ system, store }: Run, people: readonly Person[]): Promise<boolean> {
  const [row] = await system.database.sql<{ open: number }[]>`
    select count(*)::int as open from messages where shop_id = ${store.shopId}
      and (status in ('planned', 'claimed') or status = 'handed-over' and handed_over_at > ${new Date(system.now() - ANSWER_MS)})
      and id = any(${people.map(({ messageId }) => messageId)}::uuid[])`;
  return row?.open === 0;
}

async function nothingUnderWay({ system, store }: Run): Promise<boolean> {
  const [row] = await system.database.sql<{ open: number }[]>`
    select (select count(*) from messages where shop_id = ${store.shopId} and status in ('claimed', 'handed-over'))::int
      + (select count(*) from inbound_events where shop_id = ${store.shopId} and processed_at is null)::int as open`;
  const { queued, inFlight, retrying } = system.sendgrid.state.poster.pending();
  return row?.open === 0 && queued + inFlight + retrying === 0;
}

function acceptedSince({ sendgrid }: System, first: number): Map<string, number[]> {
  const accepted = new Map<string, number[]>();
  for (const { customArgs, sentAt } of sendgrid.state.messages.slice(first)) {
    const id = customArgs.message ?? '';
    accepted.set(id, [...(accepted.get(id) ?? []), sentAt]);
  }
  return accepted;
}

/** A later hand-over of the same message has the last word. */
function untoldSince({ gate }: System, first: number): Set<string> {
  const untold = new Set<string>();
  for (const { messageIds, told } of gate.handovers.slice(first)) {
    for (const id of messageIds) {
      if (told) untold.delete(id);
      else untold.add(id);
    }
  }
  return untold;
}

async function rowsOf({ system, store }: Run, people: readonly Person[]): Promise<Map<string, Row>> {
  const rows = await system.database.sql<
    { id: string; status: string; reason: string | null; claimed_at: Date | null; handed_over_at: Date | null }[]
  >`
    select id, status, reason, claimed_at, handed_over_at from messages
    where shop_id = ${store.shopId} and id = any(${people.map(({ messageId }) => messageId)}::uuid[])`;
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        status: row.status,
        reason: row.reason,
        claimedAt: row.claimed_at?.getTime() ?? null,
        handedOverAt: row.handed_over_at?.getTime() ?? null,
      },
    ]),
  );
}

/** What is still open and where its jobs stand, for whoever looks into a finding. */
async function look({ system, store }: Run): Promise<string> {
  const rows = await system.database.sql`
    select m.status, m.reason, m.alarm_at is null as unalarmed, m.due_at <= now() as due, j.state::text, j.retry_count, j.start_after <= now() as startable,
      round(extract(epoch from now() - j.heartbeat_on)) as beat, count(*)::int, max(j.output::text) as output, max(now() - j.started_on) as since
    from messages m left join pgboss.job j on j.name = 'message.deliver' and j.data->'messageIds' ? m.id::text
    where m.shop_id = ${store.shopId} and m.status in ('planned', 'claimed') group by 1, 2, 3, 4, 5, 6, 7, 8`;
  return JSON.stringify(rows);
}
