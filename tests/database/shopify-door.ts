/** What the tests of the signed door and the mirror share: the real route, queue and worker stage on a database of their own. */
import { createHmac, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { and, asc, eq, isNull } from 'drizzle-orm';
import express from 'express';
import { type Connection, connect } from '../../app/db.server';
import type { DomainEvent } from '../../app/domain/event';
import { makeAdminClient } from '../../app/gateways/shopify/admin-client';
import { makeOfflineTokens } from '../../app/gateways/shopify/offline-token';
import { makeStoreQuestions } from '../../app/gateways/shopify/store-questions';
import type { Clock } from '../../app/lib/clock';
import { makeSecretBox } from '../../app/lib/secret-box';
import { makeLogger } from '../../app/log.server';
import { makeConfirmOrders } from '../../app/pipeline/confirm-orders';
import { makeConsentPush } from '../../app/pipeline/consent-push';
import { makeImport } from '../../app/pipeline/import/import-shop';
import { makeInstaller } from '../../app/pipeline/import/install';
import { makeIngest } from '../../app/pipeline/ingest';
import { makeReconcile } from '../../app/pipeline/reconcile';
import { makeRouteEvent } from '../../app/pipeline/route-event';
import { startBoss } from '../../app/queue/boss';
import { makeQueue } from '../../app/queue/enqueue';
import { webhooksShopify } from '../../app/routes/webhooks.shopify';
import { makeTokenStore } from '../../app/store/offline-tokens';
import { inboundEvents } from '../../app/store/schema';
import { inShop, type ShopScope } from '../../app/store/scope';
import { makeSessionStorage } from '../../app/store/session-storage';
import { ensureShopId } from '../../app/store/shop-domains';
import { markInstalled } from '../../app/store/shops';
import { createTestDatabase } from '../setup/database';

export const SECRET = 'test-api-secret';
export const INSTALLED_AT = new Date('2020-01-01T00:00:00Z');
const KEYS = `k1:${Buffer.alloc(32, 7).toString('base64')}`;

export interface Told {
  topic: string;
  shop: string;
  payload: unknown;
  triggeredAt?: string;
  webhookId?: string;
  headers?: Record<string, string | undefined>;
  secret?: string;
}

/** Everything but Shopify: a shop has no token here unless a test stores one, so what webhooks leave out stays unknown. */
export async function openDoor(options: { clock?: Clock } = {}) {
  // The worker's role sees more rows than the shop's own: queries here name the shop.
  const database = await createTestDatabase();
  const connection: Connection = connect({ url: database.workerUrl });
  const { db } = connection;
  const log = makeLogger('silent');
  const boss = await startBoss({ url: database.appUrl, role: 'web', log });
  const queue = makeQueue(boss);
  let now = new Date('2026-11-22T10:00:00Z');
  const clock: Clock = options.clock ?? { now: () => now };
  const events: DomainEvent[] = [];
  const sessionStorage = makeSessionStorage(db, makeSecretBox(KEYS));
  const tokens = makeOfflineTokens({
    tokens: makeTokenStore({ db, sessionStorage }),
    apiKey: 'test-api-key',
    apiSecret: SECRET,
  });
  const admin = makeAdminClient({ tokens, log });
  const parts = { db, queue, clock, log, admin, store: makeStoreQuestions(admin), sessionStorage };
  const ingest = makeIngest(parts);
  const react = async (_shop: ShopScope, list: readonly DomainEvent[]) => void events.push(...list);
  const routeEvent = makeRouteEvent({
    ...parts,
    react,
    applyMailEvent: async () => 'kept',
  });
  const app = express();
  const shopIdOf = (domain: string) => ensureShopId(db, domain);
  app.use('/webhooks/shopify', webhooksShopify({ secrets: [SECRET], ingest, shopIdOf, log }));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/shopify`;

  const open = (shopId: number) =>
    inShop(db, shopId, ({ tx }) =>
      tx
        .select()
        .from(inboundEvents)
        .where(and(eq(inboundEvents.shopId, shopId), isNull(inboundEvents.processedAt)))
        .orderBy(asc(inboundEvents.dedupeKey)),
    );

  return {
    ...parts,
    onInstalled: makeInstaller(parts),
    importShop: makeImport(parts),
    confirmOrders: makeConfirmOrders({ ...parts, react }),
    reconcile: makeReconcile({ ...parts, react }),
    pushConsent: makeConsentPush(parts),
    database,
    boss,
    url,
    events,
    ingest,
    routeEvent,
    setNow: (to: Date) => {
      now = to;
    },
    inShop: <T>(shopId: number, work: (shop: ShopScope) => Promise<T>) => inShop(db, shopId, work),

    /** An installed shop of its own. */
    async install(domain = `shop-${randomUUID().slice(0, 8)}.myshopify.com`, at = INSTALLED_AT) {
      const shopId = await ensureShopId(db, domain);
      await inShop(db, shopId, (shop) => markInstalled(shop, { domain, scopes: 'read_orders', at }));
      return { shopId, domain };
    },

    /** Posts a signed webhook as Shopify does. */
    async tell({ topic, shop, payload, triggeredAt, webhookId, headers, secret }: Told) {
      const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
      const all = {
        'Content-Type': 'application/json',
        'X-Shopify-Topic': topic,
        'X-Shopify-Shop-Domain': shop,
        'X-Shopify-Webhook-Id': webhookId ?? randomUUID(),
        'X-Shopify-Triggered-At': triggeredAt ?? clock.now().toISOString(),
        'X-Shopify-Hmac-Sha256': createHmac('sha256', secret ?? SECRET)
          .update(body)
          .digest('base64'),
        ...headers,
      };
      const sent = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
      const response = await fetch(url, { method: 'POST', headers: Object.fromEntries(sent), body });
      return { status: response.status, body: await response.text() };
    },

    /** Applies what was told and not yet applied, as the worker would. */
    async work(shopId: number) {
      for (const { source, topic, dedupeKey } of await open(shopId)) {
        await routeEvent({ shopId, source, topic, dedupeKey });
      }
    },

    async outcomes(shopId: number) {
      const rows = await inShop(db, shopId, ({ tx }) =>
        tx.select().from(inboundEvents).where(eq(inboundEvents.shopId, shopId)),
      );
      return rows.map(({ topic, outcome }) => ({ topic, outcome }));
    },

    async close() {
      await new Promise((resolve) => server.close(resolve));
      await boss.stop({ graceful: false });
      await connection.close();
      await database.drop();
    },
  };
}

export type Door = Awaited<ReturnType<typeof openDoor>>;
