import type { ServerSample } from '../../../model/load/sample.ts';
import { counted } from '../../report/format.ts';
import { meanOf, percent } from '../numbers.ts';
import type { Evidence } from './evidence.ts';
import { THRESHOLDS } from './thresholds.ts';

/** What says that the server was saturated, a sentence each. */
export function serverFindings({ server, objectives, total }: Evidence): string[] {
  const answered = server.filter(({ error }) => error === undefined);
  const suffers = total.failed > 0 || objectives.some(({ holds }) => !holds);
  return [
    ...waitingForJrubies(answered),
    ...refusedRequests(answered),
    ...fullHeap(answered),
    ...busyProcessors(answered),
    ...(suffers ? noAnswer(server) : []),
  ];
}

/** What says that the server did not answer its status. */
export function noAnswer(server: Evidence['server']): string[] {
  const unanswered = server.filter(({ error }) => error !== undefined);
  if (unanswered.length < THRESHOLDS.unanswered) return [];
  const first = unanswered[0]?.error;
  return [`The server did not answer ${unanswered.length} of ${server.length} status requests: ${first}.`];
}

function waitingForJrubies(samples: readonly ServerSample[]): string[] {
  const known = samples.flatMap(({ jrubies }) => jrubies ?? []);
  const waiting = known.filter(({ free, requested }) => free === 0 && requested > 0);
  const share = waiting.length / known.length;
  if (!(share > THRESHOLDS.waiting)) return [];
  const requests = meanOf(waiting.map(({ requested }) => requested)) ?? 0;
  const total = known[known.length - 1]?.total;
  return [
    `In ${percent(share)} of the samples, none of the server's JRubies (${total}) was free, and ${requests.toFixed(1)} requests waited for one on average.`,
  ];
}

function refusedRequests(samples: readonly ServerSample[]): string[] {
  const known = samples.flatMap(({ jrubies }) => jrubies ?? []);
  const hits = increase(known.map(({ queueLimitHits }) => queueLimitHits));
  const timeouts = increase(known.map(({ borrowTimeouts }) => borrowTimeouts));
  return [
    ...(hits > 0 ? [`The server refused ${counted(hits, 'request')} because its queue was full.`] : []),
    ...(timeouts > 0
      ? [`${counted(timeouts, 'request')} got no JRuby within the server's borrow timeout.`]
      : []),
  ];
}

function fullHeap(samples: readonly ServerSample[]): string[] {
  const used = meanOf(samples.map(({ heap }) => heap && heap.used / heap.max)) ?? 0;
  const gc = meanOf(samples.map(({ gcCpu }) => gcCpu)) ?? 0;
  if (used <= THRESHOLDS.heap || gc <= THRESHOLDS.gcCpu) return [];
  return [
    `The server's heap was ${percent(used)} full on average, and its garbage collector took ${percent(gc)} of its CPU.`,
  ];
}

function busyProcessors(samples: readonly ServerSample[]): string[] {
  const cpu = meanOf(samples.map((sample) => sample.cpu)) ?? 0;
  return cpu > THRESHOLDS.serverCpu
    ? [`The server's process used ${percent(cpu)} of its processors on average.`]
    : [];
}

/** How much a counter grew. It begins again when the server restarts. */
function increase(counter: readonly number[]): number {
  return counter.slice(1).reduce((sum, value, index) => {
    const before = counter[index] as number;
    return sum + (value >= before ? value - before : value);
  }, 0);
}
