import path from 'node:path';
import { execa } from 'execa';
import { gemEnv } from '../../lab/gems.ts';
import { readTree } from './tree.ts';

/** Exit code and all output of one of Puppet's tools. */
export interface Outcome {
  readonly code: number | undefined;
  readonly output: string;
}

/** What a tool says of something that it finds nothing wrong with, as far as its exit code goes. */
export const CLEAN = { code: 0, output: '' } as const;

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

/** Syntax of every manifest, type, function, plan and template of a module. */
export async function syntax(module: string): Promise<Outcome> {
  const files = await readTree(module);
  const plans = files.filter((file) => file.startsWith('plans/') && file.endsWith('.pp'));
  const manifests = files.filter((file) => file.endsWith('.pp') && !plans.includes(file));
  const templates = files.filter((file) => file.endsWith('.epp'));
  const outcomes = [
    await gem(['puppet', 'parser', 'validate', ...manifests], module),
    await gem(['puppet', 'epp', 'validate', ...templates], module),
    ...(plans.length > 0 ? [await gem(['puppet', 'parser', 'validate', '--tasks', ...plans], module)] : []),
  ];
  return {
    code: Math.max(...outcomes.map(({ code }) => code ?? 1)),
    output: outcomes.map(({ output }) => output).join(''),
  };
}

/** puppet-lint with the Vox Pupuli plugins; warnings count. */
export function lint(module: string): Promise<Outcome> {
  return gem(['puppet-lint', '--fail-on-warnings', '--relative', '.'], module);
}

/** metadata-json-lint; warnings count. */
export function metadataLint(module: string): Promise<Outcome> {
  return gem(
    ['metadata-json-lint', '--strict-license', '--fail-on-warnings', path.join(module, 'metadata.json')],
    module,
  );
}

/** What puppet-strings complains of: a parameter, class or return that nobody documented. */
export async function undocumented(module: string): Promise<string[]> {
  const { code, output } = await gem(
    ['puppet', 'strings', 'generate', '--format', 'json', '--out', '/dev/null'],
    module,
  );
  const complaints = output.split('\n').filter((line) => /^\[(warn|error)\]/.test(line));
  return code === 0 ? complaints : [...complaints, `puppet strings exited with ${code}: ${output}`];
}
