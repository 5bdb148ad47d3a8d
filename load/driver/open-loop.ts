import type { RunRecord } from '../../model/load/record.ts';
import type { Arrival } from '../../model/load/roster.ts';
import type { RunOutcome } from './outcome.ts';

/** Milliseconds of the longest sleep. A clock that is set meanwhile shifts arrivals by no more than that. */
const SLEEP_MAX = 1000;

/** Milliseconds between two looks at the runs in progress. */
const DRAIN_POLL = 100;

/** Milliseconds that runs in progress get when somebody stops the test. */
export const STOP_WAIT = 60_000;

/** What an {@link OpenLoop} works on. */
export interface LoopOptions {
  /** Begin of the test in milliseconds since 1970. */
  readonly begin: number;
  /** This host's arrivals in order of time. */
  readonly arrivals: Iterable<Arrival>;
  /** Maximum number of runs at a time. */
  readonly concurrency: number;
  /** The part of a record that depends on the arrival. */
  describe(arrival: Arrival): Pick<RunRecord, 'clone' | 'group'>;
  /** Runs the agent of the arrival's clone. */
  run(arrival: Arrival): Promise<RunOutcome>;
  /** Called as a run starts, and with the record of each arrival. `isRun` tells whether it had started. */
  onStart(): void;
  onRecord(record: RunRecord, isRun: boolean): void;
  readonly clock: Clock;
}

/** Wall clock. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/**
 * Starts runs when they are due, whatever became of the runs before: an open model. Runs that cannot start are recorded
 * as such at once, and never caught up on.
 */
export class OpenLoop {
  private readonly running = new Map<
    number,
    Pick<RunRecord, 'number' | 'phase' | 'due' | 'clone' | 'group'>
  >();
  private stoppedAt = Number.POSITIVE_INFINITY;

  constructor(private readonly options: LoopOptions) {}

  /** Starts all runs. Returns when the last one has started, or after {@link stop}. */
  async start(): Promise<void> {
    for (const arrival of this.options.arrivals) {
      if (!(await this.waitUntil(this.options.begin + arrival.at))) return;
      this.arrive(arrival);
    }
  }

  /** Waits until no run is in progress. Records those still in progress at the deadline as held back. */
  async drain(deadline: number): Promise<void> {
    const { clock, onRecord } = this.options;
    while (this.running.size > 0 && clock.now() < Math.min(deadline, this.stoppedAt + STOP_WAIT)) {
      await clock.sleep(DRAIN_POLL);
    }
    const left = [...this.running.values()];
    this.running.clear();
    for (const run of left) {
      const message = 'the test ended before the run did';
      onRecord({ ...run, started: null, ended: null, outcome: 'held_back', message }, true);
    }
  }

  /** Makes {@link start} return within a second, and {@link drain} within a minute. */
  stop(): void {
    this.stoppedAt = Math.min(this.stoppedAt, this.options.clock.now());
  }

  /** Sleeps until that time. Returns whether the test goes on. */
  async waitUntil(time: number): Promise<boolean> {
    const { clock } = this.options;
    for (;;) {
      if (this.isStopped()) return false;
      const left = time - clock.now();
      if (left <= 0) return true;
      await clock.sleep(Math.min(left, SLEEP_MAX));
    }
  }

  private isStopped(): boolean {
    return this.stoppedAt !== Number.POSITIVE_INFINITY;
  }

  private arrive(arrival: Arrival): void {
    const { options, running } = this;
    const { number, phase, clone } = arrival;
    const basis = { number, phase, due: options.begin + arrival.at };
    const outcome = running.has(clone)
      ? 'dropped'
      : running.size >= options.concurrency
        ? 'held_back'
        : undefined;
    const record = { ...basis, ...options.describe(arrival) };
    if (outcome !== undefined) {
      options.onRecord({ ...record, started: null, ended: null, outcome }, false);
      return;
    }
    running.set(clone, record);
    options.onStart();
    const end = (result: RunOutcome) => {
      // Not if the test has ended without it.
      if (running.get(clone) === record) {
        running.delete(clone);
        options.onRecord({ ...record, ...result }, true);
      }
    };
    options.run(arrival).then(end, ({ message }: Error) => {
      end({ started: null, ended: null, outcome: 'failed', message });
    });
  }
}
