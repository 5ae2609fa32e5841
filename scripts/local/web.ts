/** The app's web process in a local run: the built app with the sandbox around it. */
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { announceReady } from './announce-ready';
import { need } from './need';
import { projectRoot } from './paths';
import { type Surroundings, surroundings } from './surroundings';

/** What the build of the web process exports. */
interface WebBuild {
  createApp(options: Surroundings): Promise<RequestListener & { locals: { stop(): Promise<void> } }>;
}

/** How long a request that is being answered may take once the process is asked to end. */
const FINISH_MS = 3000;

const around = surroundings();
const build = join(projectRoot, 'build', 'server', 'index.js');
const { createApp } = (await import(pathToFileURL(build).href)) as WebBuild;
const app = await createApp(around);
const server = createServer(app);
server.listen(Number(need('PORT')), need('HOST'), () => {
  announceReady(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), FINISH_MS).unref();
    await closed;
    await app.locals.stop();
  });
});
