/** Whether the process lives, whether it can work, and what it counts: for those who run it. Mounted by the web process, and by the worker on METRICS_PORT. */
import express, { type Router } from 'express';
import type { Readiness } from '../pipeline/readiness';
import { type MetricsDoor, metricsRouter } from './metrics';

export interface WatchParts extends MetricsDoor {
  readiness: () => Promise<Readiness>;
}

/**
 * `GET /healthz`: 200 as long as the process answers; a database that is away is no reason to start it anew.
 * `GET /readyz`: 200, or 503 with what is wrong, within a second. `GET /metrics`: see there.
 */
export function watchRouter({ readiness, ...metrics }: WatchParts): Router {
  const router = express.Router();
  router.get('/healthz', (_request, response) => void response.json({ ok: true }));
  router.get('/readyz', (_request, response, next) => {
    readiness().then(({ ready, why }) => {
      response.set('Cache-Control', 'no-store');
      response.status(ready ? 200 : 503).json(ready ? { ready } : { ready, why });
    }, next);
  });
  router.use('/metrics', metricsRouter(metrics));
  return router;
}
