import type { Histogram } from 'hdr-histogram-js';
import type { Latency } from '../../model/load/result.ts';
import { encodeHistogram } from '../histogram.ts';
import type { Random } from '../schedule/random.ts';

/** Draws a latency in milliseconds from a log-normal distribution, as latencies of agent runs have it. */
export function drawLatency(random: Random, median: number, spread = 0.25): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.round(median * Math.exp(spread * normal));
}

/** Figures of a histogram of milliseconds. */
export function latencyOf(histogram: Histogram): Latency {
  const seconds = (percentile: number) => histogram.getValueAtPercentile(percentile) / 1000;
  return {
    count: histogram.totalCount,
    mean: histogram.mean / 1000,
    p50: seconds(50),
    p90: seconds(90),
    p95: seconds(95),
    p99: seconds(99),
    p999: seconds(99.9),
    max: histogram.maxValue / 1000,
    histogram: encodeHistogram(histogram),
  };
}
