import type { SchemaObject } from 'ajv';
import {
  type Facts,
  METRICS,
  type Objective,
  type Phase,
  type Profile,
  type Stream,
  type Workload,
} from '../../model/load/profile.ts';
import { arrayOf, COUNT, milliseconds, NUMBER, nullable, objectOf, TEXT } from './schema-of.ts';

type StreamOf<K extends Stream['kind']> = Extract<Stream, { readonly kind: K }>;

const RATE: SchemaObject = { ...NUMBER, description: 'Runs a minute.' };
const AT = milliseconds('Since the phase began.');
const LENGTH = milliseconds('Length.');

const STREAM: SchemaObject = {
  anyOf: [
    objectOf<StreamOf<'rate'>>({ kind: { const: 'rate' }, at: AT, length: LENGTH, from: RATE, to: RATE }),
    objectOf<StreamOf<'interval'>>({
      kind: { const: 'interval' },
      at: AT,
      length: LENGTH,
      interval: milliseconds('Every clone runs once in each interval.'),
    }),
    objectOf<StreamOf<'once'>>({ kind: { const: 'once' }, at: AT, length: LENGTH }),
    objectOf<StreamOf<'times'>>({ kind: { const: 'times' }, at: AT, times: arrayOf(NUMBER) }),
  ],
};

const PHASE = objectOf<Phase>({
  name: TEXT,
  length: LENGTH,
  warmUp: milliseconds('At the beginning, left out of the figures.'),
  coolDown: milliseconds('At the end, left out of the figures.'),
  streams: arrayOf(STREAM),
});

/** Properties of an objective, which its result has too. */
export const OBJECTIVE: { readonly [K in keyof Objective]: SchemaObject } = {
  text: { ...TEXT, description: 'The objective as the user wrote it.' },
  figure: {
    enum: ['failed', 'dropped', 'failed_percent', 'dropped_percent', 'mean', 'max', 'percentile'],
  },
  percentile: nullable({ type: 'number', minimum: 0, maximum: 100 }),
  metric: nullable({ enum: METRICS }),
  group: nullable({ ...TEXT, description: 'Base image of the clones; null for all.' }),
  comparison: { enum: ['<', '<=', '='] },
  limit: { ...NUMBER, description: 'A number of runs, a percentage of arrivals, or seconds.' },
};

const FACTS = objectOf<Facts>({
  count: COUNT,
  size: COUNT,
  depth: COUNT,
  changing: { ...NUMBER, description: 'Percentage of facts that change with each run.' },
});

/** Schema of a profile with all defaults filled in. */
export const NORMALIZED_PROFILE = objectOf<Profile>({
  name: TEXT,
  seed: { type: 'integer' },
  phases: arrayOf(PHASE),
  slo: arrayOf(objectOf<Objective>(OBJECTIVE)),
  timeout: { ...NUMBER, description: 'Seconds after which a run is given up.' },
  arrivals: { enum: ['even', 'poisson'] },
  bases: nullable(arrayOf(TEXT)),
  workload: objectOf<Workload>({
    facts: nullable(FACTS),
    agentOptions: arrayOf(TEXT),
    churn: { ...NUMBER, description: 'Clones an hour that come back with another name.' },
  }),
});
