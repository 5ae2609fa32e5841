/** Every address Remix answers. Webhooks, preferences and the health check are Express's, in `web.ts`. */
import type { UNSAFE_RouteConfig as RouteConfig } from '@remix-run/dev';

export default [
  { id: 'install', index: true, file: 'routes/_index.tsx' },
  // The library sends here whoever comes without a shop.
  { id: 'install-hint', path: 'auth/login', file: 'routes/_index.tsx' },
  { path: 'auth/*', file: 'routes/auth.$.tsx' },
  {
    id: 'admin',
    path: 'app',
    file: 'routes/app.tsx',
    children: [
      { index: true, file: 'routes/app._index.tsx' },
      { path: 'engagement', file: 'routes/app.engagement.ts' },
      { path: 'scenarios', file: 'routes/app.scenarios._index.tsx' },
      { path: 'scenarios/:key', file: 'routes/app.scenarios.$key.tsx' },
      { path: 'scenarios/:key/preview', file: 'routes/app.scenarios.$key.preview.ts' },
      { path: 'scenarios/:key/checks', file: 'routes/app.scenarios.$key.checks.ts' },
      { path: 'scenarios/:key/share', file: 'routes/app.scenarios.$key.share.ts' },
      { path: 'scenarios/:key/why', file: 'routes/app.scenarios.$key.why.ts' },
      { path: 'scenarios/:key/draft', file: 'routes/app.scenarios.$key.draft.ts' },
      { path: 'scenarios/:key/versions', file: 'routes/app.scenarios.$key.versions.ts' },
      { path: 'scenarios/:key/waiting', file: 'routes/app.scenarios.$key.waiting.ts' },
      { path: 'scenarios/:key/double-sender', file: 'routes/app.scenarios.$key.double-sender.ts' },
      { path: 'scenarios/:key/test', file: 'routes/app.scenarios.$key.test-send.ts' },
      { path: 'customers', file: 'routes/app.customers._index.tsx' },
      { path: 'customers/:id', file: 'routes/app.customers.$id.tsx' },
      { path: 'settings/privacy', file: 'routes/app.settings.privacy._index.tsx' },
      { path: 'settings/privacy/:id', file: 'routes/app.settings.privacy.$id.ts' },
      { path: 'restored', file: 'routes/app.restored.tsx' },
      { path: 'pictures', file: 'routes/app.pictures.ts' },
      { path: 'settings/refusals', file: 'routes/app.settings.refusals._index.tsx' },
      { path: 'settings/refusals/upload', file: 'routes/app.settings.refusals.upload.ts' },
      { path: 'settings', file: 'routes/app.settings.tsx' },
      { path: 'settings/domain', file: 'routes/app.settings.domain.tsx' },
      { path: 'settings/brand', file: 'routes/app.settings.brand.tsx' },
      { path: 'settings/brand/preview', file: 'routes/app.settings.brand.preview.ts' },
      { path: 'settings/segments', file: 'routes/app.settings.segments.ts' },
      { path: '*', file: 'routes/app.$.tsx' },
    ],
  },
  { path: '*', file: 'routes/$.tsx' },
] satisfies RouteConfig;
