import { readFileSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { formatProblem, type Problem, ProblemsError } from '../validation/problem.ts';
import { type BuildOptions, buildCommand } from './commands/build.ts';
import type { Context } from './commands/context.ts';
import { type GenerateOptions, generateCommand } from './commands/generate.ts';

/** Exit codes: success, output folder out of date (`--check` only), or an error. */
export const EXIT = { ok: 0, stale: 1, error: 2 } as const;

/**
 * Runs the command line. Errors are reported, not thrown.
 *
 * @param args - Arguments after the name of the script
 * @returns The exit code, one of {@link EXIT}
 */
export async function run(args: readonly string[], context: Context): Promise<number> {
  let code: number = EXIT.ok;
  const program = createProgram(context, (result) => {
    code = result;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.error;
    const problems = problemsOf(error as Error);
    context.stderr(`${problems.map(formatProblem).join('\n')}\n`);
    if (args.includes('--json')) context.stdout(`${JSON.stringify({ ok: false, problems }, null, 2)}\n`);
    return EXIT.error;
  }
}

function problemsOf(error: Error & { code?: string; path?: string }): readonly Problem[] {
  if (error instanceof ProblemsError) return error.problems;
  // An error of the file system, such as a folder without write permission.
  if (error.path !== undefined) return [{ file: error.path, message: error.message }];
  return [
    { file: 'clone-army', message: `internal error, please report it: ${error.stack ?? error.message}` },
  ];
}

function createProgram(context: Context, setExitCode: (code: number) => void): Command {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const program = new Command('clone-army')
    .description('Generates the clone_army Puppet module from module.yaml, metadata.json and the templates.')
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: context.stdout, writeErr: context.stderr });

  addCommand(program, 'generate', 'Write the module to a folder.')
    .option('--out <folder>', 'output folder (default: dist/<module>)')
    .option('--check', 'write nothing; if the folder is out of date, print a diff and exit with 1')
    .addOption(new Option('--dry-run', 'write nothing; list the files that would change').conflicts('check'))
    .action(async (options: GenerateOptions) => {
      setExitCode((await generateCommand(options, context)) ? EXIT.ok : EXIT.stale);
    });

  addCommand(program, 'build', 'Write the tarball of the module for the Forge.')
    .option('--out <folder>', 'output folder', 'dist')
    .action((options: BuildOptions) => buildCommand(options, context));
  return program;
}

/** Adds a command with the options that all commands share. */
function addCommand(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option('--config <file>', 'images, flavours and defaults of the module', 'module.yaml')
    .option('--metadata <file>', 'name, version, dependencies and supported host systems', 'metadata.json')
    .option('--json', 'print the result as one JSON object');
}
