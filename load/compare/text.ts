import type { Compared, ComparedFigure, ComparedSide, Comparison } from '../../model/load/comparison.ts';
import { plainTable } from '../../tasks/lib/answer/plain-table.ts';
import { counted, formatNumber, words } from '../report/format.ts';

const NAMES: Readonly<Record<Compared, string>> = {
  offered: 'offered load',
  achieved: 'achieved load',
  failed_percent: 'failed',
  dropped_percent: 'dropped',
  mean: 'mean',
  p50: 'p50',
  p95: 'p95',
  p99: 'p99',
};

/** Name of a figure: `p95 of total`, `failed of debian-13`. */
export function nameOf({ figure, metric, group }: ComparedFigure): string {
  const of = [metric && words(metric), group].filter((part) => part !== null);
  return [NAMES[figure], ...of].join(' of ');
}

/** The difference with its sign and its percentage: `+0.31 (+20.6 %)`. */
export function differenceOf({ difference, percent }: ComparedFigure): string {
  if (difference === null) return '-';
  return percent === null ? signed(difference) : `${signed(difference)} (${signed(percent)} %)`;
}

/** The interval: `+0.1 to +0.5`. */
export function intervalOf({ interval }: ComparedFigure): string {
  return interval === null ? 'unknown' : `${signed(interval.low)} to ${signed(interval.high)}`;
}

/** The verdict: `regressed`, or nothing. */
export function verdictOf({ verdict }: ComparedFigure): string {
  return verdict === 'no_claim' ? '' : verdict;
}

/** A value of a figure, without its unit. */
export function shownValue(value: number | null): string {
  return value === null ? '-' : formatNumber(value);
}

/** A side in words: `a, b (debian-13), 1,200 arrivals`. */
export function sideText({ ids, group, arrivals }: ComparedSide): string {
  return `${ids.join(', ')}${group === null ? '' : ` (${group})`}, ${counted(arrivals, 'arrival')}`;
}

/** What came out, in a sentence. */
export function headline({ figures, maxRegression }: Comparison): string {
  const regressed = figures.filter(({ verdict }) => verdict === 'regressed').map(nameOf);
  if (regressed.length === 0)
    return `No figure is worse by more than ${formatNumber(maxRegression)} %, as far as the results can tell.`;
  const shown = regressed.slice(0, 3).join(', ');
  const more = regressed.length > 3 ? ` and ${regressed.length - 3} more` : '';
  return `Worse by more than ${formatNumber(maxRegression)} %: ${shown}${more}.`;
}

/**
 * Summarizes a comparison for people: verdict, sides, warnings, and a table of the main figures and of all that changed.
 */
export function summaryOf(comparison: Comparison): string {
  const { before, after, figures, passed, confidence, warnings } = comparison;
  const shown = figures.filter(
    ({ metric, group, verdict }) =>
      verdict !== 'no_claim' || (group === null && (metric ?? 'total') === 'total'),
  );
  const rows = shown.map((figure) => [
    `${nameOf(figure)}, ${figure.unit}`,
    shownValue(figure.before),
    shownValue(figure.after),
    differenceOf(figure),
    intervalOf(figure),
    verdictOf(figure),
  ]);
  const interval = `${formatNumber(100 * confidence)} % INTERVAL`;
  return [
    `${passed ? 'Passed' : 'Regressed'}. ${headline(comparison)}`,
    `Before: ${sideText(before)}. After: ${sideText(after)}`,
    ...warnings.map((warning) => `Warning: ${warning}`),
    '',
    plainTable(['FIGURE', 'BEFORE', 'AFTER', 'DIFFERENCE', interval, ''], rows),
  ].join('\n');
}

function signed(value: number): string {
  return value > 0 ? `+${formatNumber(value)}` : formatNumber(value);
}
