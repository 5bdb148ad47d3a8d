import type { HostWindow } from '../../model/load/reduced.ts';
import type { HostSample } from '../../model/load/sample.ts';
import type { Windows } from './windows.ts';

type Pressure = NonNullable<HostSample['pressure']>;

/** Samples of a load host in one window, added up. */
interface Sums {
  count: number;
  cpu: number;
  runnable: number;
  running: number;
  retransmits: number;
  networkErrors: number;
  /** Smallest so far. */
  memoryAvailable: number;
  /** Number of samples that have the pressure; older kernels do not tell it. */
  pressures: number;
  pressure: Pressure;
}

/** Sums up samples of a load host by window. */
export class HostWindows {
  private readonly sums = new Map<number, Sums>();

  constructor(
    private readonly windows: Windows,
    /** Milliseconds since 1970. */
    private readonly begin: number,
  ) {}

  add(sample: HostSample): void {
    const index = this.windows.indexAt(sample.at - this.begin);
    const sums = this.sums.get(index) ?? empty();
    this.sums.set(index, sums);
    sums.count += 1;
    sums.cpu += sample.cpu;
    sums.runnable += sample.runnable;
    sums.running += sample.running;
    sums.retransmits += sample.retransmits;
    sums.networkErrors += sample.networkErrors;
    sums.memoryAvailable = Math.min(sums.memoryAvailable, sample.memoryAvailable);
    if (sample.pressure === null) return;
    sums.pressures += 1;
    sums.pressure = add(sums.pressure, sample.pressure);
  }

  /** Windows with samples, in order of time. */
  reduced(): HostWindow[] {
    return [...this.sums]
      .sort(([a], [b]) => a - b)
      .map(([index, sums]) => ({
        at: this.windows.window(index).at,
        cpu: sums.cpu / sums.count,
        pressure: sums.pressures === 0 ? null : divide(sums.pressure, sums.pressures),
        memoryAvailable: sums.memoryAvailable,
        runnable: sums.runnable / sums.count,
        running: sums.running / sums.count,
        retransmits: sums.retransmits,
        networkErrors: sums.networkErrors,
      }));
  }
}

function empty(): Sums {
  return {
    count: 0,
    cpu: 0,
    runnable: 0,
    running: 0,
    retransmits: 0,
    networkErrors: 0,
    memoryAvailable: Number.POSITIVE_INFINITY,
    pressures: 0,
    pressure: { cpu: 0, memory: 0, io: 0 },
  };
}

function add(a: Pressure, b: Pressure): Pressure {
  return { cpu: a.cpu + b.cpu, memory: a.memory + b.memory, io: a.io + b.io };
}

function divide({ cpu, memory, io }: Pressure, by: number): Pressure {
  return { cpu: cpu / by, memory: memory / by, io: io / by };
}
