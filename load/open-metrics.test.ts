import { describe, expect, test } from '@jest/globals';
import { openMetrics } from './open-metrics.ts';

describe('openMetrics', () => {
  test('has the metadata of each family before its samples', () => {
    const text = openMetrics([
      {
        name: 'run_latency_seconds',
        type: 'summary',
        unit: 'seconds',
        help: 'From the arrival to the end.',
        samples: [
          { labels: { metric: 'total', quantile: '0.5' }, value: 2.5 },
          { suffix: '_count', labels: { metric: 'total' }, value: 10 },
        ],
      },
      { name: 'passed', type: 'gauge', help: 'Whether it passed.', samples: [{ value: 1 }] },
    ]);
    expect(text).toBe(`# TYPE run_latency_seconds summary
# UNIT run_latency_seconds seconds
# HELP run_latency_seconds From the arrival to the end.
run_latency_seconds{metric="total",quantile="0.5"} 2.5
run_latency_seconds_count{metric="total"} 10
# TYPE passed gauge
# HELP passed Whether it passed.
passed 1
# EOF
`);
  });

  test('escapes backslashes, quotes and line feeds', () => {
    const labels = { text: 'a "b" \\ c\nd' };
    const text = openMetrics([
      { name: 'x', type: 'gauge', help: 'A "b"\n\\', samples: [{ labels, value: 0 }] },
    ]);
    expect(text).toContain('x{text="a \\"b\\" \\\\ c\\nd"} 0\n');
    expect(text).toContain('# HELP x A \\"b\\"\\n\\\\\n');
  });

  test('refuses a name without its unit', () => {
    const family = { name: 'latency', type: 'gauge', unit: 'seconds', help: '', samples: [] } as const;
    expect(() => openMetrics([family])).toThrow(/latency must end with its unit: _seconds/);
  });
});
