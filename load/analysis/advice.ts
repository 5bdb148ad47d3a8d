import type { Result } from '../../model/load/result.ts';
import type { ServerSample } from '../../model/load/sample.ts';
import { formatNumber } from '../report/format.ts';

/** Run intervals in minutes that the advice converts runs a minute to agents for. */
const INTERVALS = [30, 60];

/**
 * How many runs a minute the server's JRubies allow: JRubies × 60 ÷ the mean seconds that all requests of one run hold
 * one. The server needs CPU for that, so this is an upper bound.
 *
 * Null if the samples do not tell: fewer than two answers, or no catalog compiled between them.
 */
export function adviceOf(samples: readonly ServerSample[]): Result['advice'] {
  const [first, last] = ends(samples);
  const jrubies = last?.jrubies?.total;
  const held = first && last && heldPerRun(first, last);
  if (!jrubies || !held) return null;
  const runsPerMinute = (jrubies * 60_000) / held;
  const agents = INTERVALS.map(
    (minutes) => `${formatNumber(Math.floor(runsPerMinute * minutes))} agents every ${minutes} minutes`,
  );
  const each = `A run holds a JRuby for ${(held / 1000).toFixed(2)} s in all`;
  const allowed = `${jrubies === 1 ? '1 JRuby allows' : `${jrubies} JRubies allow`} at most ${runsPerMinute.toFixed(1)} runs a minute`;
  return { runsPerMinute, text: `${each}, so ${allowed}: ${agents.join(', ')}.` };
}

/** The first and the last answer of the same server process: its counters begin again with a restart. */
function ends(samples: readonly ServerSample[]): [ServerSample | undefined, ServerSample | undefined] {
  const answered = samples.filter(({ routes, compiles }) => routes !== undefined && compiles !== undefined);
  const last = answered[answered.length - 1];
  let first = last;
  for (const sample of [...answered].reverse()) {
    if ((sample.uptime ?? 0) > (first?.uptime ?? 0)) break;
    first = sample;
  }
  return [first, last];
}

/** Milliseconds that requests held a JRuby, divided by the number of compiled catalogs; undefined without any. */
function heldPerRun(first: ServerSample, last: ServerSample): number | undefined {
  const catalogs = (last.compiles?.count ?? 0) - (first.compiles?.count ?? 0);
  if (catalogs <= 0) return undefined;
  const held = Object.entries(last.routes ?? {}).reduce((sum, [route, after]) => {
    const before = first.routes?.[route];
    return sum + after.count * after.mean - (before === undefined ? 0 : before.count * before.mean);
  }, 0);
  return held <= 0 ? undefined : held / catalogs;
}
