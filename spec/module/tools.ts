import { execa } from 'execa';
import { gemEnv } from '../../lab/gems.ts';

/** Exit code and all output of one of Puppet's tools. */
export interface Outcome {
  readonly code: number | undefined;
  readonly output: string;
}

/** Runs a command among the project's gems. */
export async function gem(words: readonly string[], cwd: string): Promise<Outcome> {
  const { exitCode, all } = await execa('bundle', ['exec', ...words], {
    env: await gemEnv(),
    cwd,
    all: true,
    reject: false,
  });
  return { code: exitCode, output: all ?? '' };
}

/** Runs tasks of a module's own Rakefile, in one process. */
export function rake(module: string, tasks: readonly string[]): Promise<Outcome> {
  return gem(['rake', ...tasks], module);
}

/** What shellcheck says of a module's scripts. */
export async function shellcheck(folder: string, scripts: readonly string[]): Promise<Outcome> {
  const { exitCode, all } = await execa('shellcheck', ['--external-sources', '--shell=sh', ...scripts], {
    cwd: folder,
    all: true,
    reject: false,
  });
  return { code: exitCode, output: all ?? '' };
}
