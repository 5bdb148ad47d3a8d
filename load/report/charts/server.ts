import type { Result } from '../../../model/load/result.ts';
import { ALL_ROUTES, type ServerSample } from '../../../model/load/sample.ts';
import { MEBIBYTE } from '../../../tasks/lib/clone/bytes.ts';
import type { Chart } from '../chart.ts';
import { rateBetween, recentMean, type SampledChart, sampledChart, type Tally } from './sampled.ts';

const PERCENT = 100;

/** Routes that have a line each: those with the most requests. */
const ROUTES_MAX = 7;

/** The server by its status API. */
export function serverCharts(result: Result): Chart[] {
  const begin = Date.parse(result.begin);
  const samples = result.server.samples.map((sample) => ({ ...sample, at: (sample.at - begin) / 1000 }));
  const charts: SampledChart<ServerSample>[] = [
    jrubies(samples),
    waits(samples),
    borrows(samples),
    requests(samples),
    heap(samples),
    cpu(samples),
  ];
  return charts.map(sampledChart).filter((chart) => chart !== null);
}

type Samples = readonly ServerSample[];

const jrubies = (samples: Samples): SampledChart<ServerSample> => ({
  id: 'jrubies',
  title: 'JRubies',
  caption:
    'JRubies that are free, and requests that wait for one. No free ones and a growing number of requests mean that the server is saturated.',
  unit: '',
  samples,
  lines: {
    free: ({ jrubies }) => jrubies?.free,
    requested: ({ jrubies }) => jrubies?.requested,
    total: ({ jrubies }) => jrubies?.total,
  },
  limits: ['total'],
});

const waits = (samples: Samples): SampledChart<ServerSample> => ({
  id: 'waits',
  title: 'Wait for a JRuby',
  caption:
    'The server’s own averages, which lag behind: how long requests wait for a JRuby and how long they hold it.',
  unit: 'ms',
  samples,
  lines: {
    wait: ({ jrubies }) => jrubies?.meanWait,
    borrow: ({ jrubies }) => jrubies?.meanBorrow,
  },
});

const borrows = (samples: Samples): SampledChart<ServerSample> => ({
  id: 'borrows',
  title: 'Time that requests hold a JRuby',
  caption:
    'The server’s means of the last minutes, by route, and of the compilation of catalogs. Gaps: no such request.',
  unit: 'ms',
  samples,
  lines: {
    compile: (now, before) => recentMean(now.compiles, before?.compiles),
    ...byRoute(samples, ({ routes }) => routes, recentMean),
  },
});

const requests = (samples: Samples): SampledChart<ServerSample> => ({
  id: 'requests',
  title: 'Requests',
  caption: 'Requests that the server answered, by route.',
  unit: 'requests/min',
  samples,
  lines: byRoute(
    samples,
    (sample) => sample.requests,
    (now, before, seconds) => rateBetween(now?.count, before?.count, seconds),
  ),
});

const heap = (samples: Samples): SampledChart<ServerSample> => ({
  id: 'heap',
  title: 'Heap of the server',
  caption: 'What the server uses, has from the system, and may have. Lows that rise over time show a leak.',
  unit: 'MiB',
  samples,
  lines: {
    used: ({ heap }) => heap && heap.used / MEBIBYTE,
    committed: ({ heap }) => heap && heap.committed / MEBIBYTE,
    maximum: ({ heap }) => heap && heap.max / MEBIBYTE,
  },
  limits: ['maximum'],
});

const cpu = (samples: Samples): SampledChart<ServerSample> => ({
  id: 'server-cpu',
  title: 'CPU of the server',
  caption: 'CPU that the server process uses, and the part of it that collects garbage.',
  unit: '%',
  samples,
  lines: {
    CPU: ({ cpu: share }) => percent(share),
    'garbage collection': ({ gcCpu }) => percent(gcCpu),
  },
});

type Tallies = NonNullable<ServerSample['routes']>;
type Read = (now: Tally | undefined, before: Tally | undefined, seconds: number) => number | null | undefined;

/** A line for each of the busiest routes. */
function byRoute(
  samples: Samples,
  talliesOf: (sample: ServerSample) => Tallies | undefined,
  read: Read,
): SampledChart<ServerSample>['lines'] {
  const counts = new Map<string, number>();
  for (const sample of samples) {
    for (const [route, { count }] of Object.entries(talliesOf(sample) ?? {})) counts.set(route, count);
  }
  const busiest = [...counts]
    .filter(([route, count]) => route !== ALL_ROUTES && count > 0)
    .sort(([, a], [, b]) => b - a)
    .slice(0, ROUTES_MAX);
  return Object.fromEntries(
    busiest.map(([route]) => [
      nameOf(route),
      (now: ServerSample, before: ServerSample | undefined) =>
        read(talliesOf(now)?.[route], before && talliesOf(before)?.[route], before ? now.at - before.at : 0),
    ]),
  );
}

/** The server puts `puppet-v3-` before the names of routes, and a pattern of paths behind those of requests. */
function nameOf(route: string): string {
  const [name = route] = route.replace('puppet-v3-', '').split('-/');
  return name;
}

function percent(share: number | undefined): number | null {
  return share === undefined ? null : share * PERCENT;
}
