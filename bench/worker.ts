/** The app's built worker in a benchmark: on a business clock that the benchmark moves; at its end it tells its peak memory. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { announceReady } from '../scripts/local/announce-ready';
import { openClock } from '../scripts/local/clock';
import { need } from '../scripts/local/need';
import { projectRoot } from '../scripts/local/paths';

interface WorkerBuild {
  startWorker(options: { clock: ReturnType<typeof openClock> }): Promise<{ stop(): Promise<void> }>;
}

const build = join(projectRoot, 'build', 'worker', 'index.js');
const { startWorker } = (await import(pathToFileURL(build).href)) as WorkerBuild;
const worker = await startWorker({ clock: openClock(need('CLOCK_FILE')) });
announceReady(async () => {
  await worker.stop();
  process.stdout.write(`\n${JSON.stringify({ peakKilobytes: process.resourceUsage().maxRSS })}\n`);
});
