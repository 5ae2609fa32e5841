/** The load generator of `ingest`: a fixed number of webhooks under way at any moment, over kept connections. */
import { Pool } from 'undici';
import type { SignedWebhook } from './webhooks';

export interface Load {
  /** Accepted per second. */
  rate: number;
  /** Milliseconds from sending to answer, each. */
  latencies: number[];
}

/** Sends all of them; throws when one is not accepted. */
export async function send(
  origin: string,
  path: string,
  webhooks: readonly SignedWebhook[],
  atOnce: number,
): Promise<Load> {
  const pool = new Pool(origin, { connections: atOnce, pipelining: 1 });
  const latencies: number[] = [];
  let next = 0;
  const one = async () => {
    for (let webhook = webhooks[next]; webhook; webhook = webhooks[next]) {
      next += 1;
      const started = performance.now();
      const answer = await pool.request({ method: 'POST', path, headers: webhook.headers, body: webhook.body });
      await answer.body.dump();
      latencies.push(performance.now() - started);
      if (answer.statusCode !== 200) throw new Error(`${origin} answered ${answer.statusCode}`);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: atOnce }, one));
  const seconds = (performance.now() - started) / 1000;
  await pool.close();
  return { rate: webhooks.length / seconds, latencies };
}
