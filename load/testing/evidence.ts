import type { ObjectiveResult } from '../../model/load/result.ts';
import type { ServerSample } from '../../model/load/sample.ts';
import type { Evidence, HostEvidence } from '../analysis/verdict/evidence.ts';
import { serverSampleOf } from './recorded.ts';

export const GIB = 1024 ** 3;

/** An objective that holds, or not. */
export function objectiveThat(holds: boolean): ObjectiveResult {
  return {
    text: 'failed = 0',
    figure: 'failed',
    percentile: null,
    metric: null,
    group: null,
    comparison: '=',
    limit: 0,
    value: holds ? 0 : 7,
    holds,
  };
}

/** A load host that keeps up, apart from what is given. */
export function hostEvidence(
  more: Partial<HostEvidence> = {},
  sample: Partial<HostEvidence['samples'][number]> = {},
): HostEvidence {
  const samples = Array.from({ length: 10 }, (_, index) => ({
    at: 5000 * index,
    cpu: 0.3,
    pressure: { cpu: 0.05, memory: 0, io: 0 },
    memoryAvailable: 2 * GIB,
    runnable: 1,
    running: 2,
    retransmits: 0,
    networkErrors: 0,
    ...sample,
  }));
  return {
    name: 'load1',
    state: 'done',
    lasted: 60_000,
    planned: 60_000,
    arrivals: 100,
    heldBack: 0,
    lateP99: 20,
    clock: { offset: 0, uncertainty: 1 },
    memory: 4 * GIB,
    samples,
    warnings: [],
    ...more,
  };
}

/** Ten samples of a server that is idle, apart from what is given. */
export function serverSamples(more: (index: number) => Partial<ServerSample> = () => ({})): ServerSample[] {
  return Array.from({ length: 10 }, (_, index) => serverSampleOf(5000 * index, more(index)));
}

/** Figures of JRubies: four free ones, apart from what is given. */
export function jrubies(more: Partial<NonNullable<ServerSample['jrubies']>>): Partial<ServerSample> {
  return { jrubies: { ...(serverSampleOf(0).jrubies as NonNullable<ServerSample['jrubies']>), ...more } };
}

/** Evidence of a test in which nothing was busy, apart from what is given. */
export function evidenceWith(more: Partial<Evidence> = {}): Evidence {
  return {
    hosts: [hostEvidence()],
    missing: [],
    server: serverSamples(),
    puppetdb: [],
    objectives: [objectiveThat(true)],
    total: { seconds: 60, good: 100, failed: 0 },
    ...more,
  };
}

/** Requests wait for JRubies all the time. */
export const WAITING = serverSamples(() => jrubies({ free: 0, requested: 5 }));
/** Three status requests have no answer. */
export const UNANSWERED = serverSamples((index) =>
  index < 3 ? { error: 'timeout', jrubies: undefined } : {},
);
/** A load host whose tasks wait for a processor, and that starts runs late. */
export const BUSY_HOST = hostEvidence({ lateP99: 250 }, { pressure: { cpu: 0.8, memory: 0, io: 0 } });
