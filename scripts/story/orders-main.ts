/** The main job with a file of real purchases: imported, win-back and VIP switched on, their people counted. Called by `npm run demo -- --orders FILE --story`. */
import { switchOn } from '../../tests/harness/store';
import { openWorld, type World } from '../../tests/harness/world';
import type { OrdersFile } from '../local/orders-file';
import type { Progress } from '../local/progress';
import type { Check } from './checks';
import type { StoryOptions } from './main';
import { type AudienceCount, COUNTED, readAudiences } from './orders-audiences';
import { checkAudiences, checkImport, checkQuiet, checkWebhook } from './orders-checks';
import { openOrdersStore } from './orders-store';
import { table, tellVerdict, toDocument, writeSources } from './print';
import { type Report, readReport } from './report';

const number = new Intl.NumberFormat('en');

/** What a person reads at the end. */
function toText(checks: readonly Check[], audiences: readonly AudienceCount[]): string {
  const people = table(
    ['Scenario', 'Customers today', 'May be e-mailed'],
    audiences.map((one) => [one.scenario, number.format(one.customers), number.format(one.mayBeEmailed)]),
  );
  const held = table(
    ['Check', 'Found'],
    checks.map(({ name, detail }) => [name, detail]),
  );
  return `\n${people}\n\n${held}\n\n${tellVerdict(checks)}\n`;
}

interface OrdersStory {
  report: Report;
  checks: Check[];
  audiences: AudienceCount[];
}

/** Plays it in a world; the app is taken out of the store in the end. Also run by `tests/stories`. */
export async function tellOrdersStory(
  world: World,
  file: Pick<OrdersFile, 'text'>,
  progress: Progress,
): Promise<OrdersStory> {
  const begun = world.now();
  const opened = await openOrdersStore(world, file, progress);
  const { store, settle } = opened;
  const checks = await checkImport(opened, file.text);
  const audiences = await progress('Switching win-back and VIP on', async () => {
    await switchOn(store, ...COUNTED);
    await settle();
    return readAudiences(store);
  });
  const report = await readReport(world, store, begun);
  checks.push(checkQuiet(report), ...checkAudiences(audiences));
  checks.push(await progress('Buying once more', () => checkWebhook(opened)));
  await store.uninstall();
  return { report, checks, audiences };
}

/** @returns whether everything expected happened */
export async function runOrdersStory({
  stack,
  file,
  progress,
  json,
  outDir,
}: StoryOptions & { file: OrdersFile }): Promise<boolean> {
  const world = await openWorld(stack);
  try {
    const { report, checks, audiences } = await tellOrdersStory(world, file, progress);
    if (outDir) await writeSources(world, report, outDir);
    const document = { ...toDocument(report, checks), audiences };
    process.stdout.write(json ? `${JSON.stringify(document, null, 2)}\n` : toText(checks, audiences));
    return checks.every(({ ok }) => ok);
  } finally {
    await world.close();
  }
}
