import { describe, expect, test } from '@jest/globals';
import { summaryOf } from '../../testing/summary.ts';
import { parseLastRun } from './last-run.ts';

describe('parseLastRun', () => {
  test('parses the summary of a run', () => {
    expect(parseLastRun(summaryOf({}))).toEqual({
      time: '2026-11-24T11:58:20Z',
      outcome: 'unchanged',
      seconds: 1.94,
      changed: 0,
      failed: 0,
      catalog_version: '1795521500',
      agent_version: '8.10.0',
    });
  });

  test('recognizes a run that changed something', () => {
    expect(parseLastRun(summaryOf({ changed: 3 }))).toMatchObject({ outcome: 'changed', changed: 3 });
  });

  test.each<[string, Parameters<typeof summaryOf>[0]]>([
    ['resources failed', { failed: 1, changed: 3 }],
    ['a resource failed to restart', { failedToRestart: 1 }],
    ['no resource was evaluated', { total: 0 }],
  ])('recognizes a failed run: %s', (_, run) => {
    expect(parseLastRun(summaryOf(run))?.outcome).toBe('failed');
  });

  test.each([['config:'], ['config: null'], ['puppet: 8.10.0']])(
    'recognizes a failed run without a catalog (%s)',
    (config) => {
      const text = `---\nversion:\n  ${config}\ntime:\n  last_run: 1795521500\n`;
      expect(parseLastRun(text)).toMatchObject({
        outcome: 'failed',
        seconds: null,
        changed: null,
        failed: null,
        catalog_version: null,
      });
    },
  );

  test('returns a catalog version that is a string', () => {
    expect(parseLastRun(summaryOf({ catalog: "'12e4567'" }))?.catalog_version).toBe('12e4567');
  });

  test('shortens long versions and removes control characters', () => {
    const run = parseLastRun(summaryOf({ catalog: `"\\u001b[2J\\u0007v${'9'.repeat(100_000)}"` }));
    expect(run?.catalog_version).toMatch(/^\[2Jv9{1,255}$/);
    expect(run?.catalog_version?.length).toBeLessThanOrEqual(255);
  });

  test.each([
    ['an empty file', ''],
    ['half a file', summaryOf({}).slice(0, 120)],
    ['text', 'not a summary'],
    ['a list', '- 1\n- 2\n'],
    ['broken YAML', 'version: {config: [1\ntime'],
    ['an invalid time', 'time:\n  last_run: 1.0e+300\n'],
    ['a time that is a string', 'time:\n  last_run: yesterday\n'],
    ['deeply nested data', '['.repeat(100_000)],
  ])('rejects %s', (_, text) => {
    expect(parseLastRun(text)).toBeUndefined();
  });
});
