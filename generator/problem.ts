import { relative, resolve } from 'node:path';

/** One mistake, as data for `--json`; {@link formatProblem} makes the line that people read. */
export interface Problem {
  /** As the user would name it: relative to the folder that the command was started in. */
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** Place in the file's data, such as `images.debian-12.os` or `tags[2]`. */
  readonly key?: string;
  /** The offending value, where there is one. */
  readonly value?: unknown;
  /** What is wrong with it, and what would be right. */
  readonly message: string;
  readonly allowed?: readonly string[];
  /** A near miss among what is allowed. */
  readonly suggestion?: string;
  readonly remedy?: string;
}

/** Everything found wrong in one go, so that one run shows all there is to mend. */
export class ProblemsError extends Error {
  override readonly name = 'ProblemsError';

  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
  }
}

/** @returns `module.yaml:12:5: defaults.flavour: "distr" is not among distro, gem; did you mean "distro"?` */
export function formatProblem(problem: Problem): string {
  const { file, line, column, key, value, message, suggestion, remedy } = problem;
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  const subject = value === undefined ? message : `${JSON.stringify(value)} ${message}`;
  const hint = suggestion === undefined ? '' : `; did you mean "${suggestion}"?`;
  return `${place}: ${key === undefined ? '' : `${key}: `}${subject}${hint}${remedy === undefined ? '' : `; ${remedy}`}`;
}

/** Throws a {@link ProblemsError} with the problems in the order of their places, unless there are none. */
export function throwProblems(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const compare = (a: Problem, b: Problem) =>
    compareText(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
  throw new ProblemsError([...problems].sort(compare));
}

/** Order by code unit, which unlike `localeCompare` is the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A path as messages have it: relative to where the command was started, unless it lies elsewhere. */
export function displayPath(cwd: string, path: string): string {
  const full = resolve(cwd, path);
  const short = relative(cwd, full);
  return short === '' || short.startsWith('..') ? full : short;
}
