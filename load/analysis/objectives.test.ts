import { describe, expect, test } from '@jest/globals';
import type { Objective } from '../../model/load/profile.ts';
import type { Figures } from '../../model/load/result.ts';
import { newHistogram } from '../histogram.ts';
import { latencyOf } from './figures.ts';
import { evaluate } from './objectives.ts';

/** Latencies from 1 to 100 s. */
const HISTOGRAM = newHistogram();
for (let seconds = 1; seconds <= 100; seconds += 1) HISTOGRAM.recordValue(1000 * seconds);

const FIGURES: Figures = {
  arrivals: 200,
  seconds: 600,
  offered: 20,
  achieved: 10,
  good: 97,
  failed: 3,
  dropped: 100,
  heldBack: 0,
  outcomes: { ok: 97, failed: 3, dropped: 100 },
  statuses: {},
  latencies: { total: latencyOf(HISTOGRAM) },
};
const NONE: Figures = { ...FIGURES, arrivals: 0, failed: 0, dropped: 0, latencies: {} };

function objective(more: Partial<Objective>): Objective {
  const nothing = { percentile: null, metric: null, group: null };
  return { text: '', figure: 'failed', comparison: '<=', limit: 0, ...nothing, ...more };
}

describe('evaluate', () => {
  test.each<[Partial<Objective>, number | null, boolean]>([
    [{ figure: 'failed', comparison: '=', limit: 3 }, 3, true],
    [{ figure: 'failed', comparison: '=', limit: 0 }, 3, false],
    [{ figure: 'failed_percent', comparison: '<', limit: 1.5 }, 1.5, false],
    [{ figure: 'failed_percent', comparison: '<=', limit: 1.5 }, 1.5, true],
    [{ figure: 'dropped', comparison: '=', limit: 0 }, 100, false],
    [{ figure: 'dropped_percent', limit: 50 }, 50, true],
    [{ figure: 'max', metric: 'total', limit: 101 }, 100, true],
    [{ figure: 'mean', metric: 'total', limit: 50 }, 50.5, false],
    [{ figure: 'percentile', percentile: 37, metric: 'total', limit: 38 }, 37, true],
    [{ figure: 'percentile', percentile: 95, metric: 'config_retrieval', limit: 38 }, null, false],
    [{ figure: 'failed', group: 'debian-13', comparison: '=', limit: 3 }, 3, true],
    [{ figure: 'failed', group: 'debian-12', comparison: '=', limit: 0 }, null, false],
    [{ figure: 'failed', group: 'debian-11', comparison: '=', limit: 0 }, null, false],
  ])('%j is %j', (given, value, holds) => {
    const groups = [
      { name: 'debian-13', ...FIGURES },
      { name: 'debian-12', ...NONE },
    ];
    const [result] = evaluate([objective(given)], { total: FIGURES, groups });
    if (value === null) expect(result?.value).toBeNull();
    else expect(Math.abs((result?.value ?? 0) / value - 1)).toBeLessThan(0.001);
    expect(result?.holds).toBe(holds);
  });
});
