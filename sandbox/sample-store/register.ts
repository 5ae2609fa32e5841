// The doors to the sample store: POST /control/api/sample-store, and the same filled from purchases of a file. Mounted by control/page.ts.
import express from 'express';
import { z } from 'zod';
import type { SandboxContext } from '../http/context';
import { SandboxRefusal } from '../http/refusal';
import { type App, jsonBody, route } from '../http/router';
import { fillSampleStore, USUAL_COUNTS } from './fill';
import { fillFromPurchases } from './fill-from-purchases';
import { readPurchases } from './purchases';

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

/** A line of a file takes some 35 bytes: 64 MB hold two million purchases. */
export const LARGEST_FILE = 64 * 1024 * 1024;
const textBody = express.text({ limit: LARGEST_FILE, type: 'text/plain' });
const wanted = z.object({ shop: z.string().min(1).default('sillon-records'), seed: z.string().optional() });

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
  // `?shop=&seed=`, the file as text; 422 names the line that cannot be read.
  app.post(
    '/control/api/sample-store/purchases',
    textBody,
    route((req, res) => {
      const { state, actions, clock } = ctx;
      const asked = wanted.safeParse(req.query);
      if (!asked.success) throw new SandboxRefusal(z.prettifyError(asked.error), 400);
      const purchases = readPurchases(typeof req.body === 'string' ? req.body : '');
      res.json(fillFromPurchases({ state, actions, ...asked.data, purchases, now: clock.now() }));
    }),
  );
}
