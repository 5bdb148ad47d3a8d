import { execa } from 'execa';
import { bundleExec } from '../../lab/gems.ts';

/** Result of one of Puppet's tools. */
export interface Outcome {
  readonly code: number | undefined;
  readonly output: string;
}

/** Runs a command of the project's gems. */
export async function gem(words: readonly string[], cwd: string): Promise<Outcome> {
  const { exitCode, all } = await bundleExec(words, { cwd, all: true, reject: false });
  return { code: exitCode, output: all ?? '' };
}

/** Runs tasks of the module's own Rakefile in one process. */
export function rake(module: string, tasks: readonly string[]): Promise<Outcome> {
  return gem(['rake', ...tasks], module);
}

/** Runs shellcheck on a module's scripts. */
export async function shellcheck(folder: string, scripts: readonly string[]): Promise<Outcome> {
  const { exitCode, all } = await execa('shellcheck', ['--external-sources', '--shell=sh', ...scripts], {
    cwd: folder,
    all: true,
    reject: false,
  });
  return { code: exitCode, output: all ?? '' };
}
