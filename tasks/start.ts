import type { Answer, InputOf, TaskDefinition } from '../model/task.ts';
import { BASE, CLONES, DETAIL, TIMEOUT } from './lib/answer/parameters.ts';
import type { Host } from './lib/contract/host.ts';
import type { TaskContext } from './lib/contract/task-module.ts';
import { startPlan } from './lib/fleet/chains.ts';
import { problemsFor, runTransition, type Transition } from './lib/fleet/transition.ts';
import { isIdle, stateOf } from './lib/systemd/clone-state.ts';
import { type CloneWithUnits, readProperties, type Unit } from './lib/systemd/clone-units.ts';
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

  async obstacles(host, clones) {
    const properties = await readProperties(host, clones.map(serviceName), ['LoadState']);
    return problemsFor(clones, (clone) =>
      obstacle(host, clone, properties.get(serviceName(clone))?.LoadState),
    );
  },

  async submit(host, candidates) {
    const clones = candidates.filter(({ service }) => service.job !== 'start');
    if (clones.length === 0) return new Map();
    // systemd counts failed attempts and refuses to start a unit that has too many of them.
    const failed = clones
      .flatMap(({ service, mount }) => [service, mount])
      .filter(({ active }) => active === 'failed');
    if (failed.length > 0) await host.systemctl(['reset-failed', ...failed.map(({ name }) => name)]);
    // In fleet order, so that each clone waits for its predecessor in the lane, whose start is already queued.
    const { stderr } = await host.systemctl(['start', '--no-block', ...clones.map(serviceName)]);
    return parseRefusals(stderr);
  },

  async explain(host, clones, refusals) {
    const properties = await readProperties(host, clones.map(serviceName), ['LoadState', 'Result']);
    return problemsFor(clones, (clone) => {
      const { service, mount } = clone;
      const { LoadState, Result } = properties.get(service.name) ?? {};
      return (
        obstacle(host, clone, LoadState) ??
        (mount.active === 'failed' && service.active !== 'failed'
          ? `its root was not mounted: see journalctl -u '${mount.name}'`
          : `${refusals.get(service.name) ?? whyFailed(service, Result)}: see journalctl -u ${service.name}`)
      );
    });
  },
};

function serviceName({ service }: CloneWithUnits): string {
  return service.name;
}

function obstacle(
  { names }: Host,
  { service }: CloneWithUnits,
  load: string | undefined,
): string | undefined {
  if (load === 'masked') return `masked: run systemctl unmask ${service.name}`;
  if (load === 'not-found') return `unit ${service.name} does not exist: apply class ${names.module} again`;
  return undefined;
}

function whyFailed({ active }: Unit, result: string | undefined): string {
  return active === 'failed' ? `failed (${result})` : `${active} after a start request`;
}
