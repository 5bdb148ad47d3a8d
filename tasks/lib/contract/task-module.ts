import type { Answer, TaskDefinition } from '../../../model/task.ts';
import type { Host } from './host.ts';

/** What a task runs with, besides its own parameters. */
export interface TaskContext {
  /** Report what would change, and change nothing. */
  readonly noop: boolean;
  readonly host: Host;
}

/** What each `tasks/<name>.ts` exports; the bundle calls `run` through `main`. */
export interface TaskModule {
  readonly definition: TaskDefinition;
  run(input: Readonly<Record<string, unknown>>, call: TaskContext): Promise<Answer>;
}
