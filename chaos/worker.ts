/** The app's built worker in a chaos run: a copy of the build, so that a guard may be cut out of it and nobody's new build changes a run. */
import { pathToFileURL } from 'node:url';
import { announceReady } from '../scripts/local/announce-ready';
import { need } from '../scripts/local/need';
import { surroundings } from '../scripts/local/surroundings';

interface WorkerBuild {
  startWorker(options: { clock?: unknown; web?: unknown; mendEveryMs?: number }): Promise<{ stop(): Promise<void> }>;
}

const { clock, web } = surroundings();
const { startWorker } = (await import(pathToFileURL(need('WORKER_BUILD')).href)) as WorkerBuild;
const mendEveryMs = Number(process.env.MEND_EVERY_MS ?? 0);
// The pace of production, unless a short run asks for a quicker search for what a crash left behind.
const worker = await startWorker({ ...(clock ? { clock, web } : {}), ...(mendEveryMs > 0 ? { mendEveryMs } : {}) });
announceReady(() => worker.stop());
