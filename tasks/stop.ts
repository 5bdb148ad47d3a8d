import { rootOf } from '../model/names.ts';
import type { Answer, InputOf, TaskDefinition } from '../model/task.ts';
import { BASE, CLONES, DETAIL, TIMEOUT } from './lib/answer/parameters.ts';
import type { TaskContext } from './lib/contract/task-module.ts';
import { stopPlan } from './lib/fleet/chains.ts';
import { problemsFor, runTransition, type Transition } from './lib/fleet/transition.ts';
import { Unmounter } from './lib/fleet/unmounter.ts';
import { isIdle, isDown } from './lib/systemd/clone-state.ts';
import { parseRefusals } from './lib/systemd/refused-units.ts';

export const definition = {
  name: 'stop',
  description:
    'Stop clones, and wait until they are gone and their roots are unmounted, so that their layers may be edited.',
  supportsNoop: true,
  parameters: { clones: CLONES, base: BASE, timeout: TIMEOUT, detail: DETAIL },
} as const satisfies TaskDefinition;

/** Stops clones; one that is stopped already is left alone. */
export function run(input: InputOf<typeof definition>, call: TaskContext): Promise<Answer> {
  return runTransition(STOP, input, call);
}

const STOP: Transition = {
  words: { done: 'stopped', already: 'already stopped', would: 'would stop' },
  isInTargetState: ({ service, mount }) => [service, mount].every((unit) => isDown(unit) && isIdle(unit)),
  isFinished: ({ service, mount }) => isIdle(service) && isIdle(mount),
  plan: stopPlan,

  // Nothing keeps a unit from being stopped that systemd knows of beforehand; masked ones stop like others.
  obstacles: async () => new Map(),

  async begin(host, clones) {
    // Against the fleet's order: lanes work backwards in stopping, and each then waits for the one behind it. What is
    // mounted goes by umount; a mount that is still to come is called off.
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

  unmounter: Unmounter.of,

  explain: async (_host, clones, refusals) =>
    problemsFor(clones, ({ name, service, mount }) => {
      const journal = `journalctl -u ${service.name}`;
      const refusal = refusals.get(service.name) ?? refusals.get(mount.name);
      if (refusal !== undefined) return `${refusal}: ${journal}`;
      if (!isDown(service)) return `runs again, because something else started it: ${journal}`;
      return `its root is still mounted, so something uses it: fuser -vm ${rootOf(name)}`;
    }),
};
