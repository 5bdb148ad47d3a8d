import type { Result } from '../../model/load/result.ts';
import { ALL_ROUTES, type ServerSample } from '../../model/load/sample.ts';
import { formatNumber } from '../report/format.ts';
import { RUN_INTERVALS } from './numbers.ts';

/**
 * How many runs a minute the server's JRubies allow: JRubies × 60 ÷ the mean seconds that all requests of one run hold
 * one. The server needs CPU for that, so this is an upper bound.
 *
 * Null if the samples do not tell: fewer than two answers, or no catalog compiled between them.
 */
export function adviceOf(samples: readonly ServerSample[]): Result['advice'] {
  const answered = samples.filter(({ routes, compiles }) => routes !== undefined && compiles !== undefined);
  const jrubies = answered[answered.length - 1]?.jrubies?.total;
  const held = heldPerRun(sinceRestart(answered));
  if (!jrubies || !held) return null;
  const runsPerMinute = (jrubies * 60_000) / held;
  const agents = RUN_INTERVALS.map(
    (minutes) => `${formatNumber(Math.floor(runsPerMinute * minutes))} agents every ${minutes} minutes`,
  );
  const each = `A run holds a JRuby for ${(held / 1000).toFixed(2)} s in all`;
  const allowed = `${jrubies === 1 ? '1 JRuby allows' : `${jrubies} JRubies allow`} at most ${runsPerMinute.toFixed(1)} runs a minute`;
  return { runsPerMinute, text: `${each}, so ${allowed}: ${agents.join(', ')}.` };
}

/** The last samples of the same server process: its counters begin again with a restart. */
function sinceRestart(samples: readonly ServerSample[]): readonly ServerSample[] {
  let first = samples.length - 1;
  while (first > 0 && (samples[first - 1]?.uptime ?? 0) <= (samples[first]?.uptime ?? 0)) first -= 1;
  return samples.slice(Math.max(0, first));
}

/** Milliseconds that requests held a JRuby, divided by the number of compiled catalogs; undefined without any. */
function heldPerRun(samples: readonly ServerSample[]): number | undefined {
  const catalogs = catalogsOf(samples[samples.length - 1]) - catalogsOf(samples[0]);
  if (catalogs <= 0) return undefined;
  const held = samples.slice(1).reduce((sum, sample, index) => {
    return sum + heldBetween(samples[index] as ServerSample, sample);
  }, 0);
  return held <= 0 ? undefined : held / catalogs;
}

function catalogsOf(sample: ServerSample | undefined): number {
  return sample?.compiles?.count ?? 0;
}

/** Counts grow as long as the server runs, but its means are those of the last minutes. So each sample has its own. */
function heldBetween(before: ServerSample, after: ServerSample): number {
  return Object.entries(after.routes ?? {})
    .filter(([route]) => route !== ALL_ROUTES)
    .reduce((sum, [route, { count, mean }]) => {
      return sum + mean * (count - (before.routes?.[route]?.count ?? 0));
    }, 0);
}
