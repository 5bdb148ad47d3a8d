import type { SchemaObject } from 'ajv';
import { DURATION } from './duration.ts';
import { PROFILE_LIMITS } from './limits.ts';
import { NAME, PHASE_SCHEMA } from './phases.schema.ts';

const { facts, churn, phases } = PROFILE_LIMITS;

/** Schema of a profile as people write it. `read-profile.ts` has the checks that depend on several keys. */
export const PROFILE_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Profile of a load test',
  type: 'object',
  properties: {
    name: { ...NAME, description: `name of the test, ${NAME.description}; that of the file if omitted` },
    seed: {
      type: 'integer',
      description: 'decides the order of clones and all random choices; 1 if omitted',
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
    },
    phases: {
      type: 'array',
      description: 'parts of the test, one after the other',
      items: PHASE_SCHEMA,
      minItems: 1,
      maxItems: phases,
    },
    slo: {
      type: 'array',
      description: 'what has to hold for the test to pass, such as p95(total) <= 30s',
      items: { type: 'string' },
      minItems: 1,
    },
    timeout: {
      ...DURATION,
      description: `when a run is given up, ${DURATION.description}; 10m if omitted`,
    },
    arrivals: {
      type: 'string',
      description:
        'whether gaps between arrivals are equal, or random as those of independent agents; even if omitted',
      enum: ['even', 'poisson'],
    },
    bases: {
      type: 'array',
      description: 'base images whose clones take part; all if omitted',
      items: { type: 'string', minLength: 1 },
      minItems: 1,
      uniqueItems: true,
    },
    workload: {
      type: 'object',
      description: 'what runs have to do in addition to their catalog',
      properties: {
        facts: {
          type: 'object',
          description: 'generated external facts of each clone',
          properties: {
            count: { type: 'integer', description: 'number of facts', minimum: 1, maximum: facts.count },
            size: {
              type: 'integer',
              description: 'characters in each value',
              minimum: 1,
              maximum: facts.size,
            },
            depth: {
              type: 'integer',
              description: 'levels of hashes around each value',
              minimum: 0,
              maximum: facts.depth,
            },
            changing: {
              type: 'number',
              description: 'percentage that changes in each run',
              minimum: 0,
              maximum: 100,
            },
          },
          required: ['count'],
          additionalProperties: false,
        },
        agent_options: {
          type: 'array',
          description: 'more options for puppet agent',
          items: {
            type: 'string',
            description: 'a long option of puppet agent, such as --noop or --environment=load',
            pattern: '^--[a-z][a-z0-9_-]*(=[A-Za-z0-9_.,:/@+-]*)?$',
          },
          uniqueItems: true,
        },
        churn: {
          type: 'number',
          description: 'clones an hour that get another name and certificate',
          minimum: 0,
          maximum: churn,
        },
      },
      additionalProperties: false,
    },
  },
  required: ['phases'],
  additionalProperties: false,
} as const satisfies SchemaObject;

/** What a profile that lacks these keys has. */
export const DEFAULTS = {
  seed: 1,
  timeout: '10m',
  arrivals: 'even',
  slo: ['failed = 0', 'dropped = 0', 'p95(total) <= 30s'],
  facts: { size: 20, depth: 0, changing: 0 },
} as const;
