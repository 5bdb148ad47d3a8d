import type { Schema } from './schema.ts';

/** A parameter of a task, as its users, Bolt and the validator see it. */
export interface Parameter {
  readonly description: string;
  readonly schema: Schema;
  /** What the task assumes if the parameter is absent; Bolt does not apply defaults itself. */
  readonly default?: string | number | boolean;
}

/** The single definition that a task's metadata, validation and documentation are made from. */
export interface TaskDefinition {
  readonly name: string;
  readonly description: string;
  readonly supportsNoop: boolean;
  readonly parameters: Readonly<Record<string, Parameter>>;
}

/** What a task returns to Bolt: one JSON object. */
export type Answer = Readonly<Record<string, unknown>>;

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
