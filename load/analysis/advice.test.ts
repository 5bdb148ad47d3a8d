import { describe, expect, test } from '@jest/globals';
import type { ServerSample } from '../../model/load/sample.ts';
import { serverSampleOf } from '../testing/recorded.ts';
import { adviceOf } from './advice.ts';

/** A sample after so many runs, each of which holds a JRuby for 3 s in all: a catalog, two requests for files, a report. */
function sample(runs: number, more: Partial<ServerSample> = {}): ServerSample {
  return serverSampleOf(1000 * runs, {
    compiles: { count: runs, mean: 1900 },
    routes: {
      'puppet-v3-catalog': { count: runs, mean: 2000 },
      'puppet-v3-file_metadatas': { count: 2 * runs, mean: 400 },
      'puppet-v3-report': { count: runs, mean: 200 },
      total: { count: 4 * runs, mean: 750 },
    },
    ...more,
  });
}

describe('adviceOf', () => {
  test('divides JRubies by the time that all requests of a run hold one', () => {
    expect(adviceOf([sample(100), sample(150), sample(200)])).toEqual({
      runsPerMinute: 80,
      text: 'A run holds a JRuby for 3.00 s in all, so 4 JRubies allow at most 80.0 runs a minute: 2,400 agents every 30 minutes, 4,800 agents every 60 minutes.',
    });
  });

  test('counts only what happened between the samples, by the mean of that time', () => {
    const slow = { 'puppet-v3-catalog': { count: 100, mean: 60_000 } };
    const fast = { 'puppet-v3-catalog': { count: 150, mean: 1000 } };
    const faster = { 'puppet-v3-catalog': { count: 200, mean: 500 } };
    const samples = [
      sample(100, { routes: slow }),
      sample(150, { routes: fast }),
      sample(200, { routes: faster }),
    ];
    // 100 catalogs held a JRuby for 75 s.
    expect(adviceOf(samples)?.runsPerMinute).toBeCloseTo(320);
  });

  test('begins again with the server', () => {
    const samples = [sample(900, { uptime: 5000 }), sample(10, { uptime: 20 }), sample(20, { uptime: 60 })];
    expect(adviceOf(samples)?.runsPerMinute).toBeCloseTo(80);
  });

  test.each<[string, readonly ServerSample[]]>([
    ['samples', []],
    ['a second answer', [sample(100), serverSampleOf(1, { error: 'timeout', jrubies: undefined })]],
    ['a catalog', [sample(100), sample(100)]],
    ['routes', [sample(100, { routes: undefined }), sample(200, { routes: undefined })]],
  ])('is null without %s', (_, samples) => {
    expect(adviceOf(samples)).toBeNull();
  });
});
