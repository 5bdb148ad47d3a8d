import type { Metric } from '../../model/load/profile.ts';
import type { Block } from './sample.ts';

/** Cells of a distribution. With more different latencies, neighbours share a cell. */
const CELLS_MAX = 1024;

/** Sums of fractions of a hundred are not exact. */
const TOLERANCE = 1e-9;

/** Latencies of one metric, added up anew for each draw of blocks. */
export class Distribution {
  /** Milliseconds, ascending. */
  private readonly values: Float64Array;
  private readonly parts: readonly { readonly cells: Uint32Array; readonly counts: Float64Array }[];
  /** Runs in each cell and in all cells before it. */
  private readonly cumulative: Float64Array;
  private weightedSum = 0;

  constructor(blocks: readonly Block[], metric: Metric) {
    const all = new Set(blocks.flatMap(({ latencies }) => [...(latencies[metric]?.keys() ?? [])]));
    const sorted = Float64Array.from(all).sort();
    const width = Math.max(1, Math.ceil(sorted.length / CELLS_MAX));
    const cellOf = new Map(Array.from(sorted, (value, index) => [value, Math.floor(index / width)]));
    // A cell of several values stands for the one in its middle.
    this.values = Float64Array.from(
      { length: Math.ceil(sorted.length / width) },
      (_, cell) => sorted[Math.min(cell * width + Math.floor(width / 2), sorted.length - 1)] as number,
    );
    this.cumulative = new Float64Array(this.values.length);
    this.parts = blocks.map(({ latencies }) => {
      const entries = [...(latencies[metric] ?? [])];
      return {
        cells: Uint32Array.from(entries, ([value]) => cellOf.get(value) as number),
        counts: Float64Array.from(entries, ([, count]) => count),
      };
    });
  }

  /** Adds up the blocks, each as often as it was drawn. */
  add(weights: Float64Array): void {
    const { values, parts, cumulative } = this;
    cumulative.fill(0);
    for (let block = 0; block < parts.length; block++) {
      const weight = weights[block] as number;
      if (weight === 0) continue;
      const { cells, counts } = parts[block] as (typeof parts)[number];
      for (let i = 0; i < cells.length; i++) {
        const cell = cells[i] as number;
        cumulative[cell] = (cumulative[cell] as number) + weight * (counts[i] as number);
      }
    }
    let reached = 0;
    this.weightedSum = 0;
    for (let cell = 0; cell < cumulative.length; cell++) {
      const count = cumulative[cell] as number;
      this.weightedSum += count * (values[cell] as number);
      reached += count;
      cumulative[cell] = reached;
    }
  }

  private get total(): number {
    return this.cumulative[this.cumulative.length - 1] ?? 0;
  }

  /** Milliseconds; NaN without runs. */
  mean(): number {
    return this.weightedSum / this.total;
  }

  /** Milliseconds; NaN without runs. */
  percentile(percentile: number): number {
    if (this.total === 0) return Number.NaN;
    const rank = (percentile / 100) * this.total - TOLERANCE;
    let [low, high] = [0, this.cumulative.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.cumulative[middle] as number) >= rank) high = middle;
      else low = middle + 1;
    }
    return this.values[low] as number;
  }
}
