/** Against a real server on this machine; the guard is told that it lies outside, or that it does not. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeLookAtAddress } from './look-at-address';

let server: Server;
let home: string;
let asked: string[];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const [, way = '', rest = ''] = /^\/([a-z-]+)\/?(.*)$/.exec(request.url ?? '') ?? [];
    switch (way) {
      case 'gone':
        return response.writeHead(404).end('gone');
      case 'to':
        return response.writeHead(302, { location: decodeURIComponent(rest) }).end();
      case 'slowly':
        return setTimeout(() => response.writeHead(302, { location: '/slowly' }).end(), 150);
      case 'round':
        return response.writeHead(301, { location: '/round' }).end();
      case 'get-only':
        return response.writeHead(request.method === 'GET' ? 200 : 405, { 'content-type': 'text/html' }).end('ok');
      case 'closed':
        return response.writeHead(403).end();
      case 'unwell':
        return response.writeHead(503).end();
      case 'untold':
        response.writeHead(200, { 'content-type': 'image/png', 'transfer-encoding': 'chunked' });
        response.write(Buffer.alloc(700_000));
        return response.end();
      default:
        return response.writeHead(200, { 'content-type': 'image/png; q=1', 'content-length': '5' }).end('hello');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked = [];
});

/** Names as DNS would give them, every one for nobody outside. */
const names: Record<string, string[]> = {
  'inside.example': ['192.168.0.10'],
  'both.example': ['8.8.8.8', '127.0.0.1'],
  'metadata.example': ['169.254.169.254'],
};
const lookup = ((hostname: string, _options: object, done: (...answer: unknown[]) => void) => {
  const found = names[hostname];
  if (!found) return done(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), []);
  done(
    null,
    found.map((address) => ({ address, family: 4 })),
  );
}) as LookupFunction;

const guarded = makeLookAtAddress({ isNearby: () => false, lookup });
/** As a local run does: its own store is asked, everything else is guarded. */
const local = makeLookAtAddress({ isNearby: (url) => url.origin === home, lookup });
const see = (path: string, size = false) => local(`${home}${path}`, { size });

describe('the guard', () => {
  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://inside.example/',
    'http://both.example/',
    'https://metadata.example/',
    'http://user:word@8.8.8.8/',
    'ftp://8.8.8.8/',
    'file:///etc/passwd',
  ])('asks nothing of %s', async (address) => {
    expect(await guarded(address, { size: false })).toEqual({ state: 'not-public' });
  });

  it('asks nothing of this machine, whatever the port', async () => {
    expect(await guarded(`${home}/there`, { size: true })).toEqual({ state: 'not-public' });
    expect(asked).toEqual([]);
  });

  it('knocks at no other port of others', async () => {
    expect(await guarded('http://8.8.8.8:22/', { size: false })).toEqual({ state: 'unclear', status: 0 });
  });

  it.each(['http://127.0.0.1:1/', 'http://inside.example/', 'file:///etc/passwd', 'http://169.254.169.254/'])(
    'does not follow a redirect to %s',
    async (target) => {
      const seen = await see(`/to/${encodeURIComponent(target)}`);
      expect(['redirects-away', 'not-public']).toContain(seen.state);
      expect(asked).toEqual([`HEAD /to/${encodeURIComponent(target)}`]);
    },
  );
});

describe('an address', () => {
  it('is there, with its weight and kind, and only its head is read', async () => {
    expect(await see('/there', true)).toEqual({ state: 'there', bytes: 5, type: 'image/png' });
    expect(asked).toEqual(['HEAD /there']);
  });

  it('is read where its weight is not told, as far as needed', async () => {
    expect(await see('/untold', true)).toEqual({ state: 'there', bytes: 700_000, type: 'image/png' });
    expect(asked).toEqual(['HEAD /untold', 'GET /untold']);
  });

  it('is asked again whole where it does not take a question for its head', async () => {
    expect(await see('/get-only')).toMatchObject({ state: 'there' });
  });

  it('is followed where it leads on, a few times', async () => {
    expect(await see(`/to/${encodeURIComponent('/to/%2Fthere')}`)).toMatchObject({ state: 'there' });
    expect(await see('/round')).toEqual({ state: 'redirects-away' });
    expect(asked.filter((one) => one === 'HEAD /round')).toHaveLength(6);
  });

  it('is given up when its redirects, each in time, take too long together', async () => {
    const hasty = makeLookAtAddress(
      { isNearby: (url) => url.origin === home, lookup },
      { question: 5000, address: 400 },
    );
    expect(await hasty(`${home}/slowly`, { size: false })).toEqual({ state: 'no-answer' });
    expect(asked.length).toBeLessThan(5);
  });

  it('is gone, closed to us, unwell, unknown or silent', async () => {
    expect(await see('/gone')).toEqual({ state: 'gone', status: 404 });
    expect(await see('/closed')).toEqual({ state: 'unclear', status: 403 });
    expect(await see('/unwell')).toEqual({ state: 'unclear', status: 503 });
    expect(await guarded('https://nowhere.example/', { size: false })).toEqual({ state: 'no-such-host' });
    expect(await local('http://127.0.0.1:1/', { size: false })).toEqual({ state: 'not-public' });
  });
});
