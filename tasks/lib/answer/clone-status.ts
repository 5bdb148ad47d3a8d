import { rootOf } from '../../../model/names.ts';
import type { OlderImage } from '../clone/image.ts';
import type { LastRun } from '../clone/last-run.ts';
import { isoSeconds } from '../clone/time.ts';
import { type State, stateOf } from '../systemd/clone-state.ts';
import type { CloneWithUnits } from '../systemd/clone-units.ts';
import type { Usage } from '../systemd/control-group.ts';

/** What the host knows about a clone without entering it. */
export interface CloneStatus {
  readonly name: string;
  readonly state: State;
  /** Start time in ISO 8601 format; null unless the clone is running. */
  readonly since: string | null;
  /** Memory in bytes; null if the clone is down or its memory is unknown. */
  readonly memory: number | null;
  /** Disk usage of its overlay in bytes, if requested. */
  readonly disk?: number;
  /** Number of times that systemd has restarted it since somebody started it; absent if it has not. */
  readonly restarts?: number;
  /** Seconds since its next agent run was due, if its agent runs by timer and is overdue. */
  readonly overdue?: number;
  readonly base: string;
  /** Whether it runs on an image of its base that was replaced since it started; null if it is down or that is unknown. */
  readonly older_image: boolean | null;
  /** Path of its root, which is mounted while it runs. */
  readonly root: string;
  /** Whether it starts when the host boots. */
  readonly enabled: boolean;
  readonly last_run: LastRun | null;
}

/** Number of clones by state, and sums over all clones. */
export interface Totals {
  readonly clones: number;
  readonly running: number;
  readonly stopped: number;
  readonly starting: number;
  readonly stopping: number;
  readonly failed: number;
  readonly enabled: number;
  /** Number of clones that run on an image that was replaced since they started. */
  readonly older_image: number;
  /** Number of clones whose next agent run is overdue. */
  readonly overdue: number;
  /** Memory in bytes; null if clones are running and the memory of all of them is unknown. */
  readonly memory: number | null;
  /** Disk usage of all overlays in bytes, if requested. */
  readonly disk?: number;
  /** Number of clones whose agent has run at least once. */
  readonly checked_in: number;
  readonly last_run_failed: number;
}

/**
 * Combines the state of a clone's units with data from its control group and its last run.
 *
 * @param isWanted - whether a unit is wanted by the target
 */
export function statusOf(
  clone: CloneWithUnits,
  usageOf: (clone: string) => Usage,
  isWanted: (unit: string) => boolean,
  lastRun: LastRun | null,
  olderImage: OlderImage,
  { disk, restarts }: Pick<CloneStatus, 'disk' | 'restarts'> = {},
): CloneStatus {
  const { name, base, service } = clone;
  const state = stateOf(clone);
  const isDown = state === 'stopped' || state === 'failed';
  const { since, memory } = isDown ? { since: null, memory: null } : usageOf(name);
  return {
    name,
    state,
    since: state === 'running' && since !== null ? isoSeconds(since) : null,
    memory,
    ...(disk === undefined ? {} : { disk }),
    ...(restarts === undefined ? {} : { restarts }),
    base,
    older_image: state === 'running' ? olderImage(clone) : null,
    root: rootOf(name),
    enabled: isWanted(service.name) && service.load !== 'masked',
    last_run: lastRun,
  };
}

export function totalsOf(clones: readonly CloneStatus[]): Totals {
  const count = (is: (clone: CloneStatus) => boolean) => clones.filter(is).length;
  const inState = (state: State) => count((clone) => clone.state === state);
  const memories = clones.flatMap(({ memory }) => (memory === null ? [] : [memory]));
  const disks = clones.flatMap(({ disk }) => (disk === undefined ? [] : [disk]));
  const running = inState('running');
  return {
    clones: clones.length,
    running,
    stopped: inState('stopped'),
    starting: inState('starting'),
    stopping: inState('stopping'),
    failed: inState('failed'),
    enabled: count(({ enabled }) => enabled),
    older_image: count(({ older_image }) => older_image === true),
    overdue: count(({ overdue }) => overdue !== undefined),
    memory: memories.length === 0 && running > 0 ? null : sumOf(memories),
    ...(disks.length > 0 ? { disk: sumOf(disks) } : {}),
    checked_in: count(({ last_run }) => last_run !== null),
    last_run_failed: count(({ last_run }) => last_run?.outcome === 'failed'),
  };
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
