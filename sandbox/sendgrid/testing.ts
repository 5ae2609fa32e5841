// A SendGrid and mailbox on a free port with a clock the test moves, and a stand-in for the app that receives events. Used by the tests here.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerErrors, createRouter } from '../http/router';
import { registerMailbox } from '../mailbox/register';
import { type SendgridPart, sendgridOf } from './part';
import { registerSendgrid } from './register';

export const API_KEY = 'SG.test-key';
export const SENDER = 'hello@shop.example';

export interface ReceivedPost {
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** What the app's side saw, and what it answers next. */
export interface AppStandIn {
  url: string;
  posts: ReceivedPost[];
  /** Statuses for the next posts; 200 when empty. */
  answers: number[];
  events(): Record<string, unknown>[];
}

export interface TestSandbox {
  url: string;
  part: SendgridPart;
  app: AppStandIn;
  /** Moves the business clock on. */
  advance(ms: number): void;
  send(body: unknown, headers?: Record<string, string>): Promise<Response>;
  json(path: string, init?: RequestInit): Promise<unknown>;
  close(): Promise<void>;
}

export interface TestOptions {
  dataDir?: string;
  sendgrid?: Record<string, unknown>;
  startAt?: number;
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

async function startApp(): Promise<{ app: AppStandIn; server: Server }> {
  const posts: ReceivedPost[] = [];
  const answers: number[] = [];
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      posts.push({ path: req.url ?? '', headers: req.headers, body: Buffer.concat(chunks).toString('utf8') });
      res.writeHead(answers.shift() ?? 200).end();
    });
  });
  const url = await listen(server);
  const events = (): Record<string, unknown>[] =>
    posts.flatMap(({ body }) => JSON.parse(body) as Record<string, unknown>[]);
  return { app: { url, posts, answers, events }, server };
}

/** Starts everything; events go out when a test calls `part.settle()`, not by themselves. */
export async function startTestSandbox(options: TestOptions = {}): Promise<TestSandbox> {
  const { app, server: appServer } = await startApp();
  let now = options.startAt ?? Date.UTC(2026, 10, 22, 9, 0, 0);
  const host = {
    url: '',
    options: {
      appUrl: app.url,
      dataDir: options.dataDir,
      sendgrid: { apiKey: API_KEY, verifiedSenders: [SENDER], eventIntervalMs: 3_600_000, ...options.sendgrid },
    },
    clock: { now: () => now },
  };
  const router = createRouter();
  registerSendgrid(router, host);
  registerMailbox(router, host);
  answerErrors(router);
  const server = createServer(router);
  host.url = await listen(server);
  const part = sendgridOf(host);
  return {
    url: host.url,
    part,
    app,
    advance: (ms) => {
      now += ms;
    },
    send: (body, headers = {}) =>
      fetch(`${host.url}/sendgrid/v3/mail/send`, {
        method: 'POST',
        headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    json: async (path, init) => (await fetch(host.url + path, init)).json(),
    close: async () => {
      await stop(server);
      await part.close();
      await stop(appServer);
    },
  };
}

/** A small complete mail to these addresses, changed by `more`. */
export function mailTo(emails: string[], more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    personalizations: emails.map((email) => ({ to: [{ email }] })),
    from: { email: SENDER, name: 'The Shop' },
    subject: 'Hello',
    content: [
      { type: 'text/plain', value: 'Hello there' },
      { type: 'text/html', value: '<html><body><p>Hello there</p></body></html>' },
    ],
    ...more,
  };
}
