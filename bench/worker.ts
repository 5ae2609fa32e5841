/**
 * The app's built worker in a benchmark, on a business clock that the benchmark moves. Run by Node alone and without
 * imports of our own, so that its memory is that of a deployed worker; it tells its peak when it is asked to end.
 */
import { readFileSync } from 'node:fs';

interface WorkerBuild {
  startWorker(options: { clock: { now(): Date } }): Promise<{ stop(): Promise<void> }>;
}

const { CLOCK_FILE: clockFile = '' } = process.env;
const clock = { now: () => new Date(Math.round(Date.now() + readFileSync(clockFile).readDoubleLE(0))) };
const build = new URL('../build/worker/index.js', import.meta.url);
const { startWorker } = (await import(build.href)) as WorkerBuild;
const worker = await startWorker({ clock });
// SIGTERM is the worker's own; whoever started us says so here, and is told before we go.
process.once('message', async () => {
  await worker.stop();
  process.send?.({ peakKilobytes: process.resourceUsage().maxRSS }, () => process.exit(0));
});
process.once('disconnect', () => process.exit(1));
process.send?.('ready');
