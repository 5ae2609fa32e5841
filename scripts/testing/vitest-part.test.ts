import { expect, test } from 'vitest';
import { allPass, sum } from './count';
import { countReport } from './vitest-part';

const passed = { status: 'passed' };
const failed = { status: 'failed' };

test('passed and failed tests are counted, skipped ones are not', () => {
  const report = {
    numPassedTests: 1,
    numFailedTests: 1,
    testResults: [{ status: 'failed', assertionResults: [passed, failed, { status: 'skipped' }] }],
  };
  expect(countReport(report, false)).toEqual({ passed: 1, failed: 1 });
});

test('a file that breaks before its tests run is a failure', () => {
  const report = {
    numPassedTests: 2,
    numFailedTests: 0,
    testResults: [
      { status: 'failed', assertionResults: [] },
      { status: 'passed', assertionResults: [passed, passed] },
    ],
  };
  expect(countReport(report, false)).toEqual({ passed: 2, failed: 1 });
});

test('a run that ends badly although every test passed is a failure', () => {
  const report = {
    numPassedTests: 1,
    numFailedTests: 0,
    testResults: [{ status: 'passed', assertionResults: [passed] }],
  };
  expect(countReport(report, false)).toEqual({ passed: 1, failed: 1 });
  expect(countReport(report, true)).toEqual({ passed: 1, failed: 0 });
});

test('a run without any test does not pass', () => {
  expect(allPass(sum([]))).toBe(false);
  expect(
    sum([
      { passed: 2, failed: 0 },
      { passed: 3, failed: 1 },
    ]),
  ).toEqual({ passed: 5, failed: 1 });
});
