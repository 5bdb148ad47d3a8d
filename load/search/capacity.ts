import { counted } from '../report/format.ts';
import { type Finding, findingOf } from './finding.ts';
import type { SearchOptions, StepResult } from './step.ts';

/** The answer of a search, or what is known so far. */
export interface Capacity extends Finding {
  /** The same in a few sentences. */
  readonly text: string;
}

/** Why a load failed, where that is not the server. */
const REASONS: { readonly [K in NonNullable<Finding['bottleneck']>]?: string } = {
  puppetdb: ': PuppetDB was saturated',
  network: ': the network was saturated',
  none: ', although nothing was saturated: there may be too few clones, or an objective may be too strict',
};

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
  const finding = findingOf(history, options, runInterval);
  return { ...finding, text: textOf(finding) };
}

function textOf(finding: Finding): string {
  const { range, runInterval, confirmed, endedBy, agents } = finding;
  const [low, high] = range;
  if (endedBy === null) return `So far: ${low ?? 0} runs a minute passed, ${high ?? 'none'} failed.`;
  if (low === null) {
    const why = endedBy === 'load_host' ? 'the load hosts were the bottleneck' : 'an objective failed';
    return `No load passed: at ${counted(high ?? 0, 'run')} a minute, ${why}.`;
  }
  const load = `${counted(low, 'run')} a minute, or ${counted(agents ?? 0, 'agent')} with a run every ${interval(runInterval)}`;
  const doubt = confirmed ? '' : ' A longer run did not confirm it.';
  return `${headline(load, endedBy, finding)}${doubt}`;
}

function headline(load: string, endedBy: NonNullable<Finding['endedBy']>, finding: Finding): string {
  const { range, agentsRange, bottleneck } = finding;
  const high = range[1];
  switch (endedBy) {
    case 'server': {
      const why = bottleneck === null ? '' : (REASONS[bottleneck] ?? '');
      return `The server takes ${load}. It failed at ${high} (${counted(agentsRange[1] ?? 0, 'agent')})${why}.`;
    }
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
