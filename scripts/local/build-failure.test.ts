import { expect, it } from 'vitest';
import { tellingLines } from './build-failure';

it('says where the mistake is, without the noise before it and the tool’s stack after it', () => {
  const output = [
    '\u001b[33mGenerated an empty chunk: "app.privacy._id".\u001b[39m',
    '\u001b[31m✗\u001b[39m Build failed in 457ms',
    '\u001b[31m[vite:esbuild] Transform failed with 1 error:',
    'app/lib/clock.ts:9:15: ERROR: Unexpected ";"\u001b[39m',
    '9  |  const broken = ;',
    '   |                 ^',
    '    at failureErrorWithLog (esbuild/lib/main.js:1467:15)',
    '  watchFiles: [',
    ...Array.from({ length: 80 }, (_, index) => `    'app/file-${index}.ts',`),
    '  ]',
    '}',
  ].join('\n');
  expect(tellingLines(output).split('\n')).toEqual([
    '[vite:esbuild] Transform failed with 1 error:',
    'app/lib/clock.ts:9:15: ERROR: Unexpected ";"',
    '9  |  const broken = ;',
    '   |                 ^',
  ]);
});

it('shows the end of whatever else a tool printed', () => {
  expect(tellingLines('no such file: vite.config.ts\n')).toBe('no such file: vite.config.ts');
  expect(tellingLines(Array.from({ length: 100 }, (_, index) => `line ${index}`).join('\n')).split('\n')).toHaveLength(
    40,
  );
});
