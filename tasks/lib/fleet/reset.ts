import * as fs from 'node:fs';
import { prepareUnitOf, resetRequestOf } from '../../../model/names.ts';
import type { Host } from '../contract/host.ts';
import { isDown, isIdle, stateOf } from '../systemd/clone-state.ts';
import type { CloneWithUnits } from '../systemd/clone-units.ts';
import { queueStarts } from '../systemd/queue-starts.ts';
import { parseRefusals } from '../systemd/refused-units.ts';
import { rollingPlan } from './chains.ts';
import { explainRestart, isUp } from './restart.ts';
import { startObstacles } from './start-problems.ts';
import { problemsFor, type Transition } from './transition.ts';
import { stillMounted } from './unmounter.ts';

/** What a reset keeps of a clone's overlay: a folder, nothing (`''`), or the problem with finding out. */
export type Kept = { readonly folder: string } | { readonly problem: string };

/**
 * A reset of clones. Clones that are up are restarted; the others stay down.
 *
 * The task only requests the reset, in a file that `prepare-clone` reads while the clone is down and its root is not
 * mounted. systemd therefore completes a reset even if the task is interrupted.
 *
 * @param next - what else there is to do
 */
export function resetOf(kept: (clone: CloneWithUnits) => Kept, next?: string): Transition {
  /** By name of the clone, whether it was up when its reset was submitted. */
  const submitted = new Map<string, boolean>();
  let requested = (_clone: string): boolean => false;

  const problemOf = (clone: CloneWithUnits) => {
    const folder = kept(clone);
    return 'problem' in folder ? folder.problem : undefined;
  };

  return {
    words: { done: 'reset', already: 'unchanged', would: 'would be reset', next },
    plan: rollingPlan,
    isFinished: ({ service, mount }) => isIdle(service) && isIdle(mount),
    isInTargetState(clone) {
      const wasUp = submitted.get(clone.name);
      if (wasUp === undefined || requested(clone.name)) return false;
      return stateOf(clone) === 'running' || (!wasUp && isDown(clone.service) && isDown(clone.mount));
    },

    async obstacles(host, clones) {
      const up = await startObstacles(host, clones.filter(isUp));
      return new Map([...problemsFor(clones, problemOf), ...up]);
    },

    async submit(host, candidates) {
      requested = (clone) => fs.existsSync(host.root + resetRequestOf(host.names, clone));
      // A masked clone would be stopped but not started.
      const clones = candidates.filter(
        (clone) => problemOf(clone) === undefined && !(isUp(clone) && clone.service.load === 'masked'),
      );
      for (const clone of clones) {
        const folder = kept(clone);
        request(host, clone.name, 'folder' in folder ? folder.folder : '');
        submitted.set(clone.name, isUp(clone));
      }
      const isMounted = (clone: CloneWithUnits) =>
        isUp(clone) || !isDown(clone.mount) || !isIdle(clone.mount);
      const refusals = await queueStarts(host, 'restart', clones.filter(isMounted));
      const units = clones
        .filter((clone) => !isMounted(clone))
        .map(({ name }) => prepareUnitOf(host.names, name));
      if (units.length === 0) return refusals;
      // Only the restarts take long enough to wait for them elsewhere.
      const { stderr } = await host.systemctl(['start', ...units]);
      return new Map([...refusals, ...parseRefusals(stderr)]);
    },

    async explain(host, clones, refusals) {
      const others = await explainRestart(host, clones, refusals);
      return problemsFor(clones, (clone) => {
        const cancelled = cancel(host, clone);
        if (cancelled !== undefined) submitted.delete(clone.name);
        return cancelled ?? problemOf(clone) ?? others.get(clone.name);
      });
    },
  };
}

/** Writes a request in one step. */
function request({ names, root }: Host, clone: string, folder: string): void {
  const file = root + resetRequestOf(names, clone);
  fs.writeFileSync(`${file}.new`, `${folder}\n`, { mode: 0o600 });
  fs.renameSync(`${file}.new`, file);
}

/** Withdraws a request that was not carried out, and says where to find the reason. Returns undefined if it was. */
function cancel({ names, root }: Host, clone: CloneWithUnits): string | undefined {
  const file = root + resetRequestOf(names, clone.name);
  if (!fs.existsSync(file)) return undefined;
  const journal = `see journalctl -u ${prepareUnitOf(names, clone.name)}`;
  // Once the old overlay has moved, only the next start can complete the reset.
  if (fs.existsSync(`${file}-old`))
    return `its reset is not complete, and continues at its next start: ${journal}`;
  fs.unlinkSync(file);
  if (isUp(clone)) return `it was not reset: ${stillMounted(clone)}`;
  return `it was not reset: ${journal}`;
}
