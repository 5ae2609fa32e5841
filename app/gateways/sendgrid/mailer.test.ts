// What became of a batch when the connection fails: before it stood nothing was taken, after that nobody knows.
import { createPrivateKey } from 'node:crypto';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Batch, makeMailer } from './mailer';

const batch: Batch = {
  shopId: 1,
  from: { email: 'bonjour@lune.example', name: 'Lune' },
  replyTo: null,
  subject: 'Bonjour',
  html: '<p>Bonjour</p>',
  text: 'Bonjour',
  openTracking: false,
  recipients: [{ messageId: 'm1', to: 'zoe@example.com', substitutions: {}, unsubscribeUrl: 'https://app.example/u' }],
};

/** Signed by itself, for 127.0.0.1; known to nobody. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBkDCCATagAwIBAgIUGaFtH8+YETZjtxly/zEFTFVjMIMwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjA1MzA0MloYDzIxMjYxMDI5
MDUzMDQyWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAR7vPYUBHe621HZdXpl6toYNdtDExrczhaM7gO0hJcpvAg+DcBuDc8p
xghYGeoGkowya42jRy6VrYNPKk4rFdDZo2QwYjAdBgNVHQ4EFgQUg142Yftrf/TF
c4UbrahYIPWJoVowHwYDVR0jBBgwFoAUg142Yftrf/TFc4UbrahYIPWJoVowDwYD
VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0gAMEUC
IQC3g1mEP1uJXzMtKwVZonTxoHVwPBdHYbw6CJNvetDAAgIgSEhcmDB3g6LqEwK4
DIdxk2gzfyVu6GdIenONnrM2suU=
-----END CERTIFICATE-----`;
const key = createPrivateKey({
  format: 'jwk',
  key: {
    kty: 'EC',
    crv: 'P-256',
    x: 'e7z2FAR3uttR2XV6ZeraGDXbQxMa3M4WjO4DtISXKbw',
    y: 'CD4NwG4NzynGCFgZ6gaSjDJrjaNHLpWtg08qTisV0Nk',
    d: 'HGOsHuzcnP2KBaS9cSbtbK8fFMbqShTXSZA6OeC7QsA',
  },
}).export({ format: 'pem', type: 'pkcs8' });

const servers: { server: Server; sockets: Set<Socket> }[] = [];
afterEach(() => {
  for (const { server, sockets } of servers.splice(0)) {
    server.close();
    for (const socket of sockets) socket.destroy();
  }
});

/** The port of a server on this machine; it and its connections end with the test. */
async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => {})));
  servers.push({ server, sockets });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return (server.address() as AddressInfo).port;
}

const mailer = (scheme: 'http' | 'https', port: number, connectMs?: number) =>
  makeMailer({ apiKey: 'SG.x', baseUrl: `${scheme}://127.0.0.1:${port}`, ...(connectMs ? { connectMs } : {}) });

describe('nothing is taken', () => {
  it('where nobody listens', async () => {
    const server = createTcpServer();
    const port = await listen(server);
    await new Promise((closed) => server.close(closed));
    expect(await mailer('http', port).send(batch)).toMatchObject({ kind: 'not-taken', detail: 'ECONNREFUSED' });
  });

  it('by a name that does not exist', async () => {
    const nowhere = makeMailer({ apiKey: 'SG.x', baseUrl: 'https://nowhere.invalid', connectMs: 1000 });
    expect(await nowhere.send(batch)).toMatchObject({ kind: 'not-taken' });
  });

  it('by a server whose certificate is not trusted, which reads not a byte of it', async () => {
    let read = 0;
    const server = createHttpsServer({ cert: CERTIFICATE, key }).on('secureConnection', (socket: Socket) => {
      socket.on('data', (bytes) => {
        read += bytes.length;
      });
    });
    const outcome = await mailer('https', await listen(server)).send(batch);
    expect(outcome).toMatchObject({ kind: 'not-taken', detail: expect.stringMatching(/CERT/) });
    expect(read).toBe(0);
  });

  it('where the connection does not come to be in time', async () => {
    const silent = await listen(createTcpServer());
    expect(await mailer('https', silent, 50).send(batch)).toMatchObject({
      kind: 'not-taken',
      detail: 'CONNECT_TIMEOUT',
    });
  });

  it('by a server that hangs up before there is a secure connection', async () => {
    const port = await listen(createTcpServer((socket) => socket.once('data', () => socket.destroy())));
    expect(await mailer('https', port).send(batch)).toMatchObject({ kind: 'not-taken', detail: 'ECONNRESET' });
  });

  it('by a server that speaks no TLS', async () => {
    const port = await listen(createTcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
    expect(await mailer('https', port).send(batch)).toMatchObject({ kind: 'not-taken' });
  });
});

describe('a refused key', () => {
  const refusing = () => listen(createHttpServer((_request, response) => response.writeHead(401).end('{}')));

  it('is everybody’s where all send with it', async () => {
    expect(await mailer('http', await refusing()).send(batch)).toMatchObject({
      kind: 'unauthorized',
      whose: 'account',
    });
  });

  it('is the shop’s alone where each has its own', async () => {
    const baseUrl = `http://127.0.0.1:${await refusing()}`;
    const own = makeMailer({ apiKey: 'SG.x', baseUrl, keyOf: async () => 'SG.own' });
    expect(await own.send(batch)).toMatchObject({ kind: 'unauthorized', whose: 'sender' });
    const unread = makeMailer({ apiKey: 'SG.x', baseUrl, keyOf: () => Promise.reject(new Error('connection lost')) });
    expect(await unread.send(batch)).toMatchObject({ kind: 'not-taken' });
  });
});

describe('nobody knows what became of it', () => {
  it('when the connection breaks after it stood', async () => {
    const port = await listen(createTcpServer((socket) => socket.once('data', () => socket.resetAndDestroy())));
    expect(await mailer('http', port).send(batch)).toMatchObject({ kind: 'unsettled', detail: 'ECONNRESET' });
  });

  it('when a connection that was used before breaks', async () => {
    let requests = 0;
    let connections = 0;
    const server = createHttpServer((request, response) => {
      requests += 1;
      if (requests > 1) return request.socket.resetAndDestroy();
      request.resume().on('end', () => response.writeHead(202, { 'x-message-id': 'first' }).end());
    }).on('connection', () => {
      connections += 1;
    });
    const kept = mailer('http', await listen(server));
    expect(await kept.send(batch)).toEqual({ kind: 'accepted', providerMessageId: 'first' });
    expect(await kept.send(batch)).toMatchObject({ kind: 'unsettled' });
    expect([requests, connections]).toEqual([2, 1]);
  });
});

it('closes a connection that nobody uses before the server does', async () => {
  let connections = 0;
  const closed = Promise.withResolvers<void>();
  const server = createHttpServer((_request, response) => response.writeHead(202).end()).on('connection', (socket) => {
    connections += 1;
    socket.once('close', closed.resolve);
  });
  server.keepAliveTimeout = 60_000;
  const kept = makeMailer({ apiKey: 'SG.x', baseUrl: `http://127.0.0.1:${await listen(server)}`, idleMs: 20 });
  await kept.send(batch);
  await closed.promise;
  expect((await kept.send(batch)).kind).toBe('accepted');
  expect(connections).toBe(2);
});

it('sends many batches at the same time', async () => {
  const port = await listen(createHttpServer((_request, response) => response.writeHead(202).end()));
  const many = mailer('http', port);
  const outcomes = await Promise.all(Array.from({ length: 120 }, () => many.send(batch)));
  expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['accepted']));
});
