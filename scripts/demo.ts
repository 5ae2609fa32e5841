/**
 * `npm run demo`: the whole system on this machine with a filled store, until Ctrl-C. `-- --reset` starts anew,
 * `-- --story` plays the main job through without a browser (`--json`, `--out DIR`).
 */
import { parseArgs } from 'node:util';
import { lockProfile } from './local/lock';
import { showProgress } from './local/progress';
import { resetProfile } from './local/reset';
import { fillSampleStore } from './local/sample-store';
import { ANY_PORTS, DEMO_PORTS, startStack } from './local/stack';
import { runCommand, whenDied } from './local/until-asked';

const progress = showProgress(process.stderr);

const { values } = parseArgs({
  options: {
    reset: { type: 'boolean', default: false },
    story: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    out: { type: 'string' },
  },
});

function welcome(openUrl: string): string {
  return `
  Relance is running. Open

      ${openUrl}

  Ctrl-C ends it; the data stay. "npm run demo -- --reset" starts anew. Logs: .relance/demo/logs

`;
}

/** Runs until asked to end. */
async function runDemo(ended: Promise<void>): Promise<void> {
  lockProfile('demo');
  if (values.reset) await resetProfile('demo');
  const stack = await Promise.race([startStack({ profile: 'demo', progress, ports: DEMO_PORTS }), ended]);
  if (!stack) return;
  try {
    await Promise.race([fillSampleStore(stack.addresses, progress), whenDied(stack.died), ended]);
    process.stdout.write(welcome(`${stack.addresses.sandboxUrl}/`));
    await Promise.race([ended, whenDied(stack.died)]);
  } finally {
    process.stderr.write('\nEnding …\n');
    await stack.stop();
  }
}

/** The story begins with nothing each time. */
async function playStory(ended: Promise<void>): Promise<void> {
  lockProfile('story');
  await resetProfile('story');
  const { runStory } = await import('./story/main');
  const stack = await Promise.race([startStack({ profile: 'story', progress, ports: ANY_PORTS }), ended]);
  if (!stack) return;
  const story = { stack: stack.addresses, progress, json: values.json, outDir: values.out };
  try {
    const good = await Promise.race([runStory(story), whenDied(stack.died), ended]);
    process.exitCode = good ? 0 : 1;
  } finally {
    await stack.stop();
  }
}

await runCommand(values.story ? playStory : runDemo);
