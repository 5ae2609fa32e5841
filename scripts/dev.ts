/**
 * `npm run dev`: the demo with data of its own that follows the code. A change of the app builds it and starts both
 * processes again; a change of the sandbox starts the sandbox again. `-- --reset` starts anew.
 */
import { buildWhenNeeded } from './local/build';
import { lockProfile } from './local/lock';
import { showProgress } from './local/progress';
import { resetProfile } from './local/reset';
import { fillSampleStore } from './local/sample-store';
import { type Stack, startStack } from './local/stack';
import { runCommand, whenDied } from './local/until-asked';
import { watchFolders } from './local/watch';

const PORTS = { sandbox: 4410, web: 4411, postgres: 4412 };

const progress = showProgress(process.stderr);

/** A build that fails leaves the former one running. */
async function follow(stack: Stack, changed: Set<string>): Promise<void> {
  try {
    if (changed.has('sandbox')) await stack.restart('sandbox');
    if (!changed.has('app') && !changed.has('public')) return;
    await buildWhenNeeded(progress);
    await stack.restart('web', 'worker');
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
}

await runCommand(async (ended) => {
  lockProfile('dev');
  if (process.argv.includes('--reset')) await resetProfile('dev');
  const stack = await Promise.race([startStack({ profile: 'dev', progress, ports: PORTS }), ended]);
  if (!stack) return;
  await fillSampleStore(stack.addresses, progress);
  process.stdout.write(`\n  Open ${stack.addresses.sandboxUrl}/ (logs: .relance/dev/logs). Ctrl-C ends it.\n\n`);
  const stopWatching = watchFolders(['app', 'public', 'sandbox'], (changed) => follow(stack, changed));
  try {
    await Promise.race([ended, whenDied(stack.died)]);
  } finally {
    stopWatching();
    await stack.stop();
  }
});
