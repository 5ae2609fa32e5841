/** The four kinds of tests. `npm test` runs them in this order; `npx vitest run --project pure` runs one kind alone. */
import { defineConfig } from 'vitest/config';

/** One app and one business clock serve all files of these kinds, so the files take turns. */
const throughTheStack = {
  globalSetup: ['tests/setup/stack-server.ts'],
  fileParallelism: false,
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    env: { TZ: 'UTC' },
    projects: [
      {
        test: {
          name: 'pure',
          include: ['{app,sandbox,scripts,tests/pure}/**/*.test.{ts,tsx}'],
        },
      },
      {
        test: {
          name: 'database',
          include: ['tests/database/**/*.test.ts'],
          globalSetup: ['tests/setup/database-server.ts'],
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      { test: { name: 'stories', include: ['tests/stories/**/*.test.ts'], ...throughTheStack } },
      { test: { name: 'browser', include: ['tests/browser/**/*.test.ts'], ...throughTheStack } },
    ],
  },
});
