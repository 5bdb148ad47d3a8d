import type { Metric } from '../../model/load/profile.ts';
import { METRICS } from '../../model/load/profile.ts';
import type { Result, ResultWindow } from '../../model/load/result.ts';
import { failedOf } from '../analysis/figures.ts';
import { countsOf, decodeHistogram } from '../histogram.ts';

/** Number of runs by latency in milliseconds. */
export type Latencies = ReadonlyMap<number, number>;

/** What was measured in a stretch of time. Blocks are resampled as a whole, because runs near each other are alike. */
export interface Block {
  readonly seconds: number;
  readonly arrivals: number;
  readonly failed: number;
  /** Null if it is not known for the group of clones. */
  readonly achieved: number | null;
  readonly dropped: number | null;
  readonly latencies: { readonly [K in Metric]?: Latencies };
}

/** The blocks of each result on one side of a comparison. */
export type Sample = readonly (readonly Block[])[];

/** Maximum number of blocks of a result. More of them would not make an interval better, but cost time. */
const BLOCKS_MAX = 100;

/**
 * Reads what was measured from results.
 *
 * @param group - Base image whose clones to look at; null for all
 */
export function sampleOf(results: readonly Result[], group: string | null): Sample {
  return results.map(({ windows }) => {
    const measured = windows.filter((window) => window.measured);
    const size = Math.ceil(measured.length / BLOCKS_MAX);
    const count = size === 0 ? 0 : Math.ceil(measured.length / size);
    return Array.from({ length: count }, (_, index) =>
      sumOf(measured.slice(index * size, (index + 1) * size).map((window) => blockOf(window, group))),
    );
  });
}

function blockOf(window: ResultWindow, group: string | null): Block {
  const parts = window.groups.filter((part) => group === null || part.group === group);
  const isAll = group === null;
  return {
    seconds: window.length / 1000,
    arrivals: sum(parts.map(({ arrivals }) => arrivals)),
    failed: isAll ? failedOf(window.outcomes) : sum(parts.map(({ failed }) => failed)),
    achieved: isAll ? window.achieved : null,
    dropped: isAll ? (window.outcomes.dropped ?? 0) : null,
    latencies: latenciesOf((metric) =>
      parts.map(({ latencies }) => latencies[metric]).map((text) => (text ? decoded(text) : undefined)),
    ),
  };
}

function decoded(text: string): Latencies {
  return new Map(countsOf(decodeHistogram(text)).map(({ value, count }) => [value, count]));
}

/** Adds up blocks. */
export function sumOf(blocks: readonly Block[]): Block {
  return {
    seconds: sum(blocks.map(({ seconds }) => seconds)),
    arrivals: sum(blocks.map(({ arrivals }) => arrivals)),
    failed: sum(blocks.map(({ failed }) => failed)),
    achieved: sumOrNull(blocks.map(({ achieved }) => achieved)),
    dropped: sumOrNull(blocks.map(({ dropped }) => dropped)),
    latencies: latenciesOf((metric) => blocks.map(({ latencies }) => latencies[metric])),
  };
}

function latenciesOf(partsOf: (metric: Metric) => readonly (Latencies | undefined)[]): Block['latencies'] {
  const all = METRICS.map((metric): [Metric, Latencies] => {
    const counts = new Map<number, number>();
    for (const part of partsOf(metric)) {
      for (const [value, count] of part ?? []) counts.set(value, (counts.get(value) ?? 0) + count);
    }
    return [metric, counts];
  });
  return Object.fromEntries(all.filter(([, counts]) => counts.size > 0));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function sumOrNull(numbers: readonly (number | null)[]): number | null {
  return numbers.reduce((total, number) => (total === null || number === null ? null : total + number), 0);
}
