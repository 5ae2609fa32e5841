/** The main job without a browser, over three weeks of business time. Called by `npm run demo -- --story`. */

import { openWorld, type World } from '../../tests/harness/world';
import type { Progress } from '../local/progress';
import type { StackAddresses } from '../local/stack';
import { calendarFrom } from './calendar';
import { openStage } from './cast';
import { type Check, check } from './checks';
import { play } from './plot';
import { toDocument, toText, writeSources } from './print';
import { type Report, readReport } from './report';

export interface StoryOptions {
  /** A running stack. */
  stack: StackAddresses;
  progress: Progress;
  /** One document on standard output instead of the table. */
  json: boolean;
  /** Folder for the sources of all e-mails. */
  outDir: string | undefined;
}

/** Plays the story in a world and holds what came of it against what was expected. Also run by `tests/stories`. */
export async function tellStory(world: World, progress: Progress): Promise<{ report: Report; checks: Check[] }> {
  const when = calendarFrom(world.now());
  const cast = await progress('Opening the store', () => openStage(world, when));
  await progress('Playing three weeks', (note) => play(cast, world, { when, note }));
  const report = await progress('Reading what happened', () => readReport(world, cast.store, when([1, '00:00'])));
  return { report, checks: await check(report, { cast, when }) };
}

/** @returns whether everything expected happened, and nothing else */
export async function runStory({ stack, progress, json, outDir }: StoryOptions): Promise<boolean> {
  const world = await openWorld(stack);
  try {
    const { report, checks } = await tellStory(world, progress);
    if (outDir) {
      await progress('Writing the e-mails', async (note) =>
        note(`${await writeSources(world, report, outDir)} in ${outDir}`),
      );
    }
    process.stdout.write(json ? `${JSON.stringify(toDocument(report, checks), null, 2)}\n` : toText(report, checks));
    return checks.every(({ ok }) => ok);
  } finally {
    await world.close();
  }
}
