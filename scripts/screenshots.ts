/**
 * `npm run screenshots`: pictures of every page and state at desktop and phone width, in both languages, into
 * `docs/screenshots`, of fresh stores. `-- --whole --out DIR` takes whole pages instead of first screens, to be looked
 * over; `--only home` those whose names begin so.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeStores } from './admin-pages/stores';
import { lockProfile } from './local/lock';
import { showProgress } from './local/progress';
import { resetProfile } from './local/reset';
import { fillSampleStore } from './local/sample-store';
import { ANY_PORTS, startStack } from './local/stack';
import { runCommand, whenDied } from './local/until-asked';
import { takeScreenshots } from './screenshots/take';

const { values } = parseArgs({
  options: { whole: { type: 'boolean', default: false }, out: { type: 'string' }, only: { type: 'string' } },
});

const PROFILE = 'screenshots';
const progress = showProgress(process.stderr);

await runCommand(async (ended) => {
  lockProfile(PROFILE);
  await resetProfile(PROFILE);
  const stack = await Promise.race([startStack({ profile: PROFILE, progress, ports: ANY_PORTS }), ended]);
  if (!stack) return;
  try {
    await fillSampleStore(stack.addresses, progress);
    const stores = await makeStores(stack, progress);
    const { whole, out, only } = values;
    const wish = { sandboxUrl: stack.addresses.sandboxUrl, stores, whole, ...(only ? { only } : {}) };
    const folder = out === undefined ? {} : { folder: resolve(out) };
    await Promise.race([takeScreenshots({ ...wish, ...folder }, progress), whenDied(stack.died), ended]);
  } finally {
    await stack.stop();
  }
});
