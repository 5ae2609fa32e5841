// Mounts the Shopify half: OAuth, Admin GraphQL, bulk result files. Called by sandbox/main.ts.
import type { SandboxContext } from '../http/context';
import type { App, RegisteredPart } from '../http/router';
import { registerBulkFiles } from './bulk/files';
import { createBulkRunner } from './bulk/runner';
import { createCodeCreations } from './discounts/creations';
import { faultGate } from './faults';
import { registerGraphql } from './graphql/door';
import { registerOauth } from './oauth/door';

export function registerShopify(app: App, ctx: SandboxContext): RegisteredPart {
  const bulk = createBulkRunner(ctx);
  const codes = createCodeCreations(ctx);
  app.use(['/admin/oauth', '/admin/api', '/bulk'], faultGate(ctx.faults));
  registerOauth(app, ctx);
  registerGraphql(app, { ctx, bulk, codes, faults: ctx.faults });
  registerBulkFiles(app, bulk.dir);
  const close = (): void => {
    bulk.close();
    codes.close();
  };
  return { close };
}
