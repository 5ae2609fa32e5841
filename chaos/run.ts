/** The rounds of a chaos run, and the sum of their verdicts. Called by `scripts/chaos.ts` and a story. */
import { seededRandom } from '../sandbox/http/random';
import { openStore } from './crowd';
import { FAULT_NAMES, FAULTS, NIGHTS } from './faults/catalogue';
import { watchMachine } from './machine';
import { placeOf, ROUND_KINDS, type RoundKind } from './night';
import { type Run, runRound, shuffled } from './round';
import type { Fault } from './storm';
import { type SystemOptions, startSystem } from './system';
import { makeTimeline } from './timeline';
import { add, type Counts, NOTHING, type Verdict } from './verdict';

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
  /** Business time that passes at once after the faults: until a dead worker's claims are given up. */
  leapMs?: number | undefined;
  /** One line for a person about what happens. */
  say?: ((line: string) => void) | undefined;
}

export interface ChaosResult extends Counts {
  rounds: number;
  seed: number;
  faults: Record<string, number>;
}

/** Three rounds see every fault once. */
const FAULTS_PER_ROUND = Math.ceil(FAULTS.length / ROUND_KINDS.length);
/** What is started an hour before the run must be after the install. */
const SINCE_INSTALL_MS = 2 * 3_600_000;
const FINDINGS_SHOWN = 20;

export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { say = () => {}, rounds, seed } = options;
  const names = namesOf(options);
  const system = await startSystem(options);
  const machine = watchMachine(system.now);
  try {
    const store = await openStore(system, `chaos-${seed}`);
    const timeline = makeTimeline(system.sandbox.context.clock);
    timeline.leap(SINCE_INSTALL_MS);
    const run: Run = { system, store, random: seededRandom(seed), timeline, machine, say };
    const hits = Object.fromEntries(names.map((name) => [name, 0]));
    const deck = makeDeck(run, names);
    let counts: Counts = NOTHING;
    for (let round = 1; round <= rounds; round += 1) {
      const faults = deck.draw(options.faultsPerRound ?? FAULTS_PER_ROUND);
      const place = placeOf(kindOf(names, round), { now: system.now(), zone: store.zone, random: run.random });
      const onHit = (name: string) => {
        hits[name] = (hits[name] ?? 0) + 1;
      };
      const { planned = 3000, longMs = 60_000, leapMs = 31_000 } = options;
      const verdict = await runRound(run, { round, place, faults, planned, longMs, leapMs, onHit });
      deck.putBack(faults.filter(({ name }) => !hits[name]));
      counts = add(counts, verdict.counts);
      tell(say, round, verdict);
    }
    return { rounds, seed, ...counts, faults: hits };
  } finally {
    machine.stop();
    await system.close();
  }
}

/** The names whose hits are counted. */
function namesOf({ only }: ChaosOptions): readonly string[] {
  const unknown = only?.filter((name) => !FAULT_NAMES.includes(name)) ?? [];
  if (unknown.length > 0) throw new Error(`No fault ${unknown.join(', ')}; there are ${FAULT_NAMES.join(', ')}.`);
  return only ?? FAULT_NAMES;
}

/** The kind of a round: in turn those that are wanted, and days where none is. */
function kindOf(names: readonly string[], round: number): RoundKind {
  const kinds = ROUND_KINDS.filter((kind) => !NIGHTS.includes(kind) || names.includes(kind));
  return kinds[(round - 1) % kinds.length] ?? 'day';
}

/** Faults come in a shuffled order, each as often as the others; one that missed its moment comes again soon. */
function makeDeck(run: Run, names: readonly string[]) {
  const known = FAULTS.filter(({ name }) => names.includes(name));
  let deck: Fault[] = [];
  return {
    draw(count: number): Fault[] {
      const drawn = new Set<Fault>();
      while (drawn.size < Math.min(count, known.length)) {
        if (deck.length === 0) deck = shuffled(run, known);
        const next = deck.shift();
        if (next) drawn.add(next);
      }
      return [...drawn];
    },
    putBack(missed: readonly Fault[]) {
      deck = [...missed, ...deck.filter((fault) => !missed.includes(fault))];
    },
  };
}

function tell(say: (line: string) => void, round: number, { counts, findings, untold }: Verdict): void {
  say(`round ${round}: ${JSON.stringify(counts)}, ${untold} never told`);
  const told = findings.filter(({ what }) => what !== 'unsettled');
  for (const { what, messageId, why } of told.slice(0, FINDINGS_SHOWN)) say(`  ${what}: ${messageId}: ${why}`);
}
