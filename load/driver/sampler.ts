import * as fs from 'node:fs';
import type { Sample, ServerSample } from '../../model/load/sample.ts';
import { countersOf, type HostCounters, hostSample, PROC_FILES, type ProcFiles } from './host-sample.ts';
import type { Clock } from './open-loop.ts';
import { serverFigures } from './server-sample.ts';
import { type Endpoint, getPage } from './server-status.ts';

/** Milliseconds between two samples. */
const INTERVAL = 5000;

/** What a {@link Sampler} reads. */
export interface Sources {
  files(): ProcFiles;
  /** Asks the server for its state. */
  server: (() => Promise<ServerSample>) | null;
  /** Number of agent runs in progress. */
  running(): number;
}

/** Samples the state of this host, and of the server, every five seconds. */
export class Sampler {
  /** Share of the time in which tasks waited for a processor, by the last sample. */
  pressure: number | null = null;
  server: ServerSample | null = null;
  private before: HostCounters;
  private isAsking = false;
  private isStopped = false;

  constructor(
    private readonly sources: Sources,
    private readonly clock: Clock,
    private readonly write: (sample: Sample) => void,
  ) {
    this.before = countersOf(sources.files(), clock.now());
  }

  /** Takes samples until {@link stop}. */
  async start(): Promise<void> {
    for (let next = this.clock.now() + INTERVAL; !this.isStopped; next += INTERVAL) {
      // Not for an answer that takes longer than the interval.
      if (!this.isAsking) this.askServer();
      await this.clock.sleep(Math.max(0, next - this.clock.now()));
      if (!this.isStopped) this.takeHostSample();
    }
  }

  stop(): void {
    this.isStopped = true;
  }

  private takeHostSample(): void {
    const files = this.sources.files();
    const now = countersOf(files, this.clock.now());
    const sample = hostSample(files, this.before, now, this.sources.running());
    this.before = now;
    this.pressure = sample.pressure?.cpu ?? null;
    this.write(sample);
  }

  private askServer(): void {
    this.isAsking = true;
    this.sources.server?.().then((sample) => {
      this.isAsking = false;
      if (this.isStopped) return;
      this.server = sample;
      this.write(sample);
    });
  }
}

/** Reads the kernel's files. */
export function readProcFiles(): ProcFiles {
  const read = (file: string) => {
    try {
      return fs.readFileSync(`/proc/${file}`, 'utf8');
    } catch {
      return '';
    }
  };
  return Object.fromEntries(PROC_FILES.map((file) => [file, read(file)])) as ProcFiles;
}

/** Asks a server for its state. A server that does not answer is a finding, so this never fails. */
export async function sampleServer(
  endpoint: Omit<Endpoint, 'path'>,
  now: () => number,
): Promise<ServerSample> {
  const at = now();
  const sample = (rest: object): ServerSample => ({ kind: 'server', at, took: now() - at, ...rest });
  try {
    const { status, body } = await getPage({ ...endpoint, path: '/status/v1/services?level=debug' });
    // 503 if a service is not running. The answer then has the figures, too.
    if (status !== 200 && status !== 503) return sample({ error: `the status API answered ${status}` });
    return sample(serverFigures(body));
  } catch (error) {
    return sample({ error: (error as Error).message });
  }
}
