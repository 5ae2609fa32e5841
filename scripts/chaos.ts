/**
 * `npm run chaos`: real processes, real faults, and the count of what the fake SendGrid accepted against what should have
 * been sent. `-- --rounds N --seed S` choose how long and which, `--json` prints one line and nothing else on standard
 * output, `--sabotage no-claim|no-last-look` switches a guard off to prove that the program sees what it looks for.
 * `--scene deploy|restore|fairness` plays a scene instead; `--size 0.1` a smaller one, `--unguarded` one
 * without the guard it is about, which must not end well.
 */
import { parseArgs } from 'node:util';
import { type ChaosResult, runChaos } from '../chaos/run';
import { SABOTAGES, type Sabotage } from '../chaos/sabotage';
import { SCENES } from '../chaos/scenes/catalogue';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    planned: { type: 'string' },
    faults: { type: 'string' },
    only: { type: 'string' },
    'long-ms': { type: 'string' },
    sabotage: { type: 'string' },
    scene: { type: 'string' },
    size: { type: 'string' },
    unguarded: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

function sabotageOf(name: string | undefined): Sabotage | undefined {
  const found = SABOTAGES.find((one) => one === name);
  if (name !== undefined && !found) throw new Error(`No sabotage ${name}; there are ${SABOTAGES.join(', ')}.`);
  return found;
}

const numberOf = (text: string | undefined) => (text === undefined ? undefined : Number(text));

/** What must not have happened. `unsettled` is told, and held against what was injected as `unexplained`. */
const isClean = ({ planned, received, lost, twice, late, unwanted, unexplained }: ChaosResult) =>
  planned > 0 && received > 0 && lost + twice + late + unwanted + unexplained === 0;

function print(result: ChaosResult): void {
  if (values.json) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return;
  }
  const { faults, ...counts } = result;
  for (const [name, value] of Object.entries(counts)) process.stdout.write(`${name}: ${value}\n`);
  for (const [name, hits] of Object.entries(faults)) process.stdout.write(`  ${name}: ${hits}\n`);
  process.stdout.write(
    isClean(result) ? 'Nothing lost, nothing twice, nothing unwanted.\n' : 'NOT clean: see above.\n',
  );
}

const say = (line: string) => process.stderr.write(`${line}\n`);

async function playScene(name: string): Promise<boolean> {
  const play = SCENES[name];
  if (!play) throw new Error(`No scene ${name}; there are ${Object.keys(SCENES).join(', ')}.`);
  const result = await play({ size: numberOf(values.size), unguarded: values.unguarded, say });
  const lines = Object.entries(result).map(([figure, value]) => `${figure}: ${value}\n`);
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : lines.join(''));
  return result.clean;
}

async function playRounds(): Promise<boolean> {
  const result = await runChaos({
    rounds: Number(values.rounds),
    seed: Number(values.seed),
    planned: numberOf(values.planned),
    faultsPerRound: numberOf(values.faults),
    longMs: numberOf(values['long-ms']),
    only: values.only?.split(','),
    sabotage: sabotageOf(values.sabotage),
    say,
  });
  print(result);
  return isClean(result);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
try {
  const isGood = values.scene === undefined ? await playRounds() : await playScene(values.scene);
  process.exitCode = isGood ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
}
