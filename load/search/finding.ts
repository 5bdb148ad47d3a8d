import type { Verdict } from '../../model/load/result.ts';
import { bracketOf } from './bracket.ts';
import { nextStep } from './next-step.ts';
import type { SearchOptions, StepResult } from './step.ts';

/** What the steps of a search tell about a server, at the end or so far. */
export interface Finding {
  /** Highest load that passed, in runs a minute; null if none did. */
  readonly runsPerMinute: number | null;
  /** That load and the lowest one that failed, in runs a minute; null where none is known. */
  readonly range: readonly [number | null, number | null];
  /** Agents that the load and the range are at the run interval. */
  readonly agents: number | null;
  readonly agentsRange: readonly [number | null, number | null];
  /** Seconds. */
  readonly runInterval: number;
  /** Whether the load also held for the longer confirmation. */
  readonly confirmed: boolean;
  /** What ended the search: the server, the load hosts, the highest load to try, or the number of steps. */
  readonly endedBy: 'server' | 'load_host' | 'most' | 'steps' | null;
  /** What was saturated at the lowest load that did not pass; null if unknown. */
  readonly bottleneck: Verdict['bottleneck'] | null;
}

/** @param runInterval - Seconds between the runs of an agent */
export function findingOf(
  history: readonly StepResult[],
  options: SearchOptions,
  runInterval: number,
): Finding {
  const { low, high, confirmed, bottleneck } = bracketOf(history);
  const passed = low === 0 ? null : low;
  // Agents that make as many runs as the load.
  const agentsAt = (load: number | null) => (load === null ? null : Math.floor((load * runInterval) / 60));
  return {
    runsPerMinute: passed,
    range: [passed, high],
    agents: agentsAt(passed),
    agentsRange: [agentsAt(passed), agentsAt(high)],
    runInterval,
    confirmed,
    endedBy: nextStep(history, options) === null ? endOf(history, options) : null,
    bottleneck,
  };
}

function endOf(history: readonly StepResult[], options: SearchOptions): NonNullable<Finding['endedBy']> {
  const wouldGoOn = nextStep(history, { ...options, steps: Number.POSITIVE_INFINITY }) !== null;
  if (wouldGoOn) return 'steps';
  const { high, refused } = bracketOf(history);
  if (high === null) return 'most';
  return refused ? 'load_host' : 'server';
}
