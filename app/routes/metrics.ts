/** Prometheus' door, and who may come in. Mounted by `watch`. */
import { createHash, timingSafeEqual } from 'node:crypto';
import express, { type Request, type Router } from 'express';
import { EXPOSITION_TYPE } from '../lib/exposition';

export interface MetricsDoor {
  /** METRICS_TOKEN; null when it is not set: then only this machine may ask. */
  token: string | null;
  metrics: () => Promise<string>;
}

/** `GET /metrics`. 401 without the right bearer token; 403 from elsewhere while no token is set. */
export function metricsRouter({ token, metrics }: MetricsDoor): Router {
  const router = express.Router();
  router.get('/', (request, response, next) => {
    if (token !== null && !hasToken(request, token)) {
      response.status(401).set('WWW-Authenticate', 'Bearer').type('text').send('Wants the bearer token METRICS_TOKEN.');
    } else if (token === null && !isFromThisMachine(request)) {
      response.status(403).type('text').send('Set METRICS_TOKEN to read this from elsewhere.');
    } else {
      metrics().then((text) => response.set('Cache-Control', 'no-store').type(EXPOSITION_TYPE).send(text), next);
    }
  });
  return router;
}

const digest = (text: string) => createHash('sha256').update(text).digest();

function hasToken(request: Request, token: string): boolean {
  const given = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '')?.[1];
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via', 'cf-connecting-ip'];

/** By the socket, not by `request.ip`, which a header decides; and not through a proxy of this machine, which brings in anybody. */
function isFromThisMachine(request: Request): boolean {
  const address = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const isLoopback = address === '::1' || address.startsWith('127.');
  return isLoopback && FORWARDED.every((name) => request.headers[name] === undefined);
}
