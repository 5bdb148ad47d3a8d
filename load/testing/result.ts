import type { Profile } from '../../model/load/profile.ts';
import type { Outcome } from '../../model/load/record.ts';
import type { HostResult, Result } from '../../model/load/result.ts';
import type { Roster } from '../../model/load/roster.ts';
import { randomOf } from '../schedule/random.ts';
import { hostWindow, puppetdbSample, serverSample } from './samples.ts';
import { type SampleGroup, sampleFigures, sampleWindow } from './windows.ts';

const WINDOW = 10_000;
const MINUTE = 60_000;
const BEGIN = Date.UTC(2026, 4, 1, 12);

/** What a sample of a result is like. */
export interface SampleOptions {
  readonly seed?: number;
  /** Of the measured part. A minute of warm-up comes before it, and half a minute of cool-down after it. */
  readonly minutes?: number;
  /** Arrivals a minute. */
  readonly rate?: number;
  readonly groups?: readonly SampleGroup[];
  readonly hosts?: readonly string[];
  readonly shares?: { readonly [K in Outcome]?: number };
  /** Load of the server at the end, as a share of what it can take; it begins with half of it. */
  readonly load?: number;
  readonly puppetdb?: boolean;
}

/** Makes a complete result of a load test with random figures: the same ones for the same options. */
export function sampleResult(options: SampleOptions = {}): Result {
  const {
    seed = 1,
    minutes = 5,
    rate = 60,
    hosts = ['load1.example'],
    load = 0.6,
    puppetdb = false,
  } = options;
  const { groups = [{ base: 'debian-13', clones: 40, median: 1600 }], shares = {} } = options;
  const random = randomOf(seed);
  const length = (minutes + 1.5) * MINUTE;
  const moments = Array.from({ length: length / WINDOW }, (_, index) => {
    const at = index * WINDOW;
    return { at, load: load * (0.5 + (0.5 * at) / length) };
  });
  const windows = moments.map((moment) =>
    sampleWindow(random, {
      at: moment.at,
      length: WINDOW,
      measured: moment.at >= MINUTE && moment.at < (minutes + 1) * MINUTE,
      arrivals: Math.round((rate * WINDOW) / MINUTE),
      groups,
      slowdown: 1 + moment.load ** 4,
      shares,
    }),
  );
  const roster = rosterOf(hosts, groups);
  const total = sampleFigures(windows);
  const p95 = total.latencies.total?.p95 ?? null;
  return {
    version: 1,
    id: `steady-${seed}`,
    begin: new Date(BEGIN).toISOString(),
    end: new Date(BEGIN + length).toISOString(),
    profile: profileOf(seed, length, rate),
    roster,
    verdict: {
      passed: total.failed === 0,
      bottleneck: 'none',
      refused: false,
      text:
        total.failed === 0 ? 'All objectives hold; nothing was saturated.' : 'An objective does not hold.',
      evidence: [`${Math.round(4 * (1 - load))} of 4 JRubies were free at the end.`],
      warnings: [],
    },
    objectives: [
      { ...OBJECTIVES[0], value: total.failed, holds: total.failed === 0 },
      { ...OBJECTIVES[1], value: p95, holds: p95 !== null && p95 <= 30 },
    ],
    total,
    phases: [{ name: 'steady', ...total }],
    groups: groups.map(({ base }) => ({ name: base, ...sampleFigures(windows, base) })),
    windowLength: WINDOW,
    windows,
    server: {
      version: '8.7.0',
      samples: moments.map((moment, index) => serverSample(moment, index, BEGIN)),
      puppetdb: puppetdb ? moments.map((moment) => puppetdbSample(moment, BEGIN)) : [],
    },
    hosts: hosts.map((name) => hostOf(name, groups, total.arrivals / hosts.length, moments.map(hostWindow))),
    failures: [],
    advice: { runsPerMinute: 240, text: '4 JRubies allow 240 runs a minute at 1 s for each.' },
  };
}

const OBJECTIVES = [
  {
    text: 'failed = 0',
    figure: 'failed',
    percentile: null,
    metric: null,
    group: null,
    comparison: '=',
    limit: 0,
  },
  {
    text: 'p95(total) <= 30s',
    figure: 'percentile',
    percentile: 95,
    metric: 'total',
    group: null,
    comparison: '<=',
    limit: 30,
  },
] as const;

function profileOf(seed: number, length: number, rate: number): Profile {
  const stream = { kind: 'rate', at: 0, length, from: rate, to: rate } as const;
  return {
    name: 'steady',
    seed,
    phases: [{ name: 'steady', length, warmUp: MINUTE, coolDown: MINUTE / 2, streams: [stream] }],
    slo: OBJECTIVES,
    timeout: 300,
    arrivals: 'even',
    bases: null,
    workload: { facts: null, agentOptions: [], churn: 0 },
  };
}

function rosterOf(hosts: readonly string[], groups: readonly SampleGroup[]): Roster {
  return {
    hosts: hosts.map((name) => ({ name, groups: groups.map(({ base, clones }) => ({ base, clones })) })),
  };
}

function hostOf(
  name: string,
  groups: readonly SampleGroup[],
  arrivals: number,
  samples: HostResult['samples'],
): HostResult {
  return {
    name,
    state: 'done',
    about: {
      os: 'Debian GNU/Linux 13',
      kernel: '6.12.48',
      systemd: '257.8',
      processors: 4,
      memory: 8 * 1024 ** 3,
      agents: Object.fromEntries(groups.map(({ base }) => [base, '8.10.0'])),
    },
    clock: { offset: 3, uncertainty: 8 },
    arrivals,
    lateness: { p50: 12, p99: 31, max: 48 },
    cpu: { driver: 4.2, host: 610 },
    samples,
  };
}
