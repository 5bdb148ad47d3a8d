import { preparationOf } from '../clone/preparation.ts';
import type { Host } from '../contract/host.ts';
import { isDown, isIdle, stateOf } from '../systemd/clone-state.ts';
import type { CloneWithUnits } from '../systemd/clone-units.ts';
import { queueStarts } from '../systemd/queue-starts.ts';
import { rollingPlan } from './chains.ts';
import { explainStart, startObstacles } from './start-problems.ts';
import { type Problems, problemsFor, type Transition } from './transition.ts';
import { stillMounted } from './unmounter.ts';

/**
 * A restart of the clones that are up, as many at a time as there are lanes.
 *
 * systemd restarts the mount of each clone, and with it the clone, in one job: the root is unmounted, prepared and
 * mounted again with the current layers. Jobs in progress are completed even if the task is interrupted.
 */
export function restartOf(host: Host): Transition {
  /** By name of the clone, the preparation that its root was mounted after when its restart was submitted. */
  const submitted = new Map<string, string | undefined>();
  // systemd starts a clone again even if its root could not be unmounted.
  const isRemounted = ({ name }: CloneWithUnits) => preparationOf(host, name) !== submitted.get(name);
  return {
    words: { done: 'restarted', already: 'not running', would: 'would restart' },
    isInTargetState: (clone) =>
      submitted.has(clone.name) ? stateOf(clone) === 'running' && isRemounted(clone) : !isUp(clone),
    isFinished: ({ service, mount }) => isIdle(service) && isIdle(mount),
    plan: rollingPlan,
    obstacles: startObstacles,

    submit(_, candidates) {
      // A masked clone would be stopped but not started.
      const clones = candidates.filter(({ service }) => service.load !== 'masked');
      for (const { name } of clones) submitted.set(name, preparationOf(host, name));
      return queueStarts(host, 'restart', clones);
    },

    explain: async (_, clones, refusals) => {
      const isOld = (clone: CloneWithUnits) => submitted.has(clone.name) && stateOf(clone) === 'running';
      const old = problemsFor(
        clones.filter(isOld),
        (clone) => refusals.get(clone.mount.name) ?? stillMounted(clone),
      );
      return new Map([...(await explainRestart(host, clones, refusals)), ...old]);
    },
  };
}

/** Explains by clone why clones are not running after a restart. */
export async function explainRestart(
  host: Host,
  clones: readonly CloneWithUnits[],
  refusals: Problems,
): Promise<Problems> {
  const isBusy = ({ service, mount }: CloneWithUnits) => isDown(service) && !isDown(mount);
  const busy = problemsFor(clones.filter(isBusy), stillMounted);
  return new Map([...(await explainStart(host, clones, refusals)), ...busy]);
}

/** Whether the clone is running, or on its way up with layers that may be outdated. */
export function isUp({ service }: CloneWithUnits): boolean {
  return !isDown(service) && service.active !== 'deactivating';
}
