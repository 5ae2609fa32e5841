/** Bulk operations: started with a query, asked after, read as JSONL. */
import { z } from 'zod';
import { text, whole } from '../fields';
import type { AdminDocument } from './document';

export interface BulkOperation {
  id: string;
  status: 'created' | 'running' | 'completed' | 'canceling' | 'canceled' | 'expired' | 'failed';
  errorCode: string | null;
  objectCount: number;
  /** Null also when there was nothing to tell. */
  url: string | null;
}

const FIELDS = 'id status errorCode objectCount url';

const node = z.object({
  id: z.string(),
  status: z
    .string()
    .transform((status) => status.toLowerCase())
    .pipe(z.enum(['created', 'running', 'completed', 'canceling', 'canceled', 'expired', 'failed'])),
  errorCode: text,
  objectCount: whole,
  url: text,
});

const toOperation = (told: z.output<typeof node>): BulkOperation => ({ ...told, objectCount: told.objectCount ?? 0 });

const userErrors = z.array(z.object({ code: text, message: z.string() }));

export type BulkStart = { operation: BulkOperation } | { refused: string; code: string | null };

/**
 * Variables: `{ query }`. Children are asked for right behind their parent: grouping is slower at Shopify's side, and lets
 * us read any size in one pass.
 */
export const START_BULK: AdminDocument<BulkStart> = {
  name: 'StartBulk',
  text: `mutation StartBulk($query: String!) {
    bulkOperationRunQuery(query: $query, groupObjects: true) {
      bulkOperation { ${FIELDS} }
      userErrors { code message }
    }
  }`,
  read(data) {
    const shape = z.object({ bulkOperationRunQuery: z.object({ bulkOperation: node.nullish(), userErrors }) });
    const { bulkOperation, userErrors: errors } = shape.parse(data).bulkOperationRunQuery;
    if (bulkOperation) return { operation: toOperation(bulkOperation) };
    return { refused: errors[0]?.message ?? 'Shopify gave no reason', code: errors[0]?.code ?? null };
  },
};

/** Variables: `{ id }`. Null when Shopify no longer knows it. */
export const BULK_STATUS: AdminDocument<BulkOperation | null> = {
  name: 'BulkStatus',
  text: `query BulkStatus($id: ID!) { bulkOperation(id: $id) { ${FIELDS} } }`,
  read(data) {
    const { bulkOperation } = z.object({ bulkOperation: node.nullish() }).parse(data);
    return bulkOperation ? toOperation(bulkOperation) : null;
  },
};
