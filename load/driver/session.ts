import type { Connect, Connection } from './connection.ts';

/** Maximum number of lines about a run. */
const LINES_MAX = 300;

/** The session with a clone has ended. */
export class SessionClosed extends Error {
  /**
   * @param wasReady - whether the script had started
   */
  constructor(
    message: string,
    readonly wasReady: boolean,
  ) {
    super(message);
  }
}

/** A session with a script in a clone, which runs the agent for each line; see `sessionScript`. */
export class CloneSession {
  /** Resolves when the clone is ready to run its agent, or the session has ended. */
  readonly ready: Promise<void>;
  /** Whether the script has ended. */
  get isClosed(): boolean {
    return this.ended !== undefined;
  }

  /** Resolves when the script has ended. */
  readonly closed: Promise<void>;
  private readonly connection: Connection;
  private isReady = false;
  private ended: SessionClosed | undefined;
  private lines: string[] = [];
  private run: { resolve(lines: string[]): void; reject(error: SessionClosed): void } | undefined;

  constructor(connect: Connect, clone: string, script: string) {
    let [onReady, onClosed] = [() => {}, () => {}];
    this.ready = new Promise((resolve) => {
      onReady = resolve;
    });
    this.closed = new Promise((resolve) => {
      onClosed = resolve;
    });
    this.connection = connect(clone, script, {
      onLine: (line) => {
        if (this.isReady) this.read(line);
        else if (line === 'ready') {
          this.isReady = true;
          onReady();
        }
      },
      onClose: (why) => {
        this.ended = new SessionClosed(why, this.isReady);
        this.run?.reject(this.ended);
        onReady();
        onClosed();
      },
    });
  }

  /**
   * Runs the agent and returns what the script prints about the run. One run at a time.
   *
   * @throws SessionClosed if the session ends before the run
   */
  start(line: string): Promise<string[]> {
    if (this.ended) return Promise.reject(this.ended);
    this.lines = [];
    return new Promise((resolve, reject) => {
      this.run = { resolve, reject };
      this.connection.send(line);
    });
  }

  /** Ends the script after the run in progress. It then removes what it has left in the clone. */
  end(): void {
    this.connection.end();
  }

  /** Ends the session without waiting for a run in progress. */
  destroy(): void {
    this.connection.destroy();
  }

  private read(line: string): void {
    if (line !== 'end') {
      if (this.lines.length < LINES_MAX) this.lines.push(line);
      return;
    }
    const run = this.run;
    this.run = undefined;
    run?.resolve(this.lines);
  }
}
