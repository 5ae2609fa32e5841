// BulkOperation as the app polls it; the result address is signed and good for a week.

import { bulkFileUrl } from '../../bulk/files';
import { gid } from '../../ids';
import type { BulkOperationRecord } from '../../records';
import { fields } from '../context';

export const bulkResolvers = {
  BulkOperation: fields<BulkOperationRecord>({
    id: (operation) => gid('BulkOperation', operation.id),
    type: () => 'QUERY',
    objectCount: (operation) => String(operation.objectCount),
    rootObjectCount: (operation) => String(operation.rootObjectCount),
    fileSize: (operation) => (operation.fileSize === null ? null : String(operation.fileSize)),
    url: (operation, _args, ctx) =>
      operation.status === 'COMPLETED' && operation.file !== null
        ? bulkFileUrl(ctx.state.baseUrl, operation.file)
        : null,
    partialDataUrl: (operation, _args, ctx) =>
      operation.status !== 'COMPLETED' && operation.file !== null
        ? bulkFileUrl(ctx.state.baseUrl, operation.file)
        : null,
  }),
};
