import { describe, expect, test } from '@jest/globals';
import { readObjective } from './objective.ts';

describe('readObjective', () => {
  test.each([
    ['failed = 0', { figure: 'failed', metric: null, group: null, comparison: '=', limit: 0 }],
    ['dropped==3', { figure: 'dropped', comparison: '=', limit: 3 }],
    ['failed(group=alma-9) <= 5', { figure: 'failed', group: 'alma-9', metric: null, limit: 5 }],
    ['failed_percent < 1%', { figure: 'failed_percent', comparison: '<', limit: 1 }],
    ['dropped_percent <= 0.5', { figure: 'dropped_percent', limit: 0.5 }],
    ['p95(total) <= 30s', { figure: 'percentile', percentile: 95, metric: 'total', limit: 30 }],
    ['p99.9 < 1m30s', { figure: 'percentile', percentile: 99.9, metric: 'total', limit: 90 }],
    [
      ' p99( config_retrieval , group = debian-13 ) <= 500ms ',
      { percentile: 99, metric: 'config_retrieval', group: 'debian-13', limit: 0.5 },
    ],
    ['mean(plugin_sync) <= 2s', { figure: 'mean', percentile: null, metric: 'plugin_sync', limit: 2 }],
    ['max <= 1h', { figure: 'max', metric: 'total', limit: 3600 }],
  ])('%s', (text, want) => {
    expect(readObjective(text, null)).toMatchObject({ text: text.trim(), ...want });
  });

  test.each<[string, string, string | null]>([
    ['p95 under 30s', 'is not a condition such as', null],
    ['fialed = 0', 'unknown figure "fialed"', 'failed'],
    ['p101(total) <= 1s', 'has the percentile 101; percentiles are from 0 to 100', null],
    ['p95(totl) <= 1s', 'unknown part of a run "totl"', 'total'],
    ['p95(total) >= 1s', 'unknown comparison ">="', '<='],
    ['p95(total) <= 30', 'has the limit "30", which is not a duration', null],
    ['failed <= 1%', 'has the limit "1%", which is not a number of runs', null],
    ['failed_percent <= 101%', 'has the limit "101%", which is not a percentage', null],
    ['failed(total) = 0', 'counts runs, so it cannot be of "total"', null],
    ['failed(group=debian-31) = 0', 'unknown group "debian-31"', 'debian-13'],
  ])('refuses %s', (text, message, suggestion) => {
    expect(readObjective(text, ['debian-13', 'alma-9'])).toMatchObject({
      path: [],
      message: expect.stringContaining(message),
      ...(suggestion === null ? {} : { suggestion }),
    });
  });
});
