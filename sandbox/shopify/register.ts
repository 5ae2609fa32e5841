// Mounts the Shopify half: OAuth, Admin GraphQL, bulk result files, uploads and the CDN. Called by sandbox/main.ts.
import type { SandboxContext } from '../http/context';
import type { App, RegisteredPart } from '../http/router';
import { registerBulkFiles } from './bulk/files';
import { createBulkRunner } from './bulk/runner';
import { createCodeCreations } from './discounts/creations';
import { faultGate } from './faults';
import { registerFiles } from './files/routes';
import { StagedUploads } from './files/staged-uploads';
import { registerGraphql } from './graphql/door';
import { registerOauth } from './oauth/door';

export function registerShopify(app: App, ctx: SandboxContext): RegisteredPart {
  const bulk = createBulkRunner(ctx);
  const codes = createCodeCreations(ctx);
  const uploads = new StagedUploads();
  app.use(['/admin/oauth', '/admin/api', '/bulk', '/staged-uploads'], faultGate(ctx.faults));
  registerOauth(app, ctx);
  registerGraphql(app, { ctx, bulk, codes, uploads, faults: ctx.faults });
  registerBulkFiles(app, bulk.dir);
  registerFiles(app, ctx, uploads);
  const close = (): void => {
    bulk.close();
    codes.close();
  };
  return { close };
}
