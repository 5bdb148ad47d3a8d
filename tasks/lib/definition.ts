import type { Schema } from '../../generator/model/schema.ts';

/** A parameter of a task, as its users, Bolt and the validator see it. */
export interface Parameter {
  readonly description: string;
  readonly schema: Schema;
  /** What the task assumes where the parameter is absent; runners do not apply defaults themselves. */
  readonly default?: string | number | boolean;
}

/** One definition from which a task's metadata, its validation and its documentation are made. */
export interface TaskDefinition {
  readonly name: string;
  readonly description: string;
  readonly supportsNoop: boolean;
  readonly parameters: Readonly<Record<string, Parameter>>;
}

/** What a task hands to Bolt: one JSON object. */
export type Answer = Readonly<Record<string, unknown>>;

/** What each `tasks/<name>.ts` exports; the bundle calls `run` through `main`. */
export interface TaskModule {
  readonly definition: TaskDefinition;
  run(input: Readonly<Record<string, unknown>>): Promise<Answer>;
}
