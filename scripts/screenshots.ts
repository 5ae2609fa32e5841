/** `npm run screenshots`: pictures of every page at desktop and phone width into `docs/screenshots`, of a fresh store. */
import { lockProfile } from './local/lock';
import { showProgress } from './local/progress';
import { resetProfile } from './local/reset';
import { fillSampleStore } from './local/sample-store';
import { ANY_PORTS, startStack } from './local/stack';
import { runCommand, whenDied } from './local/until-asked';
import { takeScreenshots } from './screenshots/take';

const PROFILE = 'screenshots';
const progress = showProgress(process.stderr);

await runCommand(async (ended) => {
  lockProfile(PROFILE);
  await resetProfile(PROFILE);
  const stack = await Promise.race([startStack({ profile: PROFILE, progress, ports: ANY_PORTS }), ended]);
  if (!stack) return;
  try {
    await fillSampleStore(stack.addresses, progress);
    await Promise.race([takeScreenshots(stack.addresses, progress), whenDied(stack.died), ended]);
  } finally {
    await stack.stop();
  }
});
