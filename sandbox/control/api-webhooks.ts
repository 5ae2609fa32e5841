// Webhooks through the control API: what was sent, what is still on its way, and deliveries made by hand. Mounted by api.ts.
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { bodyOf } from '../http/body';
import type { SandboxContext } from '../http/context';
import { type App, route } from '../http/router';

const idleBody = z.strictObject({ timeoutMs: z.number().min(0).max(120_000).optional() });
const rawBody = z.strictObject({
  shop: z.string(),
  topic: z.string(),
  payload: z.unknown(),
  uri: z.string().optional(),
  webhookId: z.string().optional(),
  eventId: z.string().optional(),
  triggeredAt: z.string().optional(),
  signature: z.string().optional(),
  secret: z.string().optional(),
  withoutHeaders: z.array(z.string()).optional(),
});

export function registerWebhookApi(app: App, ctx: SandboxContext): void {
  const { state, webhooks } = ctx;
  app.get(
    '/control/api/webhooks',
    route((req, res) => {
      const shop = req.query.shop === undefined ? undefined : state.shop(String(req.query.shop)).domain;
      const topic = req.query.topic === undefined ? undefined : String(req.query.topic);
      const limit = Number(req.query.limit ?? 50);
      const matching = [...state.deliveries.values()].filter(
        (one) => (shop === undefined || one.shop === shop) && (topic === undefined || one.topic === topic),
      );
      res.json({ ...webhooks.counts(shop), deliveries: matching.slice(-limit).reverse() });
    }),
  );
  app.post(
    '/control/api/webhooks/raw',
    route(async (req, res) => {
      res.json(await webhooks.deliverRaw(bodyOf(rawBody, req)));
    }),
  );
  app.post(
    '/control/api/idle',
    route(async (req, res) => {
      const { timeoutMs = 30_000 } = bodyOf(idleBody, req);
      res.json({ idle: await becomeIdle(ctx, timeoutMs), ...webhooks.counts() });
    }),
  );
}

/** True once no webhook is pending and no bulk operation runs; false when the real time is up. */
async function becomeIdle(ctx: SandboxContext, timeoutMs: number): Promise<boolean> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    if (!(await ctx.webhooks.idle(Math.max(0, until - Date.now())))) return false;
    if (!isBulkRunning(ctx)) return true;
    if (Date.now() >= until) return false;
    await wait(20);
  }
}

function isBulkRunning({ state }: SandboxContext): boolean {
  for (const shop of state.shops.values()) {
    for (const operation of shop.bulkOperations.values()) if (operation.completedAt === null) return true;
  }
  return false;
}
