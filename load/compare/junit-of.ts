import type { Comparison } from '../../model/load/comparison.ts';
import type { Result } from '../../model/load/result.ts';
import { junit } from '../junit.ts';
import { differenceOf, intervalOf, nameOf } from './text.ts';

/** Formats a comparison as JUnit XML: a test case for each figure. */
export function junitOf(comparison: Comparison, after: readonly Result[], summary: string): string {
  return junit({
    name: `${comparison.before.ids.join(', ')} and ${comparison.after.ids.join(', ')}`,
    timestamp: after[0]?.begin ?? '',
    seconds: after.reduce((sum, { total }) => sum + total.seconds, 0),
    cases: comparison.figures.map((figure) => ({
      name: nameOf(figure),
      failure:
        figure.verdict === 'regressed'
          ? `is worse by ${differenceOf(figure)}, with an interval of ${intervalOf(figure)}`
          : null,
    })),
    output: summary,
  });
}
