import type { ObjectiveResult, Result } from '../../model/load/result.ts';
import { junit } from '../junit.ts';
import { formatNumber } from '../report/format.ts';

/** Formats a result as JUnit XML: a test case for the load hosts, and one for each objective. */
export function junitOf({ begin, profile, verdict, objectives, total }: Result, summary: string): string {
  return junit({
    name: profile.name,
    timestamp: begin,
    seconds: total.seconds,
    cases: [
      { name: 'load hosts keep up', failure: verdict.refused ? verdict.text : null },
      ...objectives.map((objective) => ({ name: objective.text, failure: failureOf(objective) })),
    ],
    output: summary,
  });
}

function failureOf({ value, holds }: ObjectiveResult): string | null {
  if (holds) return null;
  return value === null ? 'was not measured' : `is ${formatNumber(value)}`;
}
