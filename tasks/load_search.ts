import { PROFILE_LIMITS } from '../load/profile/limits.ts';
import { capacityOf } from '../load/search/capacity.ts';
import { checkInput } from '../load/search/check-input.ts';
import { budgetLeft, nextStep } from '../load/search/next-step.ts';
import type { SearchOptions, Step } from '../load/search/step.ts';
import { stepProfile, stepSeconds } from '../load/search/step-profile.ts';
import { SCHEMAS } from '../model/limits.ts';
import type { Answer, InputOf, TaskDefinition } from '../model/task.ts';
import { PROFILE_INPUT_MAX } from './lib/answer/input.ts';

const { runsPerMinute, searchStep, searchSteps } = PROFILE_LIMITS;
const LOAD = { type: 'integer', minimum: 1, maximum: runsPerMinute } as const;
const SECONDS = { type: 'integer', minimum: searchStep.min, maximum: searchStep.max } as const;

export const definition = {
  name: 'load_search',
  description:
    'Choose the next step of a search for the highest load that a server takes, or tell its result.',
  supportsNoop: false,
  private: true,
  inputMax: PROFILE_INPUT_MAX,
  parameters: {
    profile: {
      description:
        'A profile as load_profile answers it. Steps have its objectives, workload and base images, but a steady load of their own.',
      schema: { type: 'object', additionalProperties: true },
      required: true,
    },
    history: {
      description:
        'The steps so far: runsPerMinute, confirm, passed and refused of each; uncertain and bottleneck if known. None if omitted.',
      schema: { type: 'array', items: { type: 'object', additionalProperties: true } },
    },
    run_interval: {
      description: 'Seconds between the runs of an agent, to tell the result in agents.',
      schema: SCHEMAS.run_interval,
      default: 1800,
    },
    start: { description: 'First load, in runs a minute.', schema: LOAD, default: 10 },
    most: { description: 'Highest load to try, in runs a minute.', schema: LOAD, default: runsPerMinute },
    tolerance: {
      description:
        'How far apart the highest load that passed and the lowest that failed may be, as a percentage.',
      schema: { type: 'integer', minimum: 1, maximum: 100 },
      default: 10,
    },
    steps: {
      description: 'Maximum number of steps.',
      schema: { type: 'integer', minimum: 1, maximum: searchSteps },
      default: 16,
    },
    step_seconds: {
      description:
        'Length of a step. Default: as long as the limits of the objectives and the tolerance need, and shorter while loads are far apart.',
      schema: SECONDS,
    },
    confirm_seconds: {
      description: 'Length of the step that confirms the result. Default: about twice that of other steps.',
      schema: SECONDS,
    },
  },
} as const satisfies TaskDefinition;

/**
 * Chooses the next step.
 *
 * @returns `next` with its load and profile, or null if `done`; `answer`, what is known of the capacity; `planned`, the
 *   steps and seconds that the rest takes at most; and a `text` about the next step or the result
 * @throws TaskError `bad-input` if the profile or the history is invalid
 */
export async function run(input: InputOf<typeof definition>): Promise<Answer> {
  const { history, profile } = checkInput({ history: input.history ?? [], profile: input.profile });
  const tolerance = input.tolerance / 100;
  const usual = stepSeconds(profile.slo, tolerance);
  const options: SearchOptions = {
    ...{ start: Math.min(input.start, input.most), most: input.most, tolerance, steps: input.steps },
    seconds: {
      least: input.step_seconds ?? usual.least,
      step: input.step_seconds ?? usual.step,
      confirm: input.confirm_seconds ?? usual.confirm,
    },
  };

  const step = nextStep(history, options);
  const answer = capacityOf(history, options, input.run_interval);
  const number = history.length + 1;
  return {
    done: step === null,
    next: step && { number, ...step, profile: stepProfile(step, profile) },
    answer,
    planned: step === null ? { steps: 0, seconds: 0 } : budgetLeft(history, options),
    text: step === null ? answer.text : describe(step, number, options.steps),
  };
}

function describe({ runsPerMinute, seconds, confirm }: Step, number: number, most: number): string {
  const purpose = confirm ? ', to confirm the result' : '';
  return `Step ${number} of at most ${most}: ${runsPerMinute} runs a minute for ${seconds} s${purpose}`;
}
