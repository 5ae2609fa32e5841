import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../local/paths';
import { type LockFile, missingOptionals, platformEntry } from './lock-file';

const lock = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')) as LockFile;

test('the lock file names no address: packages come from whatever registry npm is set to', () => {
  const named = Object.entries(lock.packages).filter(([, entry]) => entry.resolved !== undefined);
  expect(named.map(([place]) => place)).toEqual([]);
});

test('the lock file has every optional package, which npm ci insists on (else: npm run lock)', () => {
  expect(missingOptionals(lock)).toEqual([]);
});

test('an optional package is found beside or above the one that asks', () => {
  const asks = { version: '1.0.0', optionalDependencies: { fast: '2.0.0' } };
  const packages = { 'node_modules/a': asks, 'node_modules/b/node_modules/a': asks };
  const expected = { name: 'fast', version: '2.0.0' };
  expect(missingOptionals({ packages })).toEqual([
    { askedBy: 'node_modules/a', ...expected },
    { askedBy: 'node_modules/b/node_modules/a', ...expected },
  ]);
  const nested = { ...packages, 'node_modules/b/node_modules/fast': { version: '2.0.0' } };
  expect(missingOptionals({ packages: nested })).toEqual([{ askedBy: 'node_modules/a', ...expected }]);
  const hoisted = { ...packages, 'node_modules/fast': { version: '2.0.0' } };
  expect(missingOptionals({ packages: hoisted })).toEqual([]);
});

test('a platform is read off the name of its package', () => {
  const entry = (name: string) => platformEntry({ askedBy: '', name, version: '1.2.3' }, true);
  const common = { version: '1.2.3', dev: true, optional: true };
  expect(entry('@x/cli-linux-arm64-musl')).toEqual({ ...common, os: ['linux'], cpu: ['arm64'], libc: ['musl'] });
  expect(entry('@x/rollup-win32-x64-gnu')).toEqual({ ...common, os: ['win32'], cpu: ['x64'] });
  expect(entry('@x/rollup-android-arm-eabi')).toEqual({ ...common, os: ['android'], cpu: ['arm'] });
  expect(entry('fsevents')).toBeUndefined();
});
