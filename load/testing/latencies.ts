import type { Random } from '../schedule/random.ts';

/** Draws a latency in milliseconds from a log-normal distribution, as latencies of agent runs have it. */
export function drawLatency(random: Random, median: number, spread = 0.25): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.round(median * Math.exp(spread * normal));
}
