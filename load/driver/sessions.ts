import { createHash } from 'node:crypto';
import type { Arrival, TestPlan } from '../../model/load/roster.ts';
import { plainText } from '../../tasks/lib/clone/plain-text.ts';
import { Churn } from './churn.ts';
import type { Connect } from './connection.ts';
import type { Clock } from './open-loop.ts';
import { outcomeOf, type RunOutcome } from './outcome.ts';
import { parseRun } from './run-result.ts';
import { CloneSession, SessionClosed } from './session.ts';
import { sessionScript } from './session-script.ts';

/** Number of sessions that are opened at the same time. */
const OPENING = 16;

/** Milliseconds after its timeout in which a run has to end. timeout(1) kills it after ten seconds. */
const GRACE = 30_000;

/** systemd-run found a unit of the same name: the session of an earlier test, which waits for its run to end. */
const UNIT_EXISTS = /Unit \S+ (already exists|was already loaded)/;

/** Paths in a clone; empty if unknown. */
export interface AgentPaths {
  readonly summary: string;
  readonly ssldir: string;
}

/** The sessions with this host's clones. */
export class CloneSessions {
  private readonly sessions = new Map<number, CloneSession>();
  private readonly runs = new Map<number, number>();
  private readonly churn: Churn;

  /**
   * @param pathsOf - paths of the agent in a clone, by the clone's number
   */
  constructor(
    private readonly plan: TestPlan,
    private readonly pathsOf: (clone: number) => AgentPaths,
    private readonly connect: Connect,
    private readonly clock: Clock,
  ) {
    this.churn = new Churn(plan);
  }

  /** Opens the sessions with these clones, which pauses their own runs. */
  async open(clones: readonly number[]): Promise<void> {
    const queue = [...clones];
    const next = async (): Promise<void> => {
      for (let clone = queue.shift(); clone !== undefined; clone = queue.shift()) {
        await this.sessionWith(clone).ready;
      }
    };
    await Promise.all(Array.from({ length: OPENING }, next));
  }

  /** Runs the agent of the arrival's clone. If the session has ended, this opens another one. */
  async run(arrival: Arrival): Promise<RunOutcome> {
    const { clone } = arrival;
    const { timeout } = this.plan.profile;
    const name = this.churn.nameFor(arrival);
    const session = this.sessionWith(clone);
    const number = this.runNumber(clone);
    this.runs.set(clone, number);
    const from = this.clock.now();
    const named = name === undefined ? {} : { certname: name };
    try {
      const lines = await this.withDeadline(session, session.start(`${name ?? '-'} ${number}`));
      const result = parseRun(lines);
      if (result !== undefined) return { ...named, ...outcomeOf(result, timeout) };
      throw new SessionClosed(`its session printed ${lines[0]}`, true);
    } catch (error) {
      if (!(error instanceof SessionClosed)) throw error;
      this.sessions.delete(clone);
      return { ...named, ...this.lostRun(error, from) };
    }
  }

  /** Ends all sessions, so that clones run their agents by themselves again, and waits for that until the deadline. */
  async close(deadline: number): Promise<void> {
    const sessions = [...this.sessions.values()];
    for (const session of sessions) session.end();
    const all = Promise.all(sessions.map(({ closed }) => closed));
    await Promise.race([all, this.clock.sleep(Math.max(0, deadline - this.clock.now()))]);
    for (const session of sessions) session.destroy();
  }

  private lostRun({ message, wasReady }: SessionClosed, from: number): RunOutcome {
    const ended = this.clock.now();
    const text = plainText(message);
    if (UNIT_EXISTS.test(message)) return { started: null, ended: null, outcome: 'locked', message: text };
    if (!wasReady) return { started: null, ended: null, outcome: 'killed', message: text };
    const isLate = ended - from >= this.plan.profile.timeout * 1000;
    return { started: from, ended, outcome: isLate ? 'timed_out' : 'killed', message: text };
  }

  /** Ends the session of a run that does not end. */
  private async withDeadline<T>(session: CloneSession, run: Promise<T>): Promise<T> {
    let isOver = false;
    const end = () => {
      isOver = true;
    };
    run.then(end, end);
    this.clock.sleep(this.plan.profile.timeout * 1000 + GRACE).then(() => {
      if (!isOver) session.destroy();
    });
    return run;
  }

  private runNumber(clone: number): number {
    return (this.runs.get(clone) ?? 0) + 1;
  }

  private sessionWith(clone: number): CloneSession {
    const open = this.sessions.get(clone);
    if (open !== undefined && !open.isClosed) return open;
    const { profile, clones } = this.plan;
    const name = clones[clone] as string;
    const digest = createHash('sha256').update(`${profile.seed} ${name} ${this.plan.host}`).digest();
    const script = sessionScript({
      ...this.pathsOf(clone),
      options: profile.workload.agentOptions,
      timeout: profile.timeout,
      facts: profile.workload.facts,
      seed: (digest.readUInt32BE(0) % 2147483646) + 1,
      firstRun: this.runNumber(clone),
    });
    const session = new CloneSession(this.connect, name, script);
    this.sessions.set(clone, session);
    return session;
  }
}
