import { expect, it } from 'vitest';
import { type AuditLine, shortcomings } from './limits';

const fine: AuditLine = {
  page: 'home',
  width: 1280,
  language: 'en',
  lcp: 300,
  lcpEmptyPage: 200,
  cls: 0.049,
  inp: 199,
  jsKb: 250,
  axeViolations: 0,
  consoleErrors: 0,
  overflowX: 0,
};

it('a line at its limits is fine', () => expect(shortcomings(fine)).toEqual([]));

it.each([
  { lcp: 301 },
  { lcp: 2501, lcpEmptyPage: 2000 },
  { lcp: 0 },
  { cls: 0.05 },
  { inp: 200 },
  { jsKb: 251 },
  { axeViolations: 1 },
  { consoleErrors: 1 },
  { overflowX: 1 },
])('one beyond a limit is not: %o', (change) => expect(shortcomings({ ...fine, ...change })).toHaveLength(1));

it('only the page that holds the editor may load more', () => {
  expect(shortcomings({ ...fine, page: 'scenario-welcome', jsKb: 550 })).toEqual([]);
  expect(shortcomings({ ...fine, page: 'scenarios', jsKb: 550 })).toHaveLength(1);
});
