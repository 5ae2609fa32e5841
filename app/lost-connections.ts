/**
 * Keeps a lost connection from ending the process. The client answers every failure inside a transaction with a
 * `rollback`, also on a connection that is gone: that write throws where nobody can catch it, and its bytes would be the
 * first on the next connection (https://github.com/porsager/postgres/issues/1208). Used by `db.server`.
 */
import type { Sql } from 'postgres';

interface Scope {
  unsafe: Sql['unsafe'];
}
type Work = (scope: Scope) => Promise<unknown>;
type Begin = (...given: unknown[]) => Promise<unknown>;

/** The same client; a transaction whose connection is lost fails by the closing of it, and sends nothing more. */
export function surviveLostConnections(client: Sql): Sql {
  const begin = client.begin as Begin;
  client.begin = (async (...given: unknown[]) => {
    const work = given.at(-1) as Work;
    const line = { isLost: false };
    try {
      return await begin(...given.slice(0, -1), untilLost(work, line));
    } finally {
      // Whoever goes on inside is too late: the connection is another's by now, or none.
      line.isLost = true;
    }
  }) as Sql['begin'];
  return client;
}

/** Never ends once the connection is lost: the client rejects the transaction itself when it closes, and forgets this. */
function untilLost(work: Work, line: { isLost: boolean }): Work {
  return async (scope) => {
    const unsafe = scope.unsafe;
    scope.unsafe = ((...given: Parameters<typeof unsafe>) => {
      if (line.isLost) throw Object.assign(new Error('The connection was lost'), { code: 'CONNECTION_CLOSED' });
      return unsafe(...given);
    }) as typeof unsafe;
    try {
      const result = await work(scope);
      // The client would send its commit to nobody.
      return line.isLost ? new Promise(() => {}) : result;
    } catch (error) {
      if (line.isLost || isConnectionLost(error)) return new Promise(() => {});
      throw error;
    }
  };
}

const LOST = new Set(['CONNECTION_CLOSED', 'CONNECTION_DESTROYED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

/** The client's word, the system's, or Postgres' last one: it closes the connection after anything fatal. */
function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, severity_local: severity } = error as { code?: unknown; severity_local?: unknown };
  if (typeof code === 'string' && (LOST.has(code) || /^57P0[1-3]$/.test(code))) return true;
  if (severity === 'FATAL' || severity === 'PANIC') return true;
  return isConnectionLost(error.cause);
}
