import { describe, expect, test } from '@jest/globals';
import type { ComparedFigure, Comparison } from '../../model/load/comparison.ts';
import type { Result } from '../../model/load/result.ts';
import { type SampleOptions, sampleResult } from '../testing/result.ts';
import { compare } from './compare.ts';

const BOTH = [
  { base: 'debian-12', clones: 20, median: 1500 },
  { base: 'debian-13', clones: 20, median: 1500 },
];

const result = (seed: number, more: SampleOptions = {}) =>
  sampleResult({ seed, minutes: 5, load: 0.1, ...more });

function regressed({ figures }: Comparison): string[] {
  return figures
    .filter(({ verdict }) => verdict === 'regressed')
    .map(({ figure, metric, group }) => [group, metric, figure].filter((part) => part !== null).join(' '));
}

function find({ figures }: Comparison, wanted: Partial<ComparedFigure>): ComparedFigure {
  const found = figures.find(({ figure, metric, group }) =>
    [figure === wanted.figure, metric === (wanted.metric ?? null), group === (wanted.group ?? null)].every(
      Boolean,
    ),
  );
  if (!found) throw new Error(`no figure ${JSON.stringify(wanted)}`);
  return found;
}

const withVersion = (one: Result, version: string): Result => ({
  ...one,
  server: { ...one.server, version },
});

describe('compare', () => {
  test('claims nothing about equal tests', () => {
    const comparison = compare([result(1)], [result(2)], { maxRegression: 0 });
    expect(regressed(comparison)).toEqual([]);
    expect(comparison.passed).toBe(true);
  });

  test('claims nothing about 40 pairs of equal base images, about the parts of their runs either', () => {
    const claimed = Array.from({ length: 40 }, (_, seed) => {
      const equal = result(seed, { minutes: 3, groups: BOTH });
      const options = { beforeGroup: 'debian-12', afterGroup: 'debian-13', maxRegression: 0 };
      return compare([equal], [equal], options).figures.filter(({ verdict }) => verdict !== 'no_claim');
    });
    expect(claimed.flat()).toEqual([]);
  });

  test('has the figures of the results', () => {
    const [before, after] = [result(1), result(2, { shares: { dropped: 0.1 } })];
    const comparison = compare([before], [after]);
    for (const [side, { total }] of [
      ['before', before],
      ['after', after],
    ] as const) {
      expect(find(comparison, { figure: 'offered' })[side]).toBeCloseTo(total.offered, 6);
      expect(find(comparison, { figure: 'achieved' })[side]).toBeCloseTo(total.achieved, 6);
      expect(find(comparison, { figure: 'dropped_percent' })[side]).toBeCloseTo(
        (100 * total.dropped) / total.arrivals,
        6,
      );
      for (const metric of ['total', 'config_retrieval'] as const) {
        expect(find(comparison, { figure: 'p95', metric })[side]).toBeCloseTo(
          total.latencies[metric]?.p95 ?? 0,
          2,
        );
        expect(find(comparison, { figure: 'mean', metric })[side]).toBeCloseTo(
          total.latencies[metric]?.mean ?? 0,
          2,
        );
      }
    }
  });

  test('says which figures regressed, and by how much', () => {
    const comparison = compare(
      [result(1)],
      [result(2, { groups: [{ base: 'debian-13', clones: 40, median: 1900 }] })],
    );
    expect(comparison.passed).toBe(false);
    expect(regressed(comparison)).toEqual(
      expect.arrayContaining(['total mean', 'total p50', 'config_retrieval mean']),
    );
    const mean = find(comparison, { figure: 'mean', metric: 'total' });
    expect(mean.percent).toBeGreaterThan(15);
    expect(mean.interval?.low).toBeGreaterThan(0);
  });

  test('lets a difference pass that is within the bound', () => {
    const slower = result(2, { groups: [{ base: 'debian-13', clones: 40, median: 1900 }] });
    expect(compare([result(1)], [slower], { maxRegression: 60 }).passed).toBe(true);
  });

  test('says what improved, without passing for worse', () => {
    const faster = result(2, { groups: [{ base: 'debian-13', clones: 40, median: 1200 }] });
    const comparison = compare([result(1)], [faster]);
    expect(comparison.passed).toBe(true);
    expect(find(comparison, { figure: 'mean', metric: 'total' }).verdict).toBe('improved');
  });

  test('treats failures that there were none of before as worse by more than any bound', () => {
    const comparison = compare([result(1)], [result(2, { shares: { failed: 0.3 } })], {
      maxRegression: 1000,
    });
    expect(regressed(comparison)).toContain('failed_percent');
    expect(find(comparison, { figure: 'failed_percent' }).percent).toBeNull();
  });

  test('compares groups that both sides have', () => {
    const slow = [BOTH[0], { base: 'debian-13', clones: 20, median: 2100 }] as typeof BOTH;
    const comparison = compare([result(1, { groups: BOTH })], [result(2, { groups: slow })]);
    expect(regressed(comparison)).toContain('debian-13 total mean');
    expect(regressed(comparison)).not.toContain('debian-12 total mean');
  });

  test('compares two groups within one test', () => {
    const options = { beforeGroup: 'debian-12', afterGroup: 'debian-13' };
    const equal = result(1, { groups: BOTH });
    expect(compare([equal], [equal], options)).toMatchObject({ passed: true, warnings: [] });
    const slow = [BOTH[0], { base: 'debian-13', clones: 20, median: 1900 }] as typeof BOTH;
    const unequal = result(1, { groups: slow });
    expect(regressed(compare([unequal], [unequal], options))).toContain('total mean');
  });

  test('takes several results of each side', () => {
    const comparison = compare([result(1), result(2), result(3)], [result(4), result(5)]);
    expect(comparison.before.ids).toEqual(['steady-1', 'steady-2', 'steady-3']);
    expect(comparison.after).toMatchObject({ ids: ['steady-4', 'steady-5'], windows: 60 });
    expect(comparison.passed).toBe(true);
  });

  test('gives the same answer each time', () => {
    const answer = () => JSON.stringify(compare([result(1)], [result(2)]));
    expect(answer()).toBe(answer());
  });

  test('tells in what else the sides differ', () => {
    const other = withVersion(result(1, { hosts: ['load9.example'], rate: 30 }), '8.8.0');
    expect(compare([result(1)], [result(1)]).warnings).toEqual([]);
    expect(compare([result(1)], [other]).warnings).toEqual([
      'The profiles differ',
      'The load hosts differ',
      'The versions of the Puppet server differ: 8.7.0 before, 8.8.0 after',
    ]);
    expect(compare([result(1)], [result(2)]).warnings).toEqual(['The seeds differ']);
  });

  test('warns of results that were refused', () => {
    const refused = { ...result(1), verdict: { ...result(1).verdict, refused: true } };
    expect(compare([result(1)], [refused]).warnings).toEqual([
      'Test steady-1 was refused: its load hosts were the bottleneck',
    ]);
  });
});
