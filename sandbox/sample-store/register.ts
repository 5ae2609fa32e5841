// The door to the sample store: POST /control/api/sample-store. Mounted by sandbox/main.ts.
import { z } from 'zod';
import type { SandboxContext } from '../http/context';
import { SandboxRefusal } from '../http/refusal';
import { type App, jsonBody, route } from '../http/router';
import { fillSampleStore, USUAL_COUNTS } from './fill';

const size = (most: number) => z.number().int().min(0).max(most).optional();

const body = z.object({
  shop: z.string().min(1).default('maison-lune'),
  seed: z.string().optional(),
  counts: z
    .object({
      products: size(USUAL_COUNTS.products),
      customers: size(100_000),
      openCheckouts: size(10_000),
      months: z.number().min(1).max(60).optional(),
    })
    .optional(),
});

/** Body `{ shop?, seed?, counts? }`; answers what is in the shop then. 409 when the shop has products already. */
export function registerSampleStore(app: App, ctx: SandboxContext): void {
  app.post(
    '/control/api/sample-store',
    jsonBody,
    route((req, res) => {
      const asked = body.safeParse(req.body ?? {});
      if (!asked.success) throw new SandboxRefusal(z.prettifyError(asked.error), 400);
      const { shop, seed, counts } = asked.data;
      const given = counts && Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== undefined));
      const { state, actions, clock } = ctx;
      res.json(fillSampleStore({ state, actions, shop, seed, counts: given, now: clock.now() }));
    }),
  );
}
