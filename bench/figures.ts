import type { SideName } from './side.ts';

/** What is measured: how it is called, in what, and how many decimals of it mean something. */
export const FIGURES = {
  first_apply: { title: 'first apply, base image there', unit: 's', decimals: 1 },
  unchanged_apply: { title: 'unchanged apply', unit: 's', decimals: 1 },
  running_apply: { title: 'unchanged apply, fleet running', unit: 's', decimals: 1 },
  running: { title: 'clones that run, all started', unit: '', decimals: 0 },
  start: { title: 'start all', unit: 's', decimals: 1 },
  status: { title: 'status', unit: 's', decimals: 2 },
  stop: { title: 'stop all', unit: 's', decimals: 1 },
  memory_pss: { title: 'memory of an idle clone, PSS', unit: 'MiB', decimals: 1 },
  memory_host: { title: 'memory of an idle clone, whole host', unit: 'MiB', decimals: 1 },
  run_cpu: { title: 'CPU of a run, process of its own', unit: 's', decimals: 2 },
  resident_run_cpu: { title: 'CPU of a run, resident agent', unit: 's', decimals: 2 },
  server_cpu: { title: 'CPU that the server takes for a run', unit: 's', decimals: 2 },
  runs_per_minute: { title: 'runs a minute that host and server sustain', unit: '', decimals: 0 },
  first_checked_in: {
    title: 'agents that ran within their first interval, certificates included',
    unit: '',
    decimals: 0,
  },
  checked_in: { title: 'agents that ran within an interval', unit: '', decimals: 0 },
  starts_per_second: { title: 'most runs begun in a second', unit: '', decimals: 0 },
  interval: { title: 'interval of these runs', unit: 's', decimals: 0 },
} as const;

export type Figure = keyof typeof FIGURES;

/** One figure of one side at one size. */
export interface Reading {
  readonly figure: Figure;
  readonly side: SideName;
  readonly clones: number;
  readonly value: number;
}

/** All that a benchmark has measured, and where. */
export interface Results {
  readonly machine: {
    readonly cores: number;
    readonly processor: string;
    readonly memory_mib: number;
    readonly kernel: string;
    readonly host: string;
    readonly agent: string;
    readonly server: string;
  };
  readonly command: string;
  readonly date: string;
  readonly readings: readonly Reading[];
}

/** The value of a figure, if it was measured. */
export function readingOf(
  readings: readonly Reading[],
  figure: Figure,
  side: SideName,
  clones: number,
): number | undefined {
  return readings.find((some) => some.figure === figure && some.side === side && some.clones === clones)
    ?.value;
}

/** Sizes at which a side was measured, small ones first. */
export function sizesOf(readings: readonly Reading[], figure: Figure, side?: SideName): number[] {
  const those = readings.filter(
    (some) => some.figure === figure && (side === undefined || some.side === side),
  );
  return [...new Set(those.map(({ clones }) => clones))].sort((a, b) => a - b);
}
