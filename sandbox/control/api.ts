// The JSON control of the Shopify half: clock, shops, verbs, faults, webhooks. Used by stories, tests and the control page.
import { z } from 'zod';
import { bodyOf } from '../http/body';
import type { SandboxContext } from '../http/context';
import { type App, jsonBody, route } from '../http/router';
import { registerInstallApi } from './api-install';
import { registerShopApi } from './api-shops';
import { runVerb, verbNames } from './api-verbs';
import { registerWebhookApi } from './api-webhooks';

const clockBody = z.union([z.strictObject({ advanceMs: z.number() }), z.strictObject({ to: z.string() })]);
const faultsBody = z.strictObject({
  shopify: z
    .strictObject({ down: z.boolean(), throttled: z.boolean(), slowMs: z.number().min(0).max(60_000) })
    .partial()
    .optional(),
  webhooks: z
    .strictObject({ duplicate: z.number().min(0).max(1), shuffle: z.number().min(0).max(1), hold: z.boolean() })
    .partial()
    .optional(),
});

export function registerControlApi(app: App, ctx: SandboxContext): void {
  app.use('/control/api', jsonBody);
  registerClock(app, ctx);
  registerFaults(app, ctx);
  registerShopApi(app, ctx);
  registerInstallApi(app, ctx);
  registerWebhookApi(app, ctx);
  app.get('/control/api/actions', (_req, res) => res.json({ actions: verbNames() }));
  app.post(
    '/control/api/shops/:shop/actions/:verb',
    route((req, res) => {
      const result = runVerb(ctx, String(req.params.shop), String(req.params.verb), req.body ?? {});
      res.json({ result: result ?? null });
    }),
  );
}

function registerClock(app: App, { clock }: SandboxContext): void {
  const show = () => ({ now: clock.iso(), offsetMs: clock.offsetMs() });
  app.get('/control/api/clock', (_req, res) => res.json(show()));
  app.post(
    '/control/api/clock',
    route((req, res) => {
      const wish = bodyOf(clockBody, req);
      if ('to' in wish) clock.moveTo(wish.to);
      else clock.advance(wish.advanceMs);
      res.json(show());
    }),
  );
}

/** `{ shopify: { down, throttled, slowMs, discountsFail, codesHang, bulkHang }, webhooks: { duplicate, shuffle, hold } }`; what is left out stays. */
function registerFaults(app: App, { faults, webhooks }: SandboxContext): void {
  const show = () => ({ shopify: faults, webhooks: webhooks.faults });
  app.get('/control/api/faults', (_req, res) => res.json(show()));
  app.post(
    '/control/api/faults',
    route((req, res) => {
      const wish = bodyOf(faultsBody, req);
      if (wish.shopify) Object.assign(faults, definedOnly(wish.shopify));
      if (wish.webhooks) webhooks.setFaults(definedOnly(wish.webhooks));
      res.json(show());
    }),
  );
}

function definedOnly<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as never;
}
