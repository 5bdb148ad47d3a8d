import { METRICS, type Metric, type Profile } from '../../model/load/profile.ts';
import type { EncodedHistogram, Reduced, ReducedWindow } from '../../model/load/reduced.ts';
import type { Roster } from '../../model/load/roster.ts';
import { Windows } from '../analysis/windows.ts';
import { encodeHistogram, newHistogram, recordMilliseconds } from '../histogram.ts';
import { randomOf } from '../schedule/random.ts';
import { drawLatency } from './latencies.ts';
import { BEGIN } from './plan.ts';
import { phaseOf, profileOf } from './profile.ts';
import { ABOUT, serverSampleOf } from './recorded.ts';
import { hostWindow } from './samples.ts';

/** Size of a test whose parts are made up instead of run. */
export interface SyntheticTest {
  readonly hosts: number;
  /** On each host. */
  readonly clones: number;
  readonly hours: number;
}

const HOUR = 3_600_000;
const INTERVAL = HOUR / 2;
const BASE = 'debian-13';

/** Histograms of the same number of runs that windows take turns with: drawing each of them would take minutes. */
const VARIANTS = 16;

/** Number of arrivals of a test in which each clone runs every half an hour. */
export function arrivalsOfSynthetic({ hosts, clones, hours }: SyntheticTest): number {
  return hosts * Math.floor((clones * hours * HOUR) / INTERVAL);
}

/** Makes up the parts of all hosts, one by one. Each has as many windows, runs and metrics as that of a real host. */
export function* syntheticParts(test: SyntheticTest): Generator<Reduced> {
  const profile = profileFor(test);
  const roster = rosterFor(test);
  const windows = new Windows(profile);
  const draw = histogramDrawer();
  for (let host = 0; host < test.hosts; host += 1) {
    const moments = windows.all.map(({ at }) => ({ at, load: 0.5 }));
    yield {
      version: 1,
      id: 'synthetic',
      profile,
      roster,
      host,
      state: 'done',
      begin: BEGIN,
      end: BEGIN + windows.duration,
      clock: { offset: 0, uncertainty: 1 },
      about: ABOUT,
      windowLength: windows.length,
      windows: windowsOf(windows, test, (metric, runs, index) => draw(metric, runs, index + host)),
      lateness: draw('total', 1000, host, 10),
      hostSamples: moments.map(hostWindow),
      serverSamples: host === 0 ? windows.all.map(({ at }) => serverSampleOf(at)) : [],
      puppetdbSamples: [],
      cpu: { driver: 60, host: 9000 },
      failures: [],
      warnings: [],
    };
  }
}

function profileFor({ hours }: SyntheticTest): Profile {
  const length = hours * HOUR;
  return profileOf([phaseOf([{ kind: 'interval', at: 0, length, interval: INTERVAL }], { length })]);
}

function rosterFor({ hosts, clones }: SyntheticTest): Roster {
  return {
    hosts: Array.from({ length: hosts }, (_, index) => ({
      name: `load${index + 1}.example`,
      groups: [{ base: BASE, clones }],
    })),
  };
}

function windowsOf(
  windows: Windows,
  { clones }: SyntheticTest,
  draw: (metric: Metric, runs: number, index: number) => EncodedHistogram,
): ReducedWindow[] {
  const before = (at: number) => Math.floor((clones * at) / INTERVAL);
  return windows.all.map(({ at, length, phase, measured }, index) => {
    const arrivals = before(at + length) - before(at);
    return {
      at,
      phase,
      group: BASE,
      measured,
      arrivals,
      outcomes: { ok: arrivals },
      statuses: {},
      achieved: arrivals,
      latencies: Object.fromEntries(METRICS.map((metric) => [metric, draw(metric, arrivals, index)])),
    };
  });
}

/** Creates a function that draws latencies of so many runs. */
function histogramDrawer(): (
  metric: Metric,
  runs: number,
  index: number,
  median?: number,
) => EncodedHistogram {
  const random = randomOf(1);
  const drawn = new Map<string, EncodedHistogram>();
  return (metric, runs, index, median = 2000) => {
    const key = `${metric} ${runs} ${index % VARIANTS} ${median}`;
    const known = drawn.get(key);
    if (known !== undefined) return known;
    const histogram = newHistogram();
    for (let run = 0; run < runs; run += 1) recordMilliseconds(histogram, drawLatency(random, median));
    const encoded = encodeHistogram(histogram);
    drawn.set(key, encoded);
    return encoded;
  };
}
