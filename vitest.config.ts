/**
 * The kinds of tests, in the order `npm test` runs them; `npm test -- pure` runs one kind alone. The long ones are part
 * of `npm run verify` only.
 */
import { availableParallelism } from 'node:os';
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
    // vitest leaves one processor free, which of two is half.
    maxWorkers: availableParallelism(),
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
      { test: { name: 'long', include: ['tests/long/**/*.test.ts'], testTimeout: 600_000, hookTimeout: 600_000 } },
    ],
  },
});
