import { type Bracket, bracketOf } from './bracket.ts';
import { GROWTH, LEAST, type SearchOptions, type Step, type StepResult } from './step.ts';

/**
 * The next load to try: growing until one does not pass, then halving the range by its geometric mean until it is as
 * narrow as the tolerance, then a longer step that confirms the highest load that passed. If that fails, the search goes
 * on below it.
 *
 * @returns Null at the end of the search
 */
export function nextStep(history: readonly StepResult[], options: SearchOptions): Step | null {
  const left = options.steps - history.length;
  const bracket = bracketOf(history);
  const rate = left > 0 ? nextRate(bracket, options) : null;
  // The last step is worth more as a confirmation.
  if (rate !== null && (left > 1 || bracket.low === 0 || bracket.confirmed)) {
    return { runsPerMinute: rate, seconds: options.seconds.step, confirm: false };
  }
  if (left <= 0 || bracket.low === 0 || bracket.confirmed) return null;
  return { runsPerMinute: bracket.low, seconds: options.seconds.confirm, confirm: true };
}

/** Most that the rest of a search can take. */
export function plannedAtMost(
  history: readonly StepResult[],
  { steps, seconds }: SearchOptions,
): { readonly steps: number; readonly seconds: number } {
  const left = Math.max(0, steps - history.length);
  return { steps: left, seconds: Math.max(0, left - 1) * seconds.step + Math.min(1, left) * seconds.confirm };
}

/** A load that narrows the bracket; null if it is narrow enough. */
function nextRate({ low, high }: Bracket, { start, most, tolerance }: SearchOptions): number | null {
  if (high === null) {
    if (low >= most) return null;
    return Math.min(low === 0 ? start : low * GROWTH, most);
  }
  if (low === 0) return high > LEAST ? Math.max(rounded(high / GROWTH), LEAST) : null;
  if (high <= low * (1 + tolerance)) return null;
  const middle = rounded(Math.sqrt(low * high));
  return middle > low && middle < high ? middle : null;
}

/** Rounds to three digits, which are easier to read, and more precise than a search can be. */
function rounded(rate: number): number {
  return Number(rate.toPrecision(3));
}
