import type { ParsedFile } from '../../../validation/parsed-file.ts';
import type { Problem } from '../../../validation/problem.ts';

/** What a rule can check. */
export interface RuleInput {
  readonly metadata: ParsedFile;
  readonly module: ParsedFile;
  /** Paths of the files in module-template, relative to the module and without `.ejs`. */
  readonly templates: ReadonlySet<string>;
}

/** A check that involves several keys or files. It ignores values that the schema check reports. */
export type Rule = (input: RuleInput) => Problem[];
