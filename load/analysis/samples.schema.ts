import type { SchemaObject } from 'ajv';
import type { HostWindow, Reduced } from '../../model/load/reduced.ts';
import type { HostResult } from '../../model/load/result.ts';
import type { PuppetdbSample, ServerSample } from '../../model/load/sample.ts';
import { arrayOf, COUNT, mapOf, milliseconds, NUMBER, nullable, objectOf, SHARE, TEXT } from './schema-of.ts';

type Known<T> = NonNullable<T>;

const EPOCH = milliseconds('Since 1970.');
const TIMES = mapOf(
  null,
  objectOf<{ count: number; mean: number }>({ count: NUMBER, mean: milliseconds('Mean.') }),
);
const ERROR: SchemaObject = { ...TEXT, description: 'Why there was no answer.' };

/** Schema of a sample of the server. Without an answer, it has no figures. */
export const SERVER_SAMPLE = objectOf<ServerSample>(
  {
    kind: { const: 'server' },
    at: EPOCH,
    error: ERROR,
    took: milliseconds('Time that the answer took.'),
    version: TEXT,
    uptime: { ...NUMBER, description: 'Seconds since the server process began.' },
    jrubies: objectOf<Known<ServerSample['jrubies']>>({
      total: NUMBER,
      free: NUMBER,
      requested: { ...NUMBER, description: 'Requests that wait for a JRuby.' },
      meanBorrow: milliseconds('Mean of the server.'),
      meanWait: milliseconds('Mean of the server.'),
      borrowed: NUMBER,
      borrowTimeouts: NUMBER,
      queueLimitHits: NUMBER,
    }),
    routes: { ...TIMES, description: 'Borrows of JRubies by route, since the server process began.' },
    requests: { ...TIMES, description: 'HTTP requests by route, since the server process began.' },
    compiles: objectOf<Known<ServerSample['compiles']>>({ count: NUMBER, mean: milliseconds('Mean.') }),
    heap: objectOf<Known<ServerSample['heap']>>({ used: NUMBER, committed: NUMBER, max: NUMBER }),
    cpu: SHARE,
    gcCpu: SHARE,
  },
  'error',
  'version',
  'uptime',
  'jrubies',
  'routes',
  'requests',
  'compiles',
  'heap',
  'cpu',
  'gcCpu',
);

/** Schema of a sample of PuppetDB. Without an answer, it has no figures. */
export const PUPPETDB_SAMPLE = objectOf<PuppetdbSample>(
  {
    kind: { const: 'puppetdb' },
    at: EPOCH,
    error: ERROR,
    queueDepth: NUMBER,
  },
  'error',
  'queueDepth',
);

const ABOUT = objectOf<Reduced['about']>({
  os: TEXT,
  kernel: TEXT,
  systemd: TEXT,
  processors: COUNT,
  memory: { ...NUMBER, description: 'Bytes.' },
  agents: { ...mapOf(null, TEXT), description: 'Versions of agents by base image.' },
});

const HOST_WINDOW = objectOf<HostWindow>({
  at: milliseconds('Since the test began.'),
  cpu: SHARE,
  pressure: nullable(objectOf<Known<HostWindow['pressure']>>({ cpu: SHARE, memory: SHARE, io: SHARE })),
  memoryAvailable: { ...NUMBER, description: 'Bytes.' },
  runnable: { ...NUMBER, description: 'Runnable tasks.' },
  running: { ...NUMBER, description: 'Runs in progress.' },
  retransmits: { ...NUMBER, description: 'TCP segments sent again.' },
  networkErrors: { ...NUMBER, description: 'Errors and drops of network interfaces.' },
});

/** Schema of the part of a result that is about one load host. */
export const HOST_RESULT = objectOf<HostResult>({
  name: TEXT,
  state: { enum: ['done', 'running', 'stopped', 'failed', 'missing'] },
  about: nullable(ABOUT),
  clock: nullable(
    objectOf<Known<Reduced['clock']>>({
      offset: milliseconds("By which the host's clock is ahead of the server's."),
      uncertainty: milliseconds('Of the offset.'),
    }),
  ),
  arrivals: COUNT,
  lateness: objectOf<HostResult['lateness']>({
    p50: milliseconds('By which runs started late.'),
    p99: milliseconds('By which runs started late.'),
    max: milliseconds('By which runs started late.'),
  }),
  cpu: objectOf<HostResult['cpu']>({
    driver: { ...NUMBER, description: 'CPU seconds of the driver.' },
    host: { ...NUMBER, description: 'CPU seconds of the host.' },
  }),
  samples: arrayOf(HOST_WINDOW),
});
