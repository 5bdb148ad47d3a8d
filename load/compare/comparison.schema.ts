import type { SchemaObject } from 'ajv';
import {
  COMPARED,
  type ComparedFigure,
  type ComparedSide,
  type Comparison,
} from '../../model/load/comparison.ts';
import { METRICS } from '../../model/load/profile.ts';
import { arrayOf, COUNT, NUMBER, nullable, objectOf, TEXT } from '../analysis/schema-of.ts';

const SIDE = objectOf<ComparedSide>({
  ids: { ...arrayOf(TEXT), description: 'Names of the tests.' },
  group: { ...nullable(TEXT), description: 'Base image whose clones are compared; null for all.' },
  windows: { ...COUNT, description: 'Measured windows.' },
  arrivals: { ...COUNT, description: 'Arrivals in measured windows.' },
});

const FIGURE = objectOf<ComparedFigure>({
  figure: { enum: COMPARED },
  metric: {
    ...nullable({ enum: METRICS }),
    description: 'What the latency is of; null for loads and shares.',
  },
  group: { ...nullable(TEXT), description: 'Base image whose clones it is about; null for all.' },
  unit: { enum: ['runs/min', '%', 's'] },
  before: { ...nullable(NUMBER), description: 'Null if it was not measured.' },
  after: nullable(NUMBER),
  difference: { ...nullable(NUMBER), description: 'after - before.' },
  percent: { ...nullable(NUMBER), description: 'The difference as a percentage of before.' },
  interval: {
    ...nullable(objectOf<NonNullable<ComparedFigure['interval']>>({ low: NUMBER, high: NUMBER })),
    description: 'Confidence interval of the difference; null if there are too few windows or runs to tell.',
  },
  verdict: { enum: ['regressed', 'improved', 'no_claim'] },
});

/** JSON Schema of `compare.json`. */
export const COMPARISON_SCHEMA: SchemaObject = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Comparison of load tests',
  ...objectOf<Comparison>({
    version: { const: 1 },
    before: SIDE,
    after: SIDE,
    maxRegression: { ...NUMBER, description: 'Percentage by which a figure may be worse.' },
    confidence: { ...NUMBER, description: 'Probability that all intervals hold, from 0 to 1.' },
    passed: { type: 'boolean', description: 'Whether no figure regressed.' },
    figures: arrayOf(FIGURE),
    warnings: arrayOf(TEXT),
  }),
};
