// Mounts the Shopify half: OAuth, Admin GraphQL, bulk result files. Called by sandbox/main.ts.
import type { SandboxContext } from '../http/context';
import type { App, RegisteredPart } from '../http/router';
import { registerBulkFiles } from './bulk/files';
import { createBulkRunner } from './bulk/runner';
import { faultGate } from './faults';
import { registerGraphql } from './graphql/door';
import { registerOauth } from './oauth/door';

export function registerShopify(app: App, ctx: SandboxContext): RegisteredPart {
  const bulk = createBulkRunner(ctx);
  app.use(['/admin/oauth', '/admin/api', '/bulk'], faultGate(ctx.faults));
  registerOauth(app, ctx);
  registerGraphql(app, { ctx, bulk, faults: ctx.faults });
  registerBulkFiles(app, bulk.dir);
  return { close: () => bulk.close() };
}
