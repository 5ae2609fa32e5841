/**
 * Builds what Node runs: `build/server/index.js` (web), `build/worker/index.js` (worker), `build/migrate/index.js`, `build/doctor/index.js` and
 * `build/restored/index.js`.
 * Packages stay in `node_modules`, but for one. Run after `remix vite:build`, whose `build/server/remix.js` it must leave alone.
 */
import { defineConfig } from 'vite';

export default defineConfig({
  publicDir: false,
  // Of the thousand files of this package Node would read 180 kB of package.json again and again: 140 MB and a second for every start.
  ssr: { noExternal: ['drizzle-orm'] },
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
        'restored/index': 'app/restored.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: 'worker/chunks/[name]-[hash].js' },
    },
  },
});
