import { Ajv } from 'ajv';
import type { Profile } from '../../model/load/profile.ts';
import { BOTTLENECKS } from '../../model/load/result.ts';
import { TaskError } from '../../tasks/lib/contract/errors.ts';
import { NORMALIZED_PROFILE } from '../analysis/profile.schema.ts';
import { arrayOf } from '../analysis/schema-of.ts';
import type { StepResult } from './step.ts';

/** Steps may have more properties, such as the names of their tests. */
const STEP_RESULT = {
  type: 'object',
  properties: {
    runsPerMinute: { type: 'number', exclusiveMinimum: 0 },
    confirm: { type: 'boolean' },
    passed: { type: 'boolean' },
    refused: { type: 'boolean' },
    uncertain: { type: 'boolean' },
    bottleneck: { enum: BOTTLENECKS },
  } satisfies { readonly [K in keyof Required<StepResult>]: object },
  required: ['runsPerMinute', 'confirm', 'passed', 'refused'],
};

const INPUT = {
  type: 'object',
  properties: { history: arrayOf(STEP_RESULT), profile: NORMALIZED_PROFILE },
  required: ['history', 'profile'],
};

/** What a plan passes from step to step of a search. */
export interface SearchInput {
  readonly history: readonly StepResult[];
  /** Its phases do not matter. */
  readonly profile: Profile;
}

/** @throws TaskError `bad-input` with all problems */
export function checkInput(input: { readonly history: unknown; readonly profile: unknown }): SearchInput {
  const validate = new Ajv({ allErrors: true }).compile<SearchInput>(INPUT);
  if (validate(input)) return input;
  const problems = (validate.errors ?? [])
    .slice(0, 10)
    .map(({ instancePath, message }) => `${instancePath.slice(1).replace(/\//g, '.')} ${message}`);
  throw new TaskError('bad-input', `The search cannot go on: ${problems.join('. ')}`, { problems });
}
