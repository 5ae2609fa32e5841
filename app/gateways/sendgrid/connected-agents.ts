/**
 * Connections that a request gets only once they stand, TLS included. So a request that has no socket when it fails has
 * sent nothing, whatever went wrong: a name not found, a connection refused or never answered, a certificate not trusted.
 */
import { type ClientRequestArgs, Agent as PlainAgent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export const CONNECT_TIMEOUT = 'CONNECT_TIMEOUT';

type OnCreate = (error: Error | null, socket: Duplex) => void;

export interface Patience {
  /** How long a connection may take, TLS included. */
  connectMs: number;
  /** How long an unused one is kept. The server may be closing it as we write, and nobody would know what became of that request. */
  idleMs: number;
}

/** Agents of one mailer that keep their connections for the next request. */
export function connectedAgents(patience: Patience): { httpAgent: PlainAgent; httpsAgent: SecureAgent } {
  const options = { keepAlive: true, maxSockets: 50 };
  return { httpAgent: new PlainConnected(options, patience), httpsAgent: new SecureConnected(options, patience) };
}

/** Whether an error of a request over these agents came before any of its bytes could leave. */
export function neverConnected(error: unknown): boolean {
  const request: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'request') : null;
  return typeof request === 'object' && request !== null && Reflect.get(request, 'socket') === null;
}

class PlainConnected extends PlainAgent {
  readonly #patience: Patience;
  constructor(options: object, patience: Patience) {
    super(options);
    this.#patience = patience;
  }
  override createConnection(options: ClientRequestArgs, onCreate?: OnCreate): Duplex | null | undefined {
    const waiting = { ready: 'connect', timeoutMs: this.#patience.connectMs, onCreate };
    return onceReady(super.createConnection(options), waiting);
  }
  override keepSocketAlive(socket: Duplex): boolean {
    return closedWhenIdle(socket, super.keepSocketAlive(socket), this.#patience);
  }
}

class SecureConnected extends SecureAgent {
  readonly #patience: Patience;
  constructor(options: object, patience: Patience) {
    super(options);
    this.#patience = patience;
  }
  override createConnection(options: ClientRequestArgs, onCreate?: OnCreate): Duplex | null | undefined {
    const waiting = { ready: 'secureConnect', timeoutMs: this.#patience.connectMs, onCreate };
    return onceReady(super.createConnection(options), waiting);
  }
  override keepSocketAlive(socket: Duplex): boolean {
    return closedWhenIdle(socket, super.keepSocketAlive(socket), this.#patience);
  }
}

/** The agent closes a free connection that times out, and each request sets a time of its own. */
function closedWhenIdle(socket: Duplex, isKept: unknown, { idleMs }: Patience): boolean {
  if (isKept && socket instanceof Socket) socket.setTimeout(Math.min(idleMs, socket.timeout || idleMs));
  return Boolean(isKept);
}

interface Waiting {
  ready: string;
  timeoutMs: number;
  onCreate: OnCreate | undefined;
}

/** Answers nothing now and calls back later, as agents allow. */
function onceReady(socket: Duplex | null | undefined, { ready, timeoutMs, onCreate }: Waiting): undefined {
  if (!socket || !onCreate) throw new Error('Agents give a callback and get a socket');
  const settle = (error: Error | null) => {
    clearTimeout(timer);
    socket.off(ready, onReady).off('close', onClose).off('error', settle);
    onCreate(error, socket);
  };
  const onReady = () => settle(null);
  const onClose = () => settle(coded('ECONNRESET', 'The connection was closed before it stood'));
  const timer = setTimeout(() => {
    socket.destroy(coded(CONNECT_TIMEOUT, `No connection within ${timeoutMs} ms`));
  }, timeoutMs);
  socket.once(ready, onReady).once('close', onClose).once('error', settle);
}

function coded(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
