import path from 'node:path';
import { expect, test } from '@jest/globals';
import { REPO } from '../../lab/paths.ts';
import { timingsOf } from './jest-timings.ts';

test('time outside of tests is listed as set-up and clean-up', () => {
  const result = {
    numPassedTests: 2,
    numFailedTests: 0,
    numRuntimeErrorTestSuites: 0,
    startTime: 0,
    testResults: [
      {
        name: path.join(REPO, 'spec/a.test.ts'),
        startTime: 3000,
        endTime: 20_000,
        assertionResults: [
          { fullName: 'skipped', startAt: null, duration: null },
          { fullName: 'one', startAt: 5000, duration: 1000 },
          { fullName: 'two', startAt: 6500, duration: 500 },
        ],
      },
    ],
  };

  expect(timingsOf('units', result, 21_000)).toEqual([
    { seconds: 2, file: 'spec/a.test.ts', name: 'set-up before "one"' },
    { seconds: 1, file: 'spec/a.test.ts', name: 'one' },
    { seconds: 0.5, file: 'spec/a.test.ts', name: 'set-up before "two"' },
    { seconds: 0.5, file: 'spec/a.test.ts', name: 'two' },
    { seconds: 13, file: 'spec/a.test.ts', name: 'clean-up after the last test' },
    { seconds: 3, file: '', name: 'set-up of the suite units' },
    { seconds: 1, file: '', name: 'clean-up of the suite units' },
  ]);
});

test('a run without test files has no timings', () => {
  const result = {
    numPassedTests: 0,
    numFailedTests: 0,
    numRuntimeErrorTestSuites: 0,
    startTime: 0,
    testResults: [],
  };
  expect(timingsOf('units', result, 1000)).toEqual([]);
});
