/** The app's worker in a local run: the built worker with the sandbox's clock and Shopify around it. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { announceReady } from './announce-ready';
import { openClock } from './clock';
import { sendShopifyTo } from './local-shopify';
import { need } from './need';
import { projectRoot } from './paths';

/** What the build of the worker exports. */
interface WorkerBuild {
  startWorker(options: { clock: ReturnType<typeof openClock> }): Promise<{ stop(): Promise<void> }>;
}

sendShopifyTo(need('SANDBOX_URL'));
const build = join(projectRoot, 'build', 'worker', 'index.js');
const { startWorker } = (await import(pathToFileURL(build).href)) as WorkerBuild;
const worker = await startWorker({ clock: openClock(need('CLOCK_FILE')) });
announceReady(() => worker.stop());
