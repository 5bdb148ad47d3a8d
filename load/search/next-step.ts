import { type Bracket, bracketOf } from './bracket.ts';
import { GROWTH, LEAST, type SearchOptions, type Step, type StepResult } from './step.ts';
import { SETTLE } from './step-profile.ts';

/** What is left of a search. */
interface Budget {
  readonly steps: number;
  readonly seconds: number;
}

/**
 * The next load to try: growing until one does not pass, then halving the range by its geometric mean until it is as
 * narrow as the tolerance, then a longer step that confirms the highest load that passed. If that fails, the search goes
 * on below it. A step that leaves its load open is repeated at once, for the longer time.
 *
 * @returns Null at the end of the search
 */
export function nextStep(history: readonly StepResult[], options: SearchOptions): Step | null {
  const left = budgetLeft(history, options);
  const { seconds } = options;
  const bracket = bracketOf(history);
  const needsConfirmation = bracket.low > 0 && !bracket.confirmed;
  const longStep = (runsPerMinute: number): Step | null =>
    left.steps > 0 && left.seconds >= seconds.confirm
      ? { runsPerMinute, seconds: seconds.confirm, confirm: true }
      : null;

  const last = history[history.length - 1];
  if (last?.uncertain && !last.confirm) {
    const repeated = longStep(last.runsPerMinute);
    if (repeated !== null) return repeated;
  }
  const rate = nextRate(bracket, options);
  // The last step is worth more as a confirmation.
  const reserved = needsConfirmation ? { steps: 1, seconds: seconds.confirm } : { steps: 0, seconds: 0 };
  const hasTime = left.steps > reserved.steps && left.seconds >= seconds.step + reserved.seconds;
  if (rate !== null && hasTime) {
    return { runsPerMinute: rate, seconds: secondsOf(rate / bracket.low, options), confirm: false };
  }
  return needsConfirmation ? longStep(bracket.low) : null;
}

/**
 * Seconds of a step. The less a load exceeds the capacity, the longer that takes to show. Half of the way from the last load
 * that passed has to show; the confirmation is exact about the rest.
 *
 * @param growth - The load, as a multiple of the highest that passed
 */
function secondsOf(growth: number, { tolerance, seconds }: SearchOptions): number {
  const excess = Math.max(tolerance, (Math.min(growth, GROWTH) - 1) / 2);
  const measured = ((seconds.step - SETTLE) * tolerance) / excess;
  return Math.min(seconds.step, Math.max(seconds.least, SETTLE + Math.ceil(measured)));
}

/** What the rest of a search takes at most: as much as if all steps but the last were of the usual length. */
export function budgetLeft(history: readonly StepResult[], { steps, seconds }: SearchOptions): Budget {
  const used = history.reduce((sum, { confirm }) => sum + (confirm ? seconds.confirm : seconds.step), 0);
  return {
    steps: Math.max(0, steps - history.length),
    seconds: Math.max(0, (steps - 1) * seconds.step + seconds.confirm - used),
  };
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
