/** One problem with the input or the output, as printed with `--json`. {@link formatProblem} formats it for people. */
export interface Problem {
  /** Path relative to the working directory or to the checkout. Absolute if the file is outside of both. */
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** Path of the value in the file's data, such as `images.debian-12.os` or `tags[2]`. */
  readonly key?: string;
  /** The invalid value, if there is one. */
  readonly value?: unknown;
  /** What is wrong. The sentence continues after the value: `is not among distro, gem`. */
  readonly message: string;
  /** All valid values, if they can be listed. */
  readonly allowed?: readonly string[];
  /** The allowed value that was probably meant. */
  readonly suggestion?: string;
  /** How to fix it. */
  readonly remedy?: string;
}

/** Carries all problems that were found, so that one run reports everything to fix. */
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
  // The question comes last, because nothing can follow its question mark.
  return `${place}: ${key === undefined ? '' : `${key}: `}${subject}${remedy === undefined ? '' : `; ${remedy}`}${hint}`;
}

/** Throws a {@link ProblemsError} with the problems sorted by file, line and column. Does nothing without problems. */
export function throwProblems(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const compare = (a: Problem, b: Problem) =>
    compareText(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
  throw new ProblemsError([...problems].sort(compare));
}

/** Compares by code unit. Unlike `localeCompare`, the order does not depend on the machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
