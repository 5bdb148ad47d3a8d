import type { Problem } from '../../problem.ts';
import type { Source } from '../source.ts';

/** What rules may look at. */
export interface Input {
  readonly metadata: Source;
  readonly module: Source;
  /** Paths in the module that module-template has files for. */
  readonly templates: ReadonlySet<string>;
}

/** Something that must hold between keys or files; says nothing about what the schemas find wrong. */
export type Rule = (input: Input) => Problem[];

/** Names of the scripts in one folder of module-template. */
export function scriptsIn({ templates }: Input, folder: string): string[] {
  const pattern = new RegExp(`^${folder}/([^/]+)\\.sh$`);
  return [...templates].flatMap((path) => pattern.exec(path)?.[1] ?? []);
}
