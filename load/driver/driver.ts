import type { Progress } from '../../model/load/progress.ts';
import type { RunRecord } from '../../model/load/record.ts';
import { type Arrival, basesOf, type TestPlan } from '../../model/load/roster.ts';
import type { Sample } from '../../model/load/sample.ts';
import { type Clock, OpenLoop } from './open-loop.ts';
import type { RunOutcome } from './outcome.ts';
import { endOf, hasEnded } from './progress.ts';
import { Sampler, type Sources } from './sampler.ts';
import { SpentObjectives } from './spent-objectives.ts';
import { Tally } from './tally.ts';

/** Milliseconds between two reports of the progress. */
const PROGRESS_INTERVAL = 2000;

/** Milliseconds that clones get to leave the test. */
const LEAVE_WAIT = 60_000;

/** Milliseconds after its timeout in which a run ends. */
const GRACE = 60_000;

/** What a {@link Driver} works on. */
export interface DriverOptions {
  readonly plan: TestPlan;
  /** The arrivals on this host. Iterated twice. */
  readonly arrivals: Iterable<Arrival>;
  readonly clones: {
    open(clones: readonly number[]): Promise<void>;
    run(arrival: Arrival): Promise<RunOutcome>;
    close(deadline: number): Promise<void>;
  };
  readonly sources: Omit<Sources, 'running'>;
  /** Where the results go. Each throws if the disk is full. */
  readonly output: {
    record(record: RunRecord): void;
    sample(sample: Sample): void;
    progress(progress: Progress): void;
  };
  readonly clock: Clock;
}

/** Runs a load test on this host. */
export class Driver {
  private readonly tally = new Tally();
  private readonly objectives: SpentObjectives;
  private readonly groups: readonly string[];
  private readonly loop: OpenLoop;
  private readonly sampler: Sampler;
  private readonly end: number;
  private planned = 0;
  private state: Progress['state'] = 'waiting';
  private isStopped = false;
  private error: string | undefined;

  constructor(private readonly options: DriverOptions) {
    const { plan, arrivals, clock, clones, output, sources } = options;
    this.groups = basesOf(plan.roster.hosts[plan.host]);
    this.end = endOf(plan);
    this.objectives = new SpentObjectives(plan);
    this.loop = new OpenLoop({
      begin: plan.begin,
      arrivals,
      concurrency: plan.concurrency,
      describe: ({ clone }) => ({
        clone: plan.clones[clone] as string,
        group: this.groups[clone] as string,
      }),
      run: (arrival) => clones.run(arrival),
      onStart: () => this.tally.start(),
      onRecord: (record, isRun) => {
        if (isRun) this.tally.end(record);
        else this.tally.skip(record);
        this.objectives.add(record);
        this.write(() => output.record(record));
      },
      clock,
    });
    const running = () => this.tally.counts().running;
    this.sampler = new Sampler({ ...sources, running }, clock, (sample) =>
      this.write(() => output.sample(sample)),
    );
  }

  /** Runs the test to its end. Returns how it ended. */
  async run(): Promise<Progress['state']> {
    const { clock, clones, plan } = this.options;
    const order = this.countArrivals();
    this.report();
    this.reportRegularly();
    const opened = clones.open(order);
    this.sampler.start();

    if (await this.loop.waitUntil(plan.begin)) this.state = 'running';
    await this.loop.start();
    await this.loop.waitUntil(this.end);
    this.state = 'draining';
    await this.loop.drain(clock.now() + plan.profile.timeout * 1000 + GRACE);
    await Promise.race([opened, clock.sleep(LEAVE_WAIT)]);
    await clones.close(clock.now() + LEAVE_WAIT);
    this.sampler.stop();
    this.state = this.error !== undefined ? 'failed' : this.isStopped ? 'stopped' : 'done';
    this.report();
    return this.state;
  }

  /** Ends the test in order: nothing more starts, and runs in progress get some time. */
  stop(): void {
    this.isStopped = true;
    this.loop.stop();
  }

  /** Counts this host's arrivals. Returns all clones that take part, those that run first at the beginning. */
  private countArrivals(): number[] {
    const { arrivals, plan } = this.options;
    const order = new Set<number>();
    for (const { clone } of arrivals) {
      this.planned += 1;
      order.add(clone);
    }
    // Clones without arrivals pause, too.
    const { bases } = plan.profile;
    for (const [i, base] of this.groups.entries()) if (bases === null || bases.includes(base)) order.add(i);
    return [...order];
  }

  private async reportRegularly(): Promise<void> {
    for (;;) {
      await this.options.clock.sleep(PROGRESS_INTERVAL);
      if (hasEnded(this.state)) return;
      this.report();
    }
  }

  private report(): void {
    const { clock, output, plan } = this.options;
    const progress = {
      id: plan.id,
      state: this.state,
      ...(this.error === undefined ? {} : { error: this.error }),
      at: clock.now(),
      begin: plan.begin,
      end: this.end,
      ...this.tally.counts(),
      planned: this.planned,
      objectives: this.objectives.progress(),
      server: this.sampler.server,
      pressure: this.sampler.pressure,
    };
    this.write(() => output.progress(progress));
  }

  /** Writes something. If that fails, the test ends: what cannot be recorded is no result. */
  private write(writing: () => void): void {
    if (this.error !== undefined && this.state !== 'failed') return;
    try {
      writing();
    } catch (error) {
      this.error = `the files of the test cannot be written: ${(error as Error).message}`;
      this.loop.stop();
    }
  }
}
