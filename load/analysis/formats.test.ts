import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import type { Result } from '../../model/load/result.ts';
import { sampleResult } from '../testing/result.ts';
import { checkResult } from './check-result.ts';
import { junitOf } from './junit-of.ts';
import { metricsOf } from './metrics.ts';
import { RESULT_SCHEMA } from './result.schema.ts';
import { summaryOf } from './summary.ts';

const RESULT = sampleResult({
  hosts: ['load1.example', 'load2.example'],
  shares: { catalog_failed: 0.02, dropped: 0.01 },
  puppetdb: true,
});
const REFUSED: Result = {
  ...RESULT,
  verdict: {
    passed: false,
    bottleneck: 'load_host',
    refused: true,
    text: 'Bottleneck: load host load1.example. The result is refused.',
    evidence: ['One.', 'Two.', 'Three.'],
    warnings: ['Four.'],
  },
};

describe('summaryOf', () => {
  test('tells in ten lines what happened', () => {
    const lines = summaryOf(RESULT).split('\n');
    expect(lines.length).toBeLessThanOrEqual(10);
    expect(lines[0]).toBe(`Failed. ${RESULT.verdict.text}`);
    expect(lines[1]).toBe('Test steady-1: 300 arrivals in 5 measured minutes, on 2 of 2 load hosts');
    expect(lines[2]).toMatch(
      /^Objectives: failed = 0 does not hold \(\d+\); p95\(total\) <= 30s holds \([\d.]+ s\)$/,
    );
    expect(lines[3]).toMatch(
      /^Load: 60 runs a minute offered, [\d.]+ achieved \(in agents: 1,800 every 30 or 3,600 every 60 minutes\)$/,
    );
    expect(lines[4]).toMatch(/^Runs: \d+ ended well, \d+ failed, \d+ dropped, 0 held back$/);
    expect(lines[5]).toMatch(/^Latency: p50 [\d.]+ s, p95 .*, p99 .*, p99\.9 .*, max [\d.]+ s$/);
  });

  test('says first that the load host was the bottleneck', () => {
    const lines = summaryOf(REFUSED).split('\n');
    expect(lines[0]).toBe('Refused. Bottleneck: load host load1.example. The result is refused.');
    expect(lines).toContain('Evidence: One. Two. And 1 more: see the report.');
    expect(lines).toContain('Warnings: Four.');
    expect(lines.length).toBeLessThanOrEqual(10);
  });
});

describe('junitOf', () => {
  test('has a test case for the load hosts and for each objective', () => {
    const xml = junitOf(REFUSED, 'Refused.');
    expect(xml).toContain(
      'name="load hosts keep up" time="0"><failure message="Bottleneck: load host load1.example.',
    );
    expect(xml).toMatch(/name="failed = 0" time="0"><failure message="is \d+"\/>/);
    expect(xml).toContain('name="p95(total) &lt;= 30s" time="0"/>');
    expect(xml).toContain('tests="3" failures="2"');
  });
});

describe('metricsOf', () => {
  test('has the figures of the result', () => {
    const lines = metricsOf(RESULT).split('\n');
    expect(lines).toContain('puppet_load_test_passed 0');
    expect(lines).toContain('puppet_load_test_offered_runs_per_minute 60');
    expect(lines).toContain(`puppet_load_test_runs{outcome="ok"} ${RESULT.total.outcomes.ok}`);
    const { count, p95 } = RESULT.total.latencies.total as NonNullable<Result['total']['latencies']['total']>;
    expect(lines).toContain(`puppet_load_test_latency_seconds{metric="total",quantile="0.95"} ${p95}`);
    expect(lines).toContain(`puppet_load_test_latency_seconds_count{metric="total"} ${count}`);
    expect(lines).toContain('puppet_load_test_objective_holds{objective="p95(total) <= 30s"} 1');
    expect(lines).toContain('puppet_load_test_host_late_seconds{host="load2.example",quantile="0.99"} 0.031');
    expect(lines.slice(-2)).toEqual(['# EOF', '']);
  });

  test('declares each family once, before its samples', () => {
    const lines = metricsOf(RESULT).trim().split('\n');
    const declared: string[] = [];
    for (const line of lines.slice(0, -1)) {
      const [, family] = /^# TYPE (\S+) (gauge|info|summary)$/.exec(line) ?? [];
      if (family !== undefined) {
        expect(declared).not.toContain(family);
        declared.push(family);
      } else
        expect(line.replace(/^# (UNIT|HELP) /, '')).toMatch(
          new RegExp(`^${declared[declared.length - 1]}(_info|_count|_sum)?[{ ]`),
        );
    }
  });
});

describe('the schema of results', () => {
  test('is a valid schema', () => {
    expect(new Ajv().validateSchema(RESULT_SCHEMA)).toBe(true);
  });

  test('allows results', () => {
    checkResult(RESULT);
    checkResult(REFUSED);
  });

  test.each<[string, object, RegExp]>([
    ['another version', { version: 2 }, /\/version must be equal to constant/],
    ['an unknown key', { extra: 1 }, /must NOT have additional properties/],
    ['a missing key', { hosts: undefined }, /must have required property 'hosts'/],
    ['a negative count', { total: { ...RESULT.total, arrivals: -1 } }, /\/total\/arrivals must be >= 0/],
  ])('refuses %s', (_, differs, message) => {
    expect(() => checkResult({ ...RESULT, ...differs })).toThrow(message);
  });
});
