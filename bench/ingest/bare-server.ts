/** The baseline of `ingest`: a Node server without a framework that checks the HMAC and inserts one row per request. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import postgres from 'postgres';
import { announceReady } from '../../scripts/local/announce-ready';
import { need } from '../../scripts/local/need';

const secret = need('SHOPIFY_API_SECRET');
/** As many connections as the app's web process opens. */
const sql = postgres(need('DATABASE_URL'), { max: 10 });

function isSigned(body: Buffer, signature: string): boolean {
  const expected = createHmac('sha256', secret).update(body).digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request);
  const header = (name: string) => String(request.headers[`x-shopify-${name}`] ?? '');
  if (!isSigned(body, header('hmac-sha256'))) {
    response.writeHead(401).end();
    return;
  }
  await sql`insert into bare_webhooks (shop, topic, webhook_id, payload)
    values (${header('shop-domain')}, ${header('topic')}, ${header('webhook-id')}, ${body.toString('utf8')})
    on conflict do nothing`;
  response.writeHead(200).end();
}

const server = createServer((request, response) => {
  take(request, response).catch(() => response.writeHead(503).end());
});
server.listen(Number(need('PORT')), need('HOST'), () => {
  announceReady(async () => {
    server.closeAllConnections();
    server.close();
    await sql.end({ timeout: 5 });
  });
});
