import type { HostWindow, Reduced } from '../../model/load/reduced.ts';
import type { HostSample, PuppetdbSample, Sample, ServerSample } from '../../model/load/sample.ts';
import { HostWindows } from './host-windows.ts';
import type { Windows } from './windows.ts';

/** What the samples of a host come to. */
export interface ReducedSamples {
  readonly hostSamples: readonly HostWindow[];
  readonly serverSamples: readonly ServerSample[];
  readonly puppetdbSamples: readonly PuppetdbSample[];
  readonly cpu: Reduced['cpu'];
}

/**
 * Reduces samples, one at a time.
 *
 * @param begin - milliseconds since 1970
 */
export async function reduceSamples(
  windows: Windows,
  begin: number,
  samples: AsyncIterable<Sample>,
): Promise<ReducedSamples> {
  const host = new HostWindows(windows, begin);
  const server = new OneOfEachWindow<ServerSample>(windows, begin);
  const puppetdb = new OneOfEachWindow<PuppetdbSample>(windows, begin);
  const cpu = { driver: 0, host: 0 };
  let previous = begin;
  for await (const sample of samples) {
    if (sample.at < begin) continue;
    if (sample.kind === 'server') server.add(sample);
    else if (sample.kind === 'puppetdb') puppetdb.add(sample);
    else {
      host.add(sample);
      cpu.driver = sample.driverCpu;
      cpu.host += cpuSeconds(sample, previous);
      previous = sample.at;
    }
  }
  return {
    hostSamples: host.reduced(),
    serverSamples: server.samples(),
    puppetdbSamples: puppetdb.samples(),
    cpu,
  };
}

function cpuSeconds({ at, cpu, processors }: HostSample, since: number): number {
  return (cpu * processors * (at - since)) / 1000;
}

/** The last sample with an answer and the last one without, of each window. */
class OneOfEachWindow<T extends ServerSample | PuppetdbSample> {
  private readonly last = new Map<string, T>();

  constructor(
    private readonly windows: Windows,
    private readonly begin: number,
  ) {}

  add(sample: T): void {
    const answered = sample.error === undefined ? 'answered' : 'unanswered';
    this.last.set(`${this.windows.indexAt(sample.at - this.begin)} ${answered}`, sample);
  }

  samples(): T[] {
    return [...this.last.values()].sort((a, b) => a.at - b.at);
  }
}
