import { METRICS } from '../../model/load/profile.ts';
import type { RunRecord } from '../../model/load/record.ts';
import { parseSummary } from '../../tasks/lib/clone/run-summary.ts';

/** What a session's script printed about a run; see `sessionScript`. */
export interface RunResult {
  /** Start and end of the agent, in milliseconds since 1970. */
  readonly started: number;
  readonly ended: number;
  /** Exit code of the agent with `--detailed-exitcodes`, or of timeout(1). */
  readonly code: number;
  /** Seconds that parts of the run took. */
  readonly seconds: NonNullable<RunRecord['seconds']>;
  /** Lines of the agent's log that tell why a run failed. The last one is the last of the log. */
  readonly log: readonly string[];
}

const FIGURES = /^started=(\d{13}) ended=(\d{13}) code=(\d{1,3})$/;

/** Parses lines about a run. Root in the clone can write anything there. Returns undefined if they are incomplete. */
export function parseRun([first = '', ...lines]: readonly string[]): RunResult | undefined {
  const [, started, ended, code] = FIGURES.exec(first) ?? [];
  if (code === undefined) return undefined;
  const withMark = (mark: string) => lines.filter((line) => line[0] === mark).map((line) => line.slice(1));
  return {
    started: Number(started),
    ended: Number(ended),
    code: Number(code),
    seconds: secondsIn(withMark('-').join('\n')),
    log: withMark(' ').filter((line) => line !== ''),
  };
}

function secondsIn(summary: string): RunResult['seconds'] {
  const { time = {} } = parseSummary(summary);
  const entries = METRICS.flatMap((metric): [string, number][] => {
    const value = time[metric];
    return metric !== 'total' && typeof value === 'number' && value >= 0 ? [[metric, value]] : [];
  });
  return Object.fromEntries(entries);
}
