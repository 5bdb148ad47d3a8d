import type { Host, Output, RunningCommand } from '../contract/host.ts';

/** Milliseconds between two checks for commands that have ended. */
const PAUSE = 100;

/** What became of the commands when all had ended, or at the timeout. */
export interface CommandResults {
  /** Output of commands that ended, by clone, or the reason why they could not be run. */
  readonly ended: ReadonlyMap<string, Output | Error>;
  /** Clones whose command is still running. */
  readonly pending: ReadonlySet<string>;
}

/**
 * Runs a command in each of the clones, several at a time. Commands that are running at the timeout continue.
 *
 * @param concurrency - maximum number of commands at a time
 * @param seconds - timeout
 */
export async function runInClones(
  host: Host,
  clones: readonly string[],
  { concurrency, seconds }: { readonly concurrency: number; readonly seconds: number },
  start: (clone: string) => RunningCommand,
): Promise<CommandResults> {
  const deadline = host.uptime() + seconds * 1000;
  const queue = [...clones];
  const running = new Map<string, RunningCommand>();
  const ended = new Map<string, Output | Error>();

  for (;;) {
    for (const clone of queue.splice(0, concurrency - running.size)) {
      const command = start(clone);
      running.set(clone, command);
      const end = (result: Output | Error) => {
        // Not if the task has stopped waiting for it.
        if (running.delete(clone)) ended.set(clone, result);
      };
      command.output.then(end, end);
    }
    const left = deadline - host.uptime();
    if (running.size === 0 || left <= 0) break;
    await host.sleep(Math.min(PAUSE, left));
  }

  const pending = new Set(running.keys());
  for (const command of running.values()) command.leave();
  running.clear();
  return { ended, pending };
}
