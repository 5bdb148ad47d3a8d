import type { Reduced, ReducedWindow } from '../../model/load/reduced.ts';
import type { HostResult } from '../../model/load/result.ts';
import { decodeHistogram } from '../histogram.ts';
import { nameOf } from './check-same.ts';
import type { MissingHost } from './missing-hosts.ts';

/** The part of a result that is about one load host. */
export function hostResult(reduced: Reduced): HostResult {
  const { state, about, clock, windows, lateness, cpu, hostSamples } = reduced;
  const late = decodeHistogram(lateness);
  return {
    name: nameOf(reduced),
    state,
    about,
    clock,
    arrivals: arrivalsIn(windows),
    lateness: {
      p50: late.getValueAtPercentile(50),
      p99: late.getValueAtPercentile(99),
      max: late.maxValue,
    },
    cpu,
    samples: hostSamples,
  };
}

/** The same for a host that is missing. */
export function missingHostResult({ host, windows }: MissingHost): HostResult {
  return {
    name: host.name,
    state: 'missing',
    about: null,
    clock: null,
    arrivals: arrivalsIn(windows),
    lateness: { p50: 0, p99: 0, max: 0 },
    cpu: { driver: 0, host: 0 },
    samples: [],
  };
}

/** Number of arrivals. */
export function arrivalsIn(windows: readonly ReducedWindow[]): number {
  return windows.reduce((sum, { arrivals }) => sum + arrivals, 0);
}
