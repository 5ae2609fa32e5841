/** The app's worker in a local run: the built worker with the sandbox around it. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { announceReady } from './announce-ready';
import { projectRoot } from './paths';
import { type Surroundings, surroundings } from './surroundings';

/** What the build of the worker exports. */
interface WorkerBuild {
  startWorker(
    options: Pick<Surroundings, 'clock' | 'readTxt' | 'web'> & { promoteEveryMs?: number; mendEveryMs?: number },
  ): Promise<{ stop(): Promise<void> }>;
}

/** A clock that jumps for weeks makes much due at once; whoever moved it should not have to wait. */
const OFTEN = { promoteEveryMs: 200, mendEveryMs: 2000 };

const { before: _, ...around } = surroundings();
const build = join(projectRoot, 'build', 'worker', 'index.js');
const { startWorker } = (await import(pathToFileURL(build).href)) as WorkerBuild;
const worker = await startWorker(around.clock ? { ...around, ...OFTEN } : {});
announceReady(() => worker.stop());
