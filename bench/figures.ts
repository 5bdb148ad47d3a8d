import type { AnySideName } from './side.ts';

/** What is measured: its title, its unit and its significant decimals. */
export const FIGURES = {
  first_apply: { title: 'first apply, base image already built', unit: 's', decimals: 1 },
  unchanged_apply: { title: 'unchanged apply', unit: 's', decimals: 1 },
  running_apply: { title: 'unchanged apply, fleet running', unit: 's', decimals: 1 },
  running: { title: 'clones that run after a start of the fleet', unit: '', decimals: 0 },
  start: { title: 'start all', unit: 's', decimals: 1 },
  start_cpu: { title: 'CPU of a start for each clone, whole host', unit: 's', decimals: 2 },
  overlay: { title: 'disk of a new clone that has started', unit: 'KiB', decimals: 0 },
  journal_lines: { title: "lines in the host's journal for each start", unit: '', decimals: 1 },
  first_status: { title: 'status before the first start', unit: 's', decimals: 2 },
  status: { title: 'status', unit: 's', decimals: 2 },
  stop: { title: 'stop all', unit: 's', decimals: 1 },
  memory_pss: { title: 'memory of an idle clone, PSS', unit: 'MiB', decimals: 1 },
  memory_host: { title: 'memory of an idle clone, whole host', unit: 'MiB', decimals: 1 },
  run_cpu: { title: 'CPU of a run, new process', unit: 's', decimals: 2 },
  resident_run_cpu: { title: 'CPU of a run, resident agent', unit: 's', decimals: 2 },
  server_cpu: { title: 'CPU of the server for a run', unit: 's', decimals: 2 },
  runs_per_minute: { title: 'runs per minute that host and server sustain', unit: '', decimals: 0 },
  first_checked_in: {
    title: 'agents that ran in the first interval, certificates included',
    unit: '',
    decimals: 0,
  },
  checked_in: { title: 'agents that ran in the last interval', unit: '', decimals: 0 },
  starts_per_second: { title: 'most runs started within a second', unit: '', decimals: 0 },
  interval: { title: 'run interval', unit: 's', decimals: 0 },
} as const;

export type Figure = keyof typeof FIGURES;

/** One figure of one side at one size. */
export interface Reading {
  readonly figure: Figure;
  readonly side: AnySideName;
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
  side: AnySideName,
  clones: number,
): number | undefined {
  return readings.find((some) => some.figure === figure && some.side === side && some.clones === clones)
    ?.value;
}

/** Sizes at which a side was measured, small ones first. */
export function sizesOf(readings: readonly Reading[], figure: Figure, side?: AnySideName): number[] {
  const those = readings.filter(
    (some) => some.figure === figure && (side === undefined || some.side === side),
  );
  return [...new Set(those.map(({ clones }) => clones))].sort((a, b) => a - b);
}

/** A number with thousands separated, as the documentation writes them. */
export function format(value: number, decimals = 0): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}
