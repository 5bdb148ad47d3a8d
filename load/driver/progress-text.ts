import type { ObjectiveProgress, Progress } from '../../model/load/progress.ts';
import { counted } from '../report/format.ts';
import { percentileOf } from './tally.ts';

/** Describes the progress of a test on one host, in a few lines. */
export function progressText(host: string, progress: Progress): string {
  const { id, state, error, planned, due, good, failed, dropped, heldBack, running } = progress;
  const lines = [
    `${host}: load test ${id} is ${state}${error === undefined ? '' : ` (${error})`}; ${timeText(progress)}`,
    `${due} of ${planned} arrivals due: ${good} ended well, ${failed} failed, ${running} in progress, ${dropped} dropped, ${heldBack} held back`,
    latencyText(progress.latencies),
    ...progress.objectives.map(objectiveText),
    serverText(progress),
  ];
  return lines.filter((line) => line !== undefined).join('\n');
}

function timeText({ state, at, begin, end }: Progress): string {
  const seconds = (time: number) => `${Math.max(0, Math.round(time / 1000))} s`;
  if (state === 'waiting') return `it begins in ${seconds(begin - at)}`;
  if (state === 'running') return `${seconds(at - begin)} gone, ${seconds(end - at)} left`;
  return `it began at ${new Date(begin).toISOString()}`;
}

function latencyText(latencies: readonly number[]): string | undefined {
  const [p50, p95] = [percentileOf(latencies, 50), percentileOf(latencies, 95)];
  if (p50 === null || p95 === null) return undefined;
  return `Latency from arrival to end: half of the runs within some ${p50.toFixed(1)} s, 95 % within ${p95.toFixed(1)} s`;
}

/** Tells only of objectives that this host's runs alone have broken: others may depend on other hosts. */
function objectiveText({ text, spent, allowed }: ObjectiveProgress): string | undefined {
  if (spent <= allowed) return undefined;
  return `${text} cannot hold any more: ${counted(spent, 'run')} of this host broke it, and it allows ${allowed}`;
}

function serverText({ server, pressure }: Progress): string | undefined {
  const parts = [
    pressure === null
      ? undefined
      : `tasks of this host waited for a processor ${Math.round(pressure * 100)} % of the time`,
    server?.error === undefined ? undefined : `the server's status API does not answer: ${server.error}`,
    server?.jrubies &&
      `${server.jrubies.free} of ${server.jrubies.total} JRubies free, ${server.jrubies.requested} requests waiting`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join('; ');
}
