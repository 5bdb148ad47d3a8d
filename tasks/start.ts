import type { Answer, InputOf, TaskDefinition } from '../model/task.ts';
import { BASE, CLONES, DETAIL, TIMEOUT } from './lib/answer/parameters.ts';
import type { TaskContext } from './lib/contract/task-module.ts';
import { startPlan } from './lib/fleet/chains.ts';
import { explainStart, startObstacles } from './lib/fleet/start-problems.ts';
import { runTransition, type Transition } from './lib/fleet/transition.ts';
import { isIdle, stateOf } from './lib/systemd/clone-state.ts';
import { parseRefusals } from './lib/systemd/refused-units.ts';

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

  async submit(host, candidates) {
    const clones = candidates.filter(({ service }) => service.job !== 'start');
    if (clones.length === 0) return new Map();
    // systemd counts starts, so that a clone that dies again and again stays down. Those that somebody asks for are not
    // meant, and a clone that was stopped and started several times in a minute would be refused.
    const counted = clones.flatMap(({ service, mount }) =>
      mount.active === 'failed' ? [service, mount] : [service],
    );
    await host.systemctl(['reset-failed', ...counted.map(({ name }) => name)]);
    // In fleet order, so that each clone waits for its predecessor in the lane, whose start is already queued.
    const { stderr } = await host.systemctl([
      'start',
      '--no-block',
      ...clones.map(({ service }) => service.name),
    ]);
    return parseRefusals(stderr);
  },

  explain: explainStart,
};
