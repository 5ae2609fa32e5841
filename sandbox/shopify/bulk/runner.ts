// Runs bulk queries beside the server: in windows, with a breath between them, into a JSONL file; then bulk_operations/finish.
import { appendFileSync, mkdirSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as breathe, setTimeout as wait } from 'node:timers/promises';
import type { DocumentNode, GraphQLError } from 'graphql';
import type { SandboxContext } from '../../http/context';
import type { BulkControl, BulkStart, GraphqlContext } from '../graphql/context';
import { graphqlEngine } from '../graphql/run';
import { gid } from '../ids';
import type { BulkOperationRecord } from '../records';
import type { ShopState } from '../state';
import { zoned } from '../webhooks/payloads/json';
import { bulkLines } from './lines';
import { type ConnectionPlan, planBulkQuery } from './plan';

const concurrentPerShop = 5;
const windowSize = 250;

export interface BulkSettings {
  /** Real milliseconds between CREATED and RUNNING. */
  startDelayMs: number;
}

export interface BulkRunner extends BulkControl {
  dir: string;
  settings: BulkSettings;
  close(): void;
}

interface Job {
  ctx: GraphqlContext;
  operation: BulkOperationRecord;
  document: DocumentNode;
  plans: ConnectionPlan[];
  grouped: boolean;
}

export function createBulkRunner(sandbox: SandboxContext): BulkRunner {
  const { dataDir } = sandbox.options;
  const dir = dataDir === undefined ? mkdtempSync(join(tmpdir(), 'bulk-')) : join(dataDir, 'bulk');
  mkdirSync(dir, { recursive: true });
  const settings: BulkSettings = { startDelayMs: 50 };
  let closed = false;
  failUnfinished(sandbox);

  async function work(job: Job): Promise<void> {
    const { operation, ctx } = job;
    do await wait(settings.startDelayMs);
    while (sandbox.faults.bulkHang && !closed);
    if (closed) return;
    if (operation.status === 'CREATED') setStatus(ctx.shop, operation, 'RUNNING');
    const file = `${ctx.shop.record.handle}-${operation.id}.jsonl`;
    const errorCode = await writeResult(job, join(dir, file), () => closed);
    if (closed) return;
    if (operation.objectCount > 0) Object.assign(operation, { file, fileSize: statSync(join(dir, file)).size });
    finish(sandbox, ctx.shop, operation, errorCode);
  }

  function start(ctx: GraphqlContext, query: string, grouped: boolean): BulkStart {
    const engine = graphqlEngine();
    const document = engine.read(query);
    if (Array.isArray(document)) {
      return {
        message: `Invalid bulk query: ${document.map((error: GraphQLError) => error.message).join(', ')}`,
        code: 'INVALID',
      };
    }
    const plans = planBulkQuery(engine.admin.schema, document as DocumentNode);
    if (typeof plans === 'string') return { message: plans, code: 'INVALID' };
    if (running(ctx.shop) >= concurrentPerShop) {
      const message = `A bulk query operation for this app and shop is already in progress: ${concurrentPerShop} are running.`;
      return { message, code: 'LIMIT_REACHED' };
    }
    const operation = makeOperation(ctx, query);
    void work({ ctx, operation, document: document as DocumentNode, plans, grouped }).catch((error: unknown) => {
      console.error('sandbox: bulk operation', error);
      if (!closed) finish(sandbox, ctx.shop, operation, 'INTERNAL_SERVER_ERROR');
    });
    return { id: operation.id };
  }

  function cancel(ctx: GraphqlContext, id: string): string | null {
    const operation = ctx.shop.bulkOperations.get(id);
    if (operation?.status !== 'CREATED' && operation?.status !== 'RUNNING') {
      return 'A bulk operation cannot be canceled when it is completed.';
    }
    setStatus(ctx.shop, operation, 'CANCELING');
    return null;
  }

  function close(): void {
    closed = true;
  }

  return { dir, settings, start, cancel, close };
}

async function writeResult(job: Job, path: string, isClosed: () => boolean): Promise<BulkOperationRecord['errorCode']> {
  const { ctx, operation, document, plans, grouped } = job;
  const window = { offset: 0, size: windowSize, roots: null };
  const context: GraphqlContext = { ...ctx, scopes: operation.scopes, window };
  for (;;) {
    if (operation.status === 'CANCELING' || isClosed()) return null;
    const result = await graphqlEngine().run({ document, context });
    const error = result.errors?.[0];
    if (error) {
      if (error.extensions.code === 'ACCESS_DENIED') return 'ACCESS_DENIED';
      console.error(`sandbox: bulk operation ${operation.id}: ${error.message}`);
      return 'INTERNAL_SERVER_ERROR';
    }
    const { roots, lines } = bulkLines({ ...result.data }, plans, grouped);
    if (lines.length > 0) appendFileSync(path, `${lines.join('\n')}\n`);
    operation.objectCount += lines.length;
    operation.rootObjectCount += roots;
    if (roots < windowSize) return null;
    window.offset += windowSize;
    await breathe();
  }
}

function running(shop: ShopState): number {
  const live = new Set(['CREATED', 'RUNNING', 'CANCELING']);
  return [...shop.bulkOperations.values()].filter((operation) => live.has(operation.status)).length;
}

function makeOperation(ctx: GraphqlContext, query: string): BulkOperationRecord {
  const operation: BulkOperationRecord = {
    id: ctx.state.nextId('bulkOperation'),
    query,
    status: 'CREATED',
    errorCode: null,
    objectCount: 0,
    rootObjectCount: 0,
    fileSize: null,
    file: null,
    scopes: [...ctx.scopes],
    createdAt: seconds(ctx.clock.now()),
    completedAt: null,
  };
  ctx.shop.bulkOperations.set(operation.id, operation);
  ctx.shop.touch();
  return operation;
}

function setStatus(shop: ShopState, operation: BulkOperationRecord, status: BulkOperationRecord['status']): void {
  operation.status = status;
  shop.touch();
}

function finish(
  sandbox: SandboxContext,
  shop: ShopState,
  operation: BulkOperationRecord,
  errorCode: BulkOperationRecord['errorCode'],
): void {
  operation.errorCode = errorCode;
  operation.completedAt = seconds(sandbox.clock.now());
  setStatus(shop, operation, errorCode ? 'FAILED' : operation.status === 'CANCELING' ? 'CANCELED' : 'COMPLETED');
  sandbox.webhooks.emit(shop, 'bulk_operations/finish', () => ({
    admin_graphql_api_id: gid('BulkOperation', operation.id),
    completed_at: zoned(operation.completedAt, shop.record.timezone),
    created_at: zoned(operation.createdAt, shop.record.timezone),
    error_code: operation.errorCode?.toLowerCase() ?? null,
    status: operation.status.toLowerCase(),
    type: 'query',
  }));
}

/** A restart of the sandbox loses what was running. */
function failUnfinished(sandbox: SandboxContext): void {
  for (const shop of sandbox.state.shops.values()) {
    for (const operation of shop.bulkOperations.values()) {
      if (operation.completedAt === null) finish(sandbox, shop, operation, 'INTERNAL_SERVER_ERROR');
    }
  }
}

function seconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
