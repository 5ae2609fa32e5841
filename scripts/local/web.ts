/** The app's web process in a local run: the built app with the sandbox's clock, frame and Shopify around it. */
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { announceReady } from './announce-ready';
import { openClock } from './clock';
import { allowFramingBy } from './frame-ancestors';
import { sendShopifyTo } from './local-shopify';
import { need } from './need';
import { projectRoot } from './paths';

/** What the build of the web process exports. */
interface WebBuild {
  createApp(options: {
    clock: ReturnType<typeof openClock>;
    before: ReturnType<typeof allowFramingBy>;
  }): RequestListener | Promise<RequestListener>;
}

const sandboxUrl = need('SANDBOX_URL');
sendShopifyTo(sandboxUrl);
const build = join(projectRoot, 'build', 'server', 'index.js');
const { createApp } = (await import(pathToFileURL(build).href)) as WebBuild;
const app = await createApp({
  clock: openClock(need('CLOCK_FILE')),
  before: allowFramingBy(new URL(sandboxUrl).origin),
});
const server = createServer(app);
server.listen(Number(need('PORT')), need('HOST'), () => {
  announceReady(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 3000).unref();
    await closed;
  });
});
