import type { Schema } from '../../generator/model/schema.ts';
import type { Host } from './host.ts';

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

/** What a task runs with, beside its own parameters. */
export interface Call {
  /** Say what would change, and change nothing. */
  readonly noop: boolean;
  readonly host: Host;
}

/** What each `tasks/<name>.ts` exports; the bundle calls `run` through `main`. */
export interface TaskModule {
  readonly definition: TaskDefinition;
  run(input: Readonly<Record<string, unknown>>, call: Call): Promise<Answer>;
}

/** The TypeScript type of what a definition's parameters let through, with defaults filled in. */
export type InputOf<D extends TaskDefinition> = {
  readonly [K in keyof D['parameters']]:
    | ValueOf<D['parameters'][K]['schema']>
    | (D['parameters'][K] extends { readonly default: unknown } ? never : undefined);
};

type ValueOf<S> = S extends { readonly anyOf: readonly (infer Alternative)[] }
  ? ValueOf<Alternative>
  : S extends { readonly type: 'array'; readonly items: infer Item }
    ? readonly ValueOf<Item>[]
    : S extends { readonly type: 'string' }
      ? string
      : S extends { readonly type: 'integer' }
        ? number
        : S extends { readonly type: 'boolean' }
          ? boolean
          : unknown;
