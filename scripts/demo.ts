/**
 * `npm run demo`: the whole system on this machine with a filled store, until Ctrl-C. `-- --reset` starts anew,
 * `-- --story` plays the main job through without a browser (`--json`, `--out DIR`), `-- --orders FILE` fills the store
 * from a file of real purchases, `-- --no-sendgrid` runs it as before an operator has set SendGrid's key.
 */
import { parseArgs } from 'node:util';
import { lockProfile } from './local/lock';
import { claimForFile, type OrdersFile, readOrdersFile } from './local/orders-file';
import { showProgress } from './local/progress';
import { resetProfile } from './local/reset';
import { fillFromFile, fillSampleStore } from './local/sample-store';
import { ANY_PORTS, DEMO_PORTS, type Stack, startStack } from './local/stack';
import { runCommand, whenDied } from './local/until-asked';

const progress = showProgress(process.stderr);

/** What the person asked for. @throws Error that names an option nobody knows */
function readWishes() {
  const { values } = parseArgs({
    options: {
      reset: { type: 'boolean', default: false },
      story: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      out: { type: 'string' },
      orders: { type: 'string' },
      'no-sendgrid': { type: 'boolean', default: false },
    },
  });
  return { ...values, file: values.orders === undefined ? null : readOrdersFile(values.orders) };
}

type Wishes = ReturnType<typeof readWishes>;

const WAITING = '\n  SendGrid is not connected: what is due waits until you start the demo without --no-sendgrid.\n';

function welcome(openUrl: string, profile: string, connected: boolean): string {
  return `
  Relance is running. Open

      ${openUrl}
${connected ? '' : WAITING}
  Ctrl-C ends it; the data stay. Add --reset to start anew. Logs: .relance/${profile}/logs

`;
}

async function fill({ addresses }: Stack, file: OrdersFile | null): Promise<void> {
  if (file) await fillFromFile(addresses, { file, handle: 'sillon-records' }, progress);
  else await fillSampleStore(addresses, progress);
}

/** Runs until asked to end. A store filled from a file has data of its own, beside the invented one's. */
async function runDemo({ file, reset, 'no-sendgrid': off }: Wishes, ended: Promise<void>): Promise<void> {
  const profile = file ? 'demo-orders' : 'demo';
  lockProfile(profile);
  if (reset) await resetProfile(profile);
  if (file) claimForFile(profile, file);
  const sendgrid = off ? 'without-key' : 'connected';
  const stack = await Promise.race([startStack({ profile, progress, ports: DEMO_PORTS, sendgrid }), ended]);
  if (!stack) return;
  try {
    await Promise.race([fill(stack, file), whenDied(stack.died), ended]);
    process.stdout.write(welcome(`${stack.addresses.sandboxUrl}/`, profile, !off));
    await Promise.race([ended, whenDied(stack.died)]);
  } finally {
    process.stderr.write('\nEnding …\n');
    await stack.stop();
  }
}

/** The story begins with nothing each time. */
async function playStory({ file, json, out }: Wishes, ended: Promise<void>): Promise<void> {
  const profile = file ? 'story-orders' : 'story';
  lockProfile(profile);
  await resetProfile(profile);
  const { runStory } = await import('./story/main');
  const { runOrdersStory } = await import('./story/orders-main');
  const stack = await Promise.race([startStack({ profile, progress, ports: ANY_PORTS }), ended]);
  if (!stack) return;
  const story = { stack: stack.addresses, progress, json, outDir: out };
  try {
    const told = file ? runOrdersStory({ ...story, file }) : runStory(story);
    const good = await Promise.race([told, whenDied(stack.died), ended]);
    process.exitCode = good ? 0 : 1;
  } finally {
    await stack.stop();
  }
}

await runCommand(async (ended) => {
  const wishes = readWishes();
  await (wishes.story ? playStory : runDemo)(wishes, ended);
});
