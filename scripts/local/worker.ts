/** The app's worker in a local run: the built worker with the sandbox around it. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { announceReady } from './announce-ready';
import { projectRoot } from './paths';
import { type Surroundings, surroundings } from './surroundings';

/** What the build of the worker exports. */
interface WorkerBuild {
  startWorker(options: Pick<Surroundings, 'clock'>): Promise<{ stop(): Promise<void> }>;
}

const { clock } = surroundings();
const build = join(projectRoot, 'build', 'worker', 'index.js');
const { startWorker } = (await import(pathToFileURL(build).href)) as WorkerBuild;
const worker = await startWorker(clock ? { clock } : {});
announceReady(() => worker.stop());
