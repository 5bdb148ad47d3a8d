import * as fs from 'node:fs';
import type { PuppetdbSample, Sample, ServerSample } from '../../model/load/sample.ts';
import { countersOf, type HostCounters, hostSample, PROC_FILES, type ProcFiles } from './host-sample.ts';
import type { Clock } from './open-loop.ts';

/** Milliseconds between two samples. */
const INTERVAL = 5000;

/** What a {@link Sampler} reads. */
export interface Sources {
  files(): ProcFiles;
  /** Each asks a server for its state. Null if there is no such server. */
  readonly servers: readonly (() => Promise<ServerSample | PuppetdbSample | null>)[];
  /** Number of agent runs in progress. */
  running(): number;
}

/** Samples the state of this host, and of the server, every five seconds. */
export class Sampler {
  /** Share of the time in which tasks waited for a processor, by the last sample. */
  pressure: number | null = null;
  server: ServerSample | null = null;
  private before: HostCounters;
  private isAsking = new Set<number>();
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
      for (const [i, ask] of this.sources.servers.entries()) {
        // Not while the answer before takes longer than the interval.
        if (!this.isAsking.has(i)) this.askServer(i, ask);
      }
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

  private askServer(i: number, ask: Sources['servers'][number]): void {
    this.isAsking.add(i);
    ask().then((sample) => {
      this.isAsking.delete(i);
      if (this.isStopped || sample === null) return;
      if (sample.kind === 'server') this.server = sample;
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
