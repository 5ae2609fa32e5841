/**
 * Stands before the sandbox's SendGrid and sees every hand-over: which messages came, whether SendGrid took them and
 * whether the worker was told. Faults that need the exact moment (killed after the hand-over, cut before the answer)
 * happen here; what SendGrid answers by itself stays the sandbox's.
 */
import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** One request of the worker to send mail. */
export interface Handover {
  messageIds: readonly string[];
  /** Real time. */
  at: number;
  /** SendGrid answered 202 to it. */
  accepted: boolean;
  /** Its outcome left for the worker: nobody cut the line before. */
  told: boolean;
  /** What SendGrid, or the fault in its place, answered; null before and without an answer. */
  status: number | null;
}

/** What becomes of one request instead of being passed on. */
export type Treatment = (handover: Handover, line: Line) => Promise<void> | void;

export interface Line {
  /** Passes the request on to SendGrid; answers its status. */
  passOn(): Promise<Answer>;
  /** Answers the worker. Resolves when the bytes left. */
  answer(answer: Answer): Promise<void>;
  /** Cuts the connection. */
  cut(): void;
}

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

export interface Gate {
  port: number;
  /** Every hand-over of the run, in order. */
  handovers: readonly Handover[];
  /** Has the next request treated; resolves once it was, or with false when it is taken back. */
  next(treatment: Treatment): { done: Promise<boolean>; takeBack(): void };
  /** Connections are refused from now on. */
  shut(): Promise<void>;
  open(): Promise<void>;
  close(): Promise<void>;
}

const SEND = '/sendgrid/v3/mail/send';
/** These say that nothing was taken, or what will be done about it. After any other failure the worker knows nothing. */
const TELLING = new Set([200, 202, 400, 401, 403, 413, 429, 503]);

interface Waiting {
  treatment: Treatment;
  done(treated: boolean): void;
}

export async function openGate({ port, sandboxPort }: { port: number; sandboxPort: number }): Promise<Gate> {
  const handovers: Handover[] = [];
  const waiting: Waiting[] = [];
  const sockets = new Set<Socket>();
  const agent = new Agent({ keepAlive: true });
  let server: Server | undefined;

  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const body = await readAll(incoming);
    const line = lineOf({ incoming, outgoing, body, agent, sandboxPort });
    if (incoming.method !== 'POST' || incoming.url !== SEND) return line.answer(await line.passOn());
    const handover: Handover = { messageIds: idsOf(body), at: Date.now(), accepted: false, told: false, status: null };
    handovers.push(handover);
    const watched = watch(handover, line);
    const next = waiting.shift();
    if (!next) return watched.answer(await watched.passOn());
    try {
      await next.treatment(handover, watched);
    } finally {
      next.done(true);
    }
  };

  const open = () =>
    new Promise<void>((resolve, reject) => {
      server = createServer((incoming, outgoing) => {
        // The worker may be dead by now: that is what a chaos run is about.
        serve(incoming, outgoing).catch(() => outgoing.destroy());
      });
      server.keepAliveTimeout = 60_000;
      server.on('connection', (socket) => {
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
        socket.on('error', () => {});
      });
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
  const shut = () =>
    new Promise<void>((resolve) => {
      server?.close(() => resolve());
      server?.closeIdleConnections();
      for (const socket of sockets) socket.destroy();
    });
  await open();
  return {
    port,
    handovers,
    next(treatment) {
      let finish: (treated: boolean) => void = () => {};
      const done = new Promise<boolean>((resolve) => {
        finish = resolve;
      });
      const mine: Waiting = { treatment, done: finish };
      waiting.push(mine);
      return {
        done,
        takeBack() {
          const place = waiting.indexOf(mine);
          if (place === -1) return;
          waiting.splice(place, 1);
          finish(false);
        },
      };
    },
    shut,
    open,
    async close() {
      await shut();
      agent.destroy();
    },
  };
}

/** Notes on the hand-over what its line saw. */
function watch(handover: Handover, line: Line): Line {
  return {
    ...line,
    async passOn() {
      const answer = await line.passOn();
      if (answer.status === 202) handover.accepted = true;
      return answer;
    },
    async answer(answer) {
      await line.answer(answer);
      handover.told = TELLING.has(answer.status);
      handover.status = answer.status;
    },
  };
}

interface Ends {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  body: Buffer;
  agent: Agent;
  sandboxPort: number;
}

function lineOf({ incoming, outgoing, body, agent, sandboxPort }: Ends): Line {
  return {
    passOn: () =>
      new Promise((resolve, reject) => {
        const { method, url, headers } = incoming;
        const out = request({ port: sandboxPort, host: '127.0.0.1', method, path: url, headers, agent }, (answer) => {
          readAll(answer).then(
            (read) => resolve({ status: answer.statusCode ?? 502, headers: plain(answer), body: read }),
            reject,
          );
        });
        out.once('error', reject);
        out.end(body);
      }),
    answer: ({ status, headers = {}, body: text = '' }) =>
      new Promise((resolve, reject) => {
        if (outgoing.destroyed || !outgoing.socket || outgoing.socket.destroyed) return reject(new Error('Hung up'));
        outgoing.writeHead(status, headers);
        outgoing.end(text, resolve);
      }),
    cut: () => outgoing.socket?.resetAndDestroy(),
  };
}

function plain({ headers }: IncomingMessage): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => name !== 'transfer-encoding' && name !== 'connection');
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function idsOf(body: Buffer): string[] {
  const read = JSON.parse(body.toString('utf8')) as { personalizations: { custom_args?: { message?: string } }[] };
  return read.personalizations.flatMap(({ custom_args }) => custom_args?.message ?? []);
}
