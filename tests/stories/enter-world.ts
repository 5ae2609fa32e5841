/** The running stack for one file of stories; what the file opened is left behind at its end. */
import { afterAll } from 'vitest';
import { openWorld, type World } from '../harness/world';
import { runningStack } from '../setup/stack';

/** Call it at the head of the file: `const world = await enterWorld()`. */
export async function enterWorld(): Promise<World> {
  const world = await openWorld(runningStack());
  afterAll(async () => {
    await world.leave();
    await world.close();
  });
  return world;
}
