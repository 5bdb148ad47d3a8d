import type { Answer, InputOf, TaskDefinition } from '../model/task.ts';
import { BASE, CLONES, DETAIL, TIMEOUT } from './lib/answer/parameters.ts';
import type { TaskContext } from './lib/contract/task-module.ts';
import { startPlan } from './lib/fleet/chains.ts';
import { explainStart, startObstacles } from './lib/fleet/start-problems.ts';
import { runTransition, type Transition } from './lib/fleet/transition.ts';
import { isIdle, stateOf } from './lib/systemd/clone-state.ts';
import { queueStarts } from './lib/systemd/queue-starts.ts';

export const definition = {
  name: 'start',
  description:
    'Start clones, a few at a time to avoid overloading the host, and wait until they are running.',
  supportsNoop: true,
  parameters: { clones: CLONES, base: BASE, timeout: TIMEOUT, detail: DETAIL },
} as const satisfies TaskDefinition;

/** Starts clones. Clones that are already running are not changed. */
export function run(input: InputOf<typeof definition>, context: TaskContext): Promise<Answer> {
  return runTransition(START, input, context);
}

const START: Transition = {
  words: { done: 'started', already: 'already running', would: 'would start' },
  isInTargetState: (clone) => stateOf(clone) === 'running',
  isFinished: ({ service }) => isIdle(service),
  plan: startPlan,
  obstacles: startObstacles,

  // In fleet order, so that each clone waits for its predecessor in the lane, whose start is already queued.
  submit: (host, clones) =>
    queueStarts(
      host,
      'start',
      clones.filter(({ service }) => service.job !== 'start'),
    ),

  explain: explainStart,
};
