/** Builds the admin and the routes: `build/client` for the browser, `build/server/remix.js` for the web process. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { vitePlugin as remix, type VitePluginConfig } from '@remix-run/dev';
import { defineConfig } from 'vite';
import options from './remix.config.js';

/** Compresses what a browser loads, once and at its best: at each request it would cost as much as the page itself. */
const precompress: VitePluginConfig['buildEnd'] = async ({ viteConfig, remixConfig }) => {
  const folder = join(remixConfig.buildDirectory, 'client', viteConfig.build.assetsDir);
  const compress = async (name: string) => {
    const bytes = await readFile(join(folder, name));
    await writeFile(join(folder, `${name}.br`), await promisify(brotliCompress)(bytes));
    await writeFile(join(folder, `${name}.gz`), await promisify(gzip)(bytes));
  };
  const names = await readdir(folder);
  await Promise.all(names.filter((name) => /\.(css|js|svg)$/.test(name)).map(compress));
};

export default defineConfig({
  plugins: [remix({ ...options, buildEnd: precompress })],
  // Inlined pictures would need `data:` in a content policy, and the browser caches files better.
  build: { assetsInlineLimit: 0 },
  optimizeDeps: { include: ['@shopify/app-bridge-react', '@shopify/polaris', '@shopify/shopify-app-remix/react'] },
});
