import { rootOf } from '../../../model/names.ts';
import type { LastRun } from '../clone/last-run.ts';
import { isoSeconds } from '../clone/time.ts';
import { type State, stateOf } from '../systemd/clone-state.ts';
import type { Usage } from '../systemd/control-group.ts';
import type { CloneWithUnits } from '../systemd/clone-units.ts';

/** All that a host can say of a clone without entering it. */
export interface CloneStatus {
  readonly name: string;
  readonly state: State;
  /** When it was started, as ISO 8601, if it runs. */
  readonly since: string | null;
  /** Bytes. */
  readonly memory: number | null;
  /** Bytes that its overlay takes, where that was asked for. */
  readonly disk?: number;
  readonly base: string;
  /** Where its files are while it runs. */
  readonly root: string;
  /** Whether it starts with the host. */
  readonly enabled: boolean;
  readonly last_run: LastRun | null;
}

/** How many clones are in which state, and what they come to. */
export interface Totals {
  readonly clones: number;
  readonly running: number;
  readonly stopped: number;
  readonly starting: number;
  readonly stopping: number;
  readonly failed: number;
  readonly enabled: number;
  /** Bytes; null where clones run and the host counts the memory of none. */
  readonly memory: number | null;
  /** Bytes, where that was asked for. */
  readonly disk?: number;
  /** Clones whose agent has run, and those of them whose last run failed. */
  readonly checked_in: number;
  readonly last_run_failed: number;
}

/**
 * What systemd and its control group say of a clone, together with its last run.
 *
 * @param isWanted - whether the target wants a unit
 * @param disk - bytes that its overlay takes, where that was asked for
 */
export function statusOf(
  clone: CloneWithUnits,
  usageOf: (clone: string) => Usage,
  isWanted: (unit: string) => boolean,
  lastRun: LastRun | null,
  disk?: number,
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
    base,
    root: rootOf(name),
    enabled: isWanted(service.name) && service.load !== 'masked',
    last_run: lastRun,
  };
}

/** Adds the clones up. */
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
    memory: memories.length === 0 && running > 0 ? null : sumOf(memories),
    ...(disks.length > 0 ? { disk: sumOf(disks) } : {}),
    checked_in: count(({ last_run }) => last_run !== null),
    last_run_failed: count(({ last_run }) => last_run?.outcome === 'failed'),
  };
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
