import type { Progress } from '../../model/load/progress.ts';
import { GOOD, type RunRecord } from '../../model/load/record.ts';

/** Lower limit of the second bucket in milliseconds, and the ratio of two limits; see {@link Progress.latencies}. */
const SMALLEST = 10;
const RATIO = 1.1;

type Counts = Pick<
  Progress,
  'due' | 'started' | 'good' | 'failed' | 'dropped' | 'heldBack' | 'running' | 'latencies'
>;

/** Counts arrivals by what became of them. */
export class Tally {
  private due = 0;
  private started = 0;
  private good = 0;
  private failed = 0;
  private dropped = 0;
  private heldBack = 0;
  private ended = 0;
  private readonly latencies: number[] = [];

  /** A run starts. */
  start(): void {
    this.due += 1;
    this.started += 1;
  }

  /** An arrival that is not run. */
  skip({ outcome }: RunRecord): void {
    this.due += 1;
    if (outcome === 'dropped') this.dropped += 1;
    else this.heldBack += 1;
  }

  /** A run that started has ended, or is no longer waited for. */
  end({ outcome, due, ended }: RunRecord): void {
    this.ended += 1;
    if (outcome === 'held_back') this.heldBack += 1;
    else if (GOOD.includes(outcome)) this.good += 1;
    else this.failed += 1;
    if (ended === null) return;
    const bucket = bucketOf(ended - due);
    while (this.latencies.length <= bucket) this.latencies.push(0);
    this.latencies[bucket] = (this.latencies[bucket] as number) + 1;
  }

  counts(): Counts {
    const { due, started, good, failed, dropped, heldBack } = this;
    const running = started - this.ended;
    return { due, started, good, failed, dropped, heldBack, running, latencies: [...this.latencies] };
  }
}

/** Index of the bucket for a latency in milliseconds. */
export function bucketOf(milliseconds: number): number {
  if (milliseconds < SMALLEST) return 0;
  return Math.floor(Math.log(milliseconds / SMALLEST) / Math.log(RATIO)) + 1;
}

/**
 * The middle of the bucket that a percentile is in, in seconds; null without any latencies. The function
 * `clone_army::progress_line` does the same for the counts of all hosts.
 */
export function percentileOf(latencies: readonly number[], percentile: number): number | null {
  const total = latencies.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let rest = Math.ceil((total * percentile) / 100);
  const bucket = latencies.findIndex((count) => {
    rest -= count;
    return rest <= 0;
  });
  return (SMALLEST / 1000) * RATIO ** (bucket - 0.5);
}
