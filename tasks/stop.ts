import type { Answer, InputOf, TaskDefinition } from '../model/task.ts';
import { BASE, CLONES, DETAIL, TIMEOUT } from './lib/answer/parameters.ts';
import type { TaskContext } from './lib/contract/task-module.ts';
import { stopPlan } from './lib/fleet/chains.ts';
import { problemsFor, runTransition, type Transition } from './lib/fleet/transition.ts';
import { stillMounted, Unmounter } from './lib/fleet/unmounter.ts';
import { isDown, isIdle } from './lib/systemd/clone-state.ts';
import { parseRefusals } from './lib/systemd/refused-units.ts';

export const definition = {
  name: 'stop',
  description: 'Stop clones, and wait until their roots are unmounted, so that their layers can be edited.',
  supportsNoop: true,
  parameters: { clones: CLONES, base: BASE, timeout: TIMEOUT, detail: DETAIL },
} as const satisfies TaskDefinition;

/** Stops clones. Clones that are already stopped are not changed. */
export function run(input: InputOf<typeof definition>, context: TaskContext): Promise<Answer> {
  return runTransition(STOP, input, context);
}

const STOP: Transition = {
  words: { done: 'stopped', already: 'already stopped', would: 'would stop' },
  isInTargetState: ({ service, mount }) => [service, mount].every((unit) => isDown(unit) && isIdle(unit)),
  isFinished: ({ service, mount }) => isIdle(service) && isIdle(mount),
  plan: stopPlan,

  // No problem with a stop can be known in advance. Masked units can be stopped, too.
  obstacles: async () => new Map(),

  async submit(host, clones) {
    // In reverse fleet order, because ordering within lanes is reversed for stops. Active mounts are left to the
    // unmounter. Pending mount jobs are cancelled.
    const units = [...clones]
      .reverse()
      .flatMap(({ service, mount }) => [
        ...(isDown(service) && isIdle(service) ? [] : [service]),
        ...(isIdle(mount) ? [] : [mount]),
      ]);
    if (units.length === 0) return new Map();
    const { stderr } = await host.systemctl(['stop', '--no-block', ...units.map(({ name }) => name)]);
    return parseRefusals(stderr);
  },

  unmounter: Unmounter.create,

  explain: async (_host, clones, refusals) =>
    problemsFor(clones, (clone) => {
      const { service, mount } = clone;
      const journal = `see journalctl -u ${service.name}`;
      const refusal = refusals.get(service.name) ?? refusals.get(mount.name);
      if (refusal !== undefined) return `${refusal}: ${journal}`;
      if (!isDown(service)) return `running again, because something else started it: ${journal}`;
      return stillMounted(clone);
    }),
};
