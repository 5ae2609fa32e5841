/**
 * Builds what Node runs: `build/server/index.js` (web), `build/worker/index.js` (worker), `build/migrate/index.js` and `build/doctor/index.js`.
 * Packages stay in `node_modules`. Run after `remix vite:build`, whose `build/server/remix.js` it must leave alone.
 */
import { defineConfig } from 'vite';

export default defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    target: 'node24',
    outDir: 'build',
    emptyOutDir: false,
    sourcemap: true,
    rollupOptions: {
      input: {
        'server/index': 'app/web.ts',
        'worker/index': 'app/worker.ts',
        'migrate/index': 'app/migrate.ts',
        'doctor/index': 'app/doctor.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: 'worker/chunks/[name]-[hash].js' },
    },
  },
});
