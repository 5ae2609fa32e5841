/** Builds the admin and the routes: `build/client` for the browser, `build/server/remix.js` for the web process. */
import { vitePlugin as remix } from '@remix-run/dev';
import { defineConfig } from 'vite';
import options from './remix.config.js';

export default defineConfig({
  plugins: [remix(options)],
  // Inlined pictures would need `data:` in a content policy, and the browser caches files better.
  build: { assetsInlineLimit: 0 },
  optimizeDeps: { include: ['@shopify/app-bridge-react', '@shopify/polaris', '@shopify/shopify-app-remix/react'] },
});
