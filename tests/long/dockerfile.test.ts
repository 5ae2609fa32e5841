import { expect, test } from 'vitest';
import { parseDockerfile } from './dockerfile';

test('stages, copies and commands are read', () => {
  const [build, last] = parseDockerfile(`
# a comment
FROM node:24-slim AS build
WORKDIR /app
COPY package.json .npmrc ./
RUN npm ci
FROM node:24-slim
ENV A=1 B=2
COPY --from=build /app/build ./build
USER node
HEALTHCHECK --interval=10s CMD ["node", "-e", "[1]"]
CMD ["node", "build/server/index.js"]`);
  expect(build?.steps).toEqual([
    { kind: 'copy', from: undefined, sources: ['package.json', '.npmrc'], target: './' },
    { kind: 'run', command: 'npm ci' },
  ]);
  expect(last?.steps).toEqual([{ kind: 'copy', from: 'build', sources: ['/app/build'], target: './build' }]);
  expect(last).toMatchObject({ env: { A: '1', B: '2' }, user: 'node', health: ['node', '-e', '[1]'] });
  expect(last?.command).toEqual(['node', 'build/server/index.js']);
});

test('an instruction the stand-in cannot carry out is not skipped', () => {
  expect(() => parseDockerfile('FROM node:24\nADD x y')).toThrow('ADD x y');
});
