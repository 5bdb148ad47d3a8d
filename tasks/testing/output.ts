import type { Output } from '../lib/contract/host.ts';

/** Result of a command that succeeds. */
export function done(stdout: string): Output {
  return { code: 0, stdout, stderr: '' };
}

/** Result of a command that fails if there are problems, which it prints. */
export function withErrors(problems: readonly string[]): Output {
  return {
    code: problems.length > 0 ? 1 : 0,
    stdout: '',
    stderr: problems.map((problem) => `${problem}\n`).join(''),
  };
}
