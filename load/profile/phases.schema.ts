import type { SchemaObject } from 'ajv';
import { DURATION } from './duration.ts';
import { PROFILE_LIMITS } from './limits.ts';

/** Text that is easy to read in charts, and safe in file names. */
export const NAME = {
  type: 'string',
  description: 'up to 60 letters, digits, spaces, dots, hyphens and underscores',
  pattern: '^[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}$',
} as const;

const rate = (what: string, minimum = 0) =>
  ({ type: 'number', description: what, minimum, maximum: PROFILE_LIMITS.runsPerMinute }) as const;

const duration = (what: string) => ({ ...DURATION, description: `${what}, ${DURATION.description}` });

const load = (what: string) => ({ ...rate(what, 1), type: 'integer' }) as const;

/** Keys of phases whose load does not change. One of the two has to be there. */
const constant = {
  runs_per_minute: rate('runs a minute, over all hosts'),
  every: duration('the interval in which each clone runs once'),
};

/** Keys of each kind of phase, and which of them are required. */
const KINDS: Readonly<
  Record<string, { description: string; required: string[]; properties: Record<string, SchemaObject> }>
> = {
  steady: {
    description: 'The same load all the time.',
    required: ['for'],
    properties: { ...constant, for: duration('the length of the phase') },
  },
  ramp: {
    description: 'A load that grows or shrinks, in a line or in steps.',
    required: ['from', 'to', 'over'],
    properties: {
      from: rate('runs a minute at the beginning'),
      to: rate('runs a minute at the end'),
      over: duration('the length of the phase'),
      steps: {
        type: 'integer',
        description: 'number of steps, each with a load that does not change; a line if omitted',
        minimum: 2,
        maximum: PROFILE_LIMITS.steps,
      },
    },
  },
  herd: {
    description: 'Every clone runs once, as after an outage or a deployment.',
    required: ['within'],
    properties: {
      within: duration('the time in which all runs begin'),
      for: duration('the length of the phase; as long as the herd if omitted'),
    },
  },
  spike: {
    description: 'A steady load, with more runs for some time.',
    required: ['for', 'after', 'lasts'],
    properties: {
      ...constant,
      for: duration('the length of the phase'),
      after: duration('the time before the spike'),
      lasts: duration('the length of the spike'),
      extra_runs_per_minute: rate('runs a minute in addition; every clone once if omitted'),
    },
  },
  soak: {
    description: 'A steady load for hours or days, by default at the interval of production agents.',
    required: ['for'],
    properties: { ...constant, for: duration('the length of the phase') },
  },
  replay: {
    description: 'Runs at given times, such as those in the access log of a server.',
    required: [],
    properties: {
      file: {
        type: 'string',
        description: 'name of a file: a Puppet server’s access log, or a time in each line',
        minLength: 1,
      },
      times: {
        type: 'array',
        description: 'seconds since the phase began',
        items: { type: 'number', minimum: 0, maximum: PROFILE_LIMITS.phase.max / 1000 },
        minItems: 1,
        maxItems: PROFILE_LIMITS.times,
      },
      speed: {
        type: 'number',
        description: 'how much faster than recorded; 1 if omitted',
        minimum: 0.01,
        maximum: 1000,
      },
      for: duration('the length of the phase; until the last run begins if omitted'),
    },
  },
  search: {
    description:
      'The search for the highest load that the server takes, which the plan capacity runs. It is the only phase.',
    required: [],
    properties: {
      start: load('first load, in runs a minute; 10 if omitted'),
      max_runs_per_minute: load('highest load to try; as high as the load hosts can if omitted'),
      tolerance: {
        type: 'integer',
        description:
          'how far apart the highest load that passed and the lowest that failed may be, as a percentage; 10 if omitted',
        minimum: 1,
        maximum: 100,
      },
      steps: {
        type: 'integer',
        description: 'maximum number of tests; 16 if omitted',
        minimum: 1,
        maximum: PROFILE_LIMITS.searchSteps,
      },
      step: duration('the length of each test; as long as the objectives and the tolerance need if omitted'),
      confirm: duration('the length of the test that confirms the result; about twice as long if omitted'),
    },
  },
};

/** Keys of the phases of a test. Those of a search are its own affair. */
const COMMON = {
  warm_up: duration('the time at the beginning that is left out of the figures'),
  cool_down: duration('the time at the end that is left out of the figures'),
};

/** Schema of a phase. The kind decides which keys it has. */
export const PHASE_SCHEMA: SchemaObject = {
  type: 'object',
  discriminator: { propertyName: 'kind' },
  oneOf: Object.entries(KINDS).map(([kind, { description, required, properties }]) => ({
    description,
    properties: {
      kind: { const: kind },
      name: { ...NAME, description: `name of the phase, ${NAME.description}` },
      ...properties,
      ...(kind === 'search' ? {} : COMMON),
    },
    required: ['kind', ...required],
    additionalProperties: false,
  })),
};
