import type { Answer, TaskDefinition } from '../../../model/task.ts';
import type { Host } from './host.ts';

/** What a task needs in addition to its parameters. */
export interface TaskContext {
  /** Whether to report what would change without changing it. */
  readonly noop: boolean;
  readonly host: Host;
}

/** Exports of each `tasks/<name>.ts`. The bundle passes them to `main`. */
export interface TaskModule {
  readonly definition: TaskDefinition;
  run(input: Readonly<Record<string, unknown>>, call: TaskContext): Promise<Answer>;
  /** What the task's file does if it is started with arguments: a program that outlives the task. */
  program?(args: readonly string[], host: Host): Promise<void>;
}
