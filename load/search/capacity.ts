import { counted } from '../analysis/text.ts';
import { bracketOf } from './bracket.ts';
import { nextStep } from './next-step.ts';
import type { SearchOptions, StepResult } from './step.ts';

/** The answer of a search, or what is known so far. */
export interface Capacity {
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
  /** One or two sentences. */
  readonly text: string;
}

/**
 * What a search has found.
 *
 * @param runInterval - Seconds between the runs of an agent
 */
export function capacityOf(
  history: readonly StepResult[],
  options: SearchOptions,
  runInterval: number,
): Capacity {
  const { low, high, confirmed } = bracketOf(history);
  const known: Omit<Capacity, 'text'> = {
    runsPerMinute: low || null,
    range: [low || null, high],
    agents: low === 0 ? null : agentsAt(low, runInterval),
    agentsRange: [
      low === 0 ? null : agentsAt(low, runInterval),
      high === null ? null : agentsAt(high, runInterval),
    ],
    runInterval,
    confirmed,
    endedBy: nextStep(history, options) === null ? endOf(history, options) : null,
  };
  return { ...known, text: textOf(known) };
}

/** Agents that make as many runs as the load. */
function agentsAt(runsPerMinute: number, runInterval: number): number {
  return Math.floor((runsPerMinute * runInterval) / 60);
}

function endOf(history: readonly StepResult[], options: SearchOptions): Exclude<Capacity['endedBy'], null> {
  const { low, high, refused } = bracketOf(history);
  // With more steps, the search would go on.
  if (nextStep(history, { ...options, steps: Number.POSITIVE_INFINITY }) !== null) return 'steps';
  if (high === null) return low >= options.most ? 'most' : 'steps';
  return refused ? 'load_host' : 'server';
}

function textOf({
  range: [low, high],
  runInterval,
  confirmed,
  endedBy,
  agents,
}: Omit<Capacity, 'text'>): string {
  if (endedBy === null) return `So far: ${low ?? 0} runs a minute passed, ${high ?? 'none'} failed.`;
  if (low === null) {
    const why = endedBy === 'load_host' ? 'the load hosts were the bottleneck' : 'an objective failed';
    return `No load passed: at ${counted(high ?? 0, 'run')} a minute, ${why}.`;
  }
  const load = `${counted(low, 'run')} a minute, or ${counted(agents ?? 0, 'agent')} with a run every ${interval(runInterval)}`;
  return [
    headline(load, high, endedBy, runInterval),
    ...(confirmed ? [] : ['A longer run did not confirm it.']),
  ].join(' ');
}

function headline(
  load: string,
  high: number | null,
  endedBy: Exclude<Capacity['endedBy'], null>,
  runInterval: number,
): string {
  switch (endedBy) {
    case 'server':
      return `The server takes ${load}. It failed at ${high} (${counted(agentsAt(high as number, runInterval), 'agent')}).`;
    case 'load_host':
      return `The server takes at least ${load}. At ${high}, the load hosts were the bottleneck: add hosts to find its limit.`;
    case 'most':
      return `The server takes at least ${load}, the highest load that was asked for.`;
    case 'steps':
      return high === null
        ? `The server takes at least ${load}. The search ended because it had no steps left.`
        : `The server takes ${load}, and failed at ${high}. The search ended because it had no steps left.`;
  }
}

function interval(seconds: number): string {
  if (seconds % 60 !== 0) return `${seconds} seconds`;
  return seconds === 60 ? 'minute' : `${seconds / 60} minutes`;
}
