import type { Outcome } from './lanes.ts';

/** How many of the slowest tests are listed. */
const SLOWEST = 10;

/** One line for each suite, the slowest tests of all suites, and a last line with the totals. */
export function summaryOf(outcomes: readonly Outcome[]): string {
  const suites = outcomes.map(
    ({ title, passed, failed, seconds }) =>
      `${title.padEnd(11)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${Math.round(seconds)} s`,
  );
  const slowest = outcomes
    .flatMap(({ timings }) => timings)
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, SLOWEST)
    .map(
      ({ seconds, file, name }) => `${seconds.toFixed(1).padStart(7)} s  ${file ? `${file}: ` : ''}${name}`,
    );
  const total = (key: 'passed' | 'failed') => outcomes.reduce((sum, outcome) => sum + outcome[key], 0);
  return [
    ...suites,
    '',
    'Slowest tests:',
    ...slowest,
    '',
    `${total('passed')} passed, ${total('failed')} failed`,
  ].join('\n');
}
