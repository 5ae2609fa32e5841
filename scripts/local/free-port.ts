/** Finds ports nobody listens on, so that a taken port is worked around; called before anything is started. */
import { createServer } from 'node:net';

/** Resolves to the port when it can be listened on at 127.0.0.1 (0 asks for any), else to undefined. */
function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}

/** The wanted port, or one of the next twenty, or any free one. Ports in `besides` are given out already. */
export async function findFreePort(wanted: number, besides: readonly number[] = []): Promise<number> {
  for (let port = wanted; wanted > 0 && port <= wanted + 20; port++) {
    if (!besides.includes(port) && (await tryPort(port)) !== undefined) return port;
  }
  const any = await tryPort(0);
  if (any === undefined) throw new Error('No free port on 127.0.0.1.');
  return besides.includes(any) ? findFreePort(0, besides) : any;
}
