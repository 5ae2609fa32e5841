/** What stands before the web processes of an installation: passes each request on to one of those that are in, and counts what came of it. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

export interface Door {
  /** Requests nobody answered: told again by whoever sent them. */
  readonly unanswered: number;
  let(port: number): void;
  /** No new request goes there; those under way are answered. */
  leave(port: number): void;
  close(): Promise<void>;
}

export async function openDoor(port: number): Promise<Door> {
  const behind: number[] = [];
  let turn = 0;
  let unanswered = 0;
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const body = await readAll(incoming);
    turn += 1;
    const target = behind[turn % behind.length];
    try {
      if (target === undefined) throw new Error('Nobody is in');
      await passOn({ incoming, outgoing, body, port: target });
    } catch {
      unanswered += 1;
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(502).end();
    }
  };
  const server = createServer((incoming, outgoing) => void serve(incoming, outgoing).catch(() => outgoing.destroy()));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    get unanswered() {
      return unanswered;
    },
    let: (one) => void behind.push(one),
    leave(one) {
      const place = behind.indexOf(one);
      if (place !== -1) behind.splice(place, 1);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readAll(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

interface Passed {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  body: Buffer;
  port: number;
}

function passOn({ incoming, outgoing, body, port }: Passed): Promise<void> {
  const { method, url, headers } = incoming;
  return new Promise((resolve, reject) => {
    // A connection of its own each: nothing is written to one that is being closed.
    const further = request({ host: '127.0.0.1', port, method, path: url, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.once('error', reject);
      answer.pipe(outgoing).once('finish', resolve);
    });
    further.once('error', reject);
    further.end(body);
  });
}
