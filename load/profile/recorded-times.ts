import { PROFILE_LIMITS } from './limits.ts';

/** Beginning of a request in a Puppet server's access log: `… [27/Nov/2026:21:00:00 +0000] "GET /puppet/v3/…`. */
const REQUEST =
  /\[(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}:\d{2}:\d{2})\S* ([+-]\d{2})(\d{2})\] "(?:[A-Z]+ (\S+))?/;
const SECONDS = /^\d{1,8}(\.\d{1,6})?$/;
const ISO_8601 = /^\d{4}-\d{2}-\d{2}T/;
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** A run requests one catalog. */
const CATALOG = /^\/puppet\/v[34]\/catalog([/?]|$)/;

/** Times that were read, or why they cannot be read. */
export type Recorded = { readonly times: readonly number[] } | { readonly error: string };

/**
 * Reads times of runs from the access log of a Puppet server, in which each request for a catalog is a run, or from a file
 * with a time in each line: seconds, or ISO 8601. Empty lines and comments (`#`) are skipped.
 *
 * @returns Milliseconds, ascending, since the first run, or since 0 if the file has seconds
 */
export function readRecorded(text: string): Recorded {
  const absolute: number[] = [];
  const relative: number[] = [];
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const content = line.trim();
    if (content === '' || content.startsWith('#')) continue;
    const request = REQUEST.exec(content);
    if (request && !CATALOG.test(request[7] ?? '')) continue;
    const time = request ? requestTime(request) : timeOf(content);
    if (time === undefined) {
      return {
        error: `line ${i + 1} is neither a request of an access log nor a time: ${content.slice(0, 80)}`,
      };
    }
    if (SECONDS.test(content)) relative.push(time);
    else absolute.push(time);
  }
  return toTimes(absolute, relative);
}

/** Milliseconds; undefined if the text is no time. */
function timeOf(text: string): number | undefined {
  if (SECONDS.test(text)) return Number(text) * 1000;
  const time = ISO_8601.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

function toTimes(absolute: number[], relative: number[]): Recorded {
  if (absolute.length > 0 && relative.length > 0)
    return { error: 'it has both times of day and seconds; keep one kind' };
  const times = [...absolute, ...relative].sort((a, b) => a - b);
  const first = absolute.length > 0 ? (times[0] as number) : 0;
  const last = (times[times.length - 1] ?? 0) - first;
  if (times.length === 0) return { error: 'it has no runs: no line is a request for a catalog or a time' };
  if (times.length > PROFILE_LIMITS.times) {
    return {
      error: `it has ${times.length} runs; at most ${PROFILE_LIMITS.times} are possible, so keep a part of them`,
    };
  }
  if (last > PROFILE_LIMITS.phase.max) return { error: 'it spans more than 366 days; keep a part of it' };
  return { times: relative.length > 0 ? times : spreadSeconds(times.map((time) => time - first)) };
}

function requestTime([, day, month = '', year, clock, hours, minutes]: RegExpExecArray): number | undefined {
  const number = MONTHS.indexOf(month) / 3 + 1;
  const time = Date.parse(`${year}-${String(number).padStart(2, '0')}-${day}T${clock}${hours}:${minutes}`);
  return Number.isNaN(time) ? undefined : time;
}

/** Spreads equal times over their second, because an access log has no milliseconds. */
function spreadSeconds(times: readonly number[]): number[] {
  const spread: number[] = [];
  for (let i = 0; i < times.length; ) {
    const time = times[i] as number;
    let next = i + 1;
    while (times[next] === time) next += 1;
    for (let k = i; k < next; k++) spread.push(Math.floor(time + ((k - i) * 1000) / (next - i)));
    i = next;
  }
  return spread.sort((a, b) => a - b);
}
