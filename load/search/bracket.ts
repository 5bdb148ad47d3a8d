import type { StepResult } from './step.ts';

/** What the steps so far tell about the capacity, in runs a minute. */
export interface Bracket {
  /** Highest load that passed, below all that failed; 0 if none did. */
  readonly low: number;
  /** Whether it also passed the confirmation. */
  readonly confirmed: boolean;
  /** Lowest load that did not pass; null if none failed. */
  readonly high: number | null;
  /** Whether that was because of the load hosts. */
  readonly refused: boolean;
  /** What was saturated at the lowest load that did not pass; null if unknown. */
  readonly bottleneck: NonNullable<StepResult['bottleneck']> | null;
}

/**
 * Derives the bracket from the steps. A load that passed counts only if no lower one failed, before or after: near the
 * capacity, the same load passes once and fails once, and a confirmation is longer than the step before it.
 */
export function bracketOf(history: readonly StepResult[]): Bracket {
  const decided = history.filter((step, i) => !isRepeated(step, history.slice(i + 1)));
  const failed = decided.filter(({ passed, refused }) => !passed || refused);
  const high = failed.length === 0 ? null : Math.min(...failed.map(({ runsPerMinute }) => runsPerMinute));
  const limiting = failed.filter(({ runsPerMinute }) => runsPerMinute === high);
  const good = decided.filter(
    ({ passed, refused, runsPerMinute }) => passed && !refused && (high === null || runsPerMinute < high),
  );
  const low = Math.max(0, ...good.map(({ runsPerMinute }) => runsPerMinute));
  return {
    low,
    confirmed: good.some(({ confirm, runsPerMinute }) => confirm && runsPerMinute === low),
    high,
    refused: limiting.some(({ refused }) => refused),
    bottleneck: limiting.find(({ bottleneck }) => bottleneck !== undefined)?.bottleneck ?? null,
  };
}

/** Whether the step left its load open, and a later one decided on it. */
function isRepeated({ uncertain, runsPerMinute }: StepResult, later: readonly StepResult[]): boolean {
  return uncertain === true && later.some((step) => step.runsPerMinute === runsPerMinute);
}
