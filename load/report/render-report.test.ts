import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Result } from '../../model/load/result.ts';
import { definePage } from '../testing/page.ts';
import { sampleResult } from '../testing/result.ts';
import { renderReport } from './render-report.ts';

beforeAll(definePage);

/** The report without its script, style and data. */
function markup(result: Result): string {
  return renderReport(result).replace(/<(script|style)[\s\S]*?<\/\1>/g, '');
}

describe('renderReport', () => {
  test('begins with the verdict and the figures that it rests on', () => {
    const text = markup(sampleResult());
    expect(text).toMatch(/<p class="word" id="verdict">passed<\/p>/);
    expect(text.indexOf('id="verdict"')).toBeLessThan(text.indexOf('Objectives'));
    expect(text).toContain('All objectives hold; nothing was saturated.');
  });

  test('says that a result is refused, whether objectives hold or not', () => {
    const result = sampleResult();
    const verdict = { ...result.verdict, passed: false, refused: true, bottleneck: 'load_host' } as const;
    expect(markup({ ...result, verdict })).toContain('id="verdict">refused</p>');
  });

  test('says that a test still runs', () => {
    const result = sampleResult();
    const hosts = result.hosts.map((host) => ({ ...host, state: 'running' as const }));
    expect(markup({ ...result, hosts })).toContain('id="verdict">running</p>');
  });

  test('has lines for the busiest routes, under short names', () => {
    const text = renderReport(sampleResult());
    for (const name of ['catalog', 'file_metadatas', 'report']) expect(text).toContain(`{"name":"${name}",`);
    expect(
      /"name":"[^"]*-v3|\/\*\//.exec(text.slice(text.indexOf('id="data"'), text.lastIndexOf('<script>'))),
    ).toBeNull();
  });

  test('requests nothing from anywhere', () => {
    const page = renderReport(sampleResult({ puppetdb: true }));
    expect(/<(link|img|iframe|object|embed|base)\b|\ssrc=|@import|url\(/i.exec(page)).toBeNull();
    expect(page.includes('content="default-src &#39;none&#39;; ')).toBe(true);
  });

  test.each(['</script><script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '<!--<script>'])(
    'shows %s in names and messages as text',
    (text) => {
      const result = sampleResult({ hosts: [text], groups: [{ base: text, clones: 1, median: 1000 }] });
      const failures = [
        { clone: text, outcome: 'failed', at: Date.parse(result.begin), message: text },
      ] as const;
      const verdict = { ...result.verdict, text, evidence: [text], warnings: [text] };
      const page = renderReport({ ...result, failures, verdict, profile: { ...result.profile, name: text } });
      expect(page.includes(text)).toBe(false);
      expect(page.match(/<script/g)).toHaveLength(2);
    },
  );

  test('makes characters visible that would hide or turn text', () => {
    const result = sampleResult();
    const verdict = { ...result.verdict, text: 'a\u202eb\u0000c' };
    expect(markup({ ...result, verdict })).toContain('a\\u{202e}b\\u{0}c');
  });

  test('loads itself again while the test runs', () => {
    expect(renderReport(sampleResult(), { refreshSeconds: 60 })).toContain(
      '<meta http-equiv="refresh" content="60">',
    );
    expect(renderReport(sampleResult())).not.toContain('http-equiv="refresh"');
  });

  test('renders a test in which nothing happened', () => {
    const result = sampleResult();
    const none = { ...result.total, arrivals: 0, good: 0, outcomes: {}, latencies: {} };
    const empty: Result = {
      ...result,
      total: none,
      windows: [],
      groups: [],
      objectives: result.objectives.map((objective) => ({ ...objective, value: null, holds: false })),
      server: { version: null, samples: [], puppetdb: [] },
      hosts: [
        {
          ...(result.hosts[0] as Result['hosts'][number]),
          state: 'missing',
          about: null,
          clock: null,
          samples: [],
        },
      ],
      advice: null,
    };
    expect(markup(empty)).not.toMatch(/NaN|Infinity|undefined/);
  });
});
