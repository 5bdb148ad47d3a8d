import type { SchemaObject } from 'ajv';
import { METRICS } from '../../model/load/profile.ts';
import { OUTCOMES } from '../../model/load/record.ts';
import {
  BOTTLENECKS,
  type Figures,
  type Latency,
  type ObjectiveResult,
  type Result,
  type ResultWindow,
  type Verdict,
} from '../../model/load/result.ts';
import type { Roster, RosterGroup, RosterHost } from '../../model/load/roster.ts';
import { NORMALIZED_PROFILE, OBJECTIVE } from './profile.schema.ts';
import { HOST_RESULT, PUPPETDB_SAMPLE, SERVER_SAMPLE } from './samples.schema.ts';
import {
  arrayOf,
  COUNT,
  mapOf,
  milliseconds,
  NUMBER,
  nullable,
  objectOf,
  seconds,
  TEXT,
} from './schema-of.ts';

type Item<T> = T extends readonly (infer I)[] ? I : never;

const HISTOGRAM: SchemaObject = {
  ...TEXT,
  description: 'Histogram of milliseconds in the compressed encoding of HdrHistogram, version 2, as base64.',
};
const HISTOGRAMS = mapOf(METRICS, HISTOGRAM);
const COUNTS_BY_OUTCOME = mapOf(OUTCOMES, COUNT);
const COUNTS_BY_STATUS = { ...mapOf(null, COUNT), description: 'HTTP statuses of failed catalogs.' };

const LATENCY = objectOf<Latency>({
  count: COUNT,
  mean: seconds('Mean.'),
  p50: seconds('Median.'),
  p90: seconds('90th percentile.'),
  p95: seconds('95th percentile.'),
  p99: seconds('99th percentile.'),
  p999: seconds('99.9th percentile.'),
  max: seconds('Maximum.'),
  histogram: HISTOGRAM,
});

const FIGURES: { readonly [K in keyof Figures]: SchemaObject } = {
  arrivals: COUNT,
  seconds: seconds('Measured time.'),
  offered: { ...NUMBER, description: 'Arrivals a minute.' },
  achieved: { ...NUMBER, description: 'Runs a minute that ended well.' },
  good: COUNT,
  failed: COUNT,
  dropped: { ...COUNT, description: 'Arrivals whose clone was still busy.' },
  heldBack: { ...COUNT, description: 'Arrivals that the load host did not start.' },
  outcomes: COUNTS_BY_OUTCOME,
  statuses: COUNTS_BY_STATUS,
  latencies: mapOf(METRICS, LATENCY),
};
const NAMED_FIGURES = arrayOf(objectOf<Item<Result['phases']>>({ name: TEXT, ...FIGURES }));

const VERDICT = objectOf<Verdict>({
  passed: { type: 'boolean', description: 'Whether all objectives hold and the result is not refused.' },
  bottleneck: { enum: BOTTLENECKS },
  refused: { type: 'boolean', description: 'Whether the load hosts were the bottleneck.' },
  text: TEXT,
  evidence: arrayOf(TEXT),
  warnings: arrayOf(TEXT),
});

const WINDOW = objectOf<ResultWindow>(
  {
    at: milliseconds('Since the test began.'),
    length: milliseconds('Length.'),
    phase: { ...COUNT, description: 'Index in the profile.' },
    measured: { type: 'boolean', description: 'Whether it is neither in a warm-up nor in a cool-down.' },
    arrivals: COUNT,
    achieved: { ...COUNT, description: 'Runs that ended well in it.' },
    outcomes: COUNTS_BY_OUTCOME,
    p50: seconds('Median of total.'),
    p95: seconds('95th percentile of total.'),
    max: seconds('Maximum of total.'),
    means: mapOf(METRICS, seconds('Mean.')),
    groups: arrayOf(
      objectOf<Item<ResultWindow['groups']>>({
        group: TEXT,
        arrivals: COUNT,
        failed: COUNT,
        latencies: HISTOGRAMS,
      }),
    ),
  },
  'p50',
  'p95',
  'max',
);

const FAILURE = objectOf<Item<Result['failures']>>(
  {
    clone: TEXT,
    outcome: { enum: OUTCOMES },
    at: milliseconds('Since 1970.'),
    status: { type: 'integer', description: 'HTTP status.' },
    message: TEXT,
  },
  'status',
  'message',
);

/** JSON Schema of `result.json`. */
export const RESULT_SCHEMA: SchemaObject = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Result of a load test',
  ...objectOf<Result>({
    version: { const: 1 },
    id: TEXT,
    begin: { ...TEXT, description: 'ISO 8601.' },
    end: { ...TEXT, description: 'ISO 8601.' },
    profile: NORMALIZED_PROFILE,
    roster: objectOf<Roster>({
      hosts: arrayOf(
        objectOf<RosterHost>({
          name: TEXT,
          groups: arrayOf(objectOf<RosterGroup>({ base: TEXT, clones: COUNT })),
        }),
      ),
    }),
    verdict: VERDICT,
    objectives: arrayOf(
      objectOf<ObjectiveResult>({ ...OBJECTIVE, value: nullable(NUMBER), holds: { type: 'boolean' } }),
    ),
    total: objectOf<Figures>(FIGURES),
    phases: NAMED_FIGURES,
    groups: NAMED_FIGURES,
    windowLength: milliseconds('Length of windows. Those at the end of a part may be shorter.'),
    windows: arrayOf(WINDOW),
    server: objectOf<Result['server']>({
      version: nullable(TEXT),
      samples: arrayOf(SERVER_SAMPLE),
      puppetdb: arrayOf(PUPPETDB_SAMPLE),
    }),
    hosts: arrayOf(HOST_RESULT),
    failures: arrayOf(FAILURE),
    advice: nullable(
      objectOf<NonNullable<Result['advice']>>({
        runsPerMinute: { ...NUMBER, description: 'Maximum that the JRubies allow.' },
        text: TEXT,
      }),
    ),
  }),
};
