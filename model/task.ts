import type { Schema } from './schema.ts';

/** A task parameter. */
export interface Parameter {
  readonly description: string;
  readonly schema: Schema;
  /** Value if the parameter is omitted. The task applies it, because Bolt does not. */
  readonly default?: string | number | boolean;
  /** Whether the task fails without the parameter. */
  readonly required?: true;
}

/** Definition of a task: the source of its metadata, validation and documentation. */
export interface TaskDefinition {
  readonly name: string;
  readonly description: string;
  readonly supportsNoop: boolean;
  /** Whether only plans run the task. Bolt and the documentation then do not list it. */
  readonly private?: true;
  /** Maximum length of the input in characters, if the task needs more than others. */
  readonly inputMax?: number;
  readonly parameters: Readonly<Record<string, Parameter>>;
}

/** The JSON object that a task returns to Bolt. */
export type Answer = Readonly<Record<string, unknown>>;

/** Type of a task's validated parameters, with defaults applied. */
export type InputOf<D extends TaskDefinition> = {
  readonly [K in keyof D['parameters']]:
    | ValueOf<D['parameters'][K]['schema']>
    | (D['parameters'][K] extends { readonly default: unknown } | { readonly required: true }
        ? never
        : undefined);
};

type ValueOf<S> = S extends { readonly anyOf: readonly (infer Alternative)[] }
  ? ValueOf<Alternative>
  : S extends { readonly type: 'array'; readonly items: infer Item }
    ? readonly ValueOf<Item>[]
    : S extends { readonly type: 'string' }
      ? string
      : S extends { readonly type: 'integer' | 'number' }
        ? number
        : S extends { readonly type: 'boolean' }
          ? boolean
          : S extends { readonly type: 'object' }
            ? Readonly<Record<string, unknown>>
            : unknown;
