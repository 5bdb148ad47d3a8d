import type { Result } from '../../../model/load/result.ts';
import type { ServerSample } from '../../../model/load/sample.ts';
import type { Chart } from '../chart.ts';
import { rateBetween, recentMean, type SampledChart, sampledChart, type Tally } from './sampled.ts';

const MEBIBYTE = 1024 * 1024;
const PERCENT = 100;

/** Routes that hold a JRuby, by how interesting they are. */
const ROUTES = ['catalog', 'node', 'file_metadatas', 'file_metadata', 'file_content', 'report'];

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
    ...byRoute(({ routes }) => routes, recentMean),
  },
});

const requests = (samples: Samples): SampledChart<ServerSample> => ({
  id: 'requests',
  title: 'Requests',
  caption: 'Requests that the server answered, by route.',
  unit: 'requests/min',
  samples,
  lines: byRoute(
    ({ requests }) => requests,
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

type Read = (now: Tally | undefined, before: Tally | undefined, seconds: number) => number | null;

function byRoute(
  talliesOf: (sample: ServerSample) => Readonly<Record<string, Tally>> | undefined,
  read: Read,
): SampledChart<ServerSample>['lines'] {
  return Object.fromEntries(
    ROUTES.map((route) => [
      route,
      (now: ServerSample, before: ServerSample | undefined) =>
        before ? read(talliesOf(now)?.[route], talliesOf(before)?.[route], now.at - before.at) : null,
    ]),
  );
}

function percent(share: number | undefined): number | null {
  return share === undefined ? null : share * PERCENT;
}
