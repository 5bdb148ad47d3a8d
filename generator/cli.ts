import { readFileSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { type BuildOptions, buildCommand } from './commands/build.ts';
import type { Context } from './commands/context.ts';
import { type GenerateOptions, generateCommand } from './commands/generate.ts';
import { formatProblem, type Problem, ProblemsError } from './problem.ts';

/** What a command ends with: all is well, the output is stale (`--check`), or the input is bad. */
export const EXIT = { ok: 0, stale: 1, bad: 2 } as const;

/**
 * Runs the command line.
 *
 * @param args - Without the names of Node and of the script
 * @returns The exit code, one of {@link EXIT}
 */
export async function run(args: readonly string[], context: Context): Promise<number> {
  let code: number = EXIT.ok;
  const program = programOf(context, (result) => {
    code = result;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.bad;
    const problems = problemsOf(error as Error);
    context.stderr(`${problems.map(formatProblem).join('\n')}\n`);
    if (args.includes('--json')) context.stdout(`${JSON.stringify({ ok: false, problems }, null, 2)}\n`);
    return EXIT.bad;
  }
}

function problemsOf(error: Error & { code?: string; path?: string }): readonly Problem[] {
  if (error instanceof ProblemsError) return error.problems;
  // What the system refuses, such as a folder that may not be written to.
  if (error.path !== undefined) return [{ file: error.path, message: error.message }];
  return [{ file: 'clone-army', message: `failed, which is a bug: ${error.stack ?? error.message}` }];
}

function programOf(context: Context, done: (code: number) => void): Command {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const program = new Command('clone-army')
    .description('Makes the clone_army Puppet module from module.yaml, metadata.json and the templates.')
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: context.stdout, writeErr: context.stderr });

  command(program, 'generate', 'Write the module into a folder.')
    .option('--out <folder>', 'folder for the module (default: dist/<module>)')
    .option('--check', 'write nothing; exit 1 with a diff, if the folder is stale')
    .addOption(new Option('--dry-run', 'write nothing; say what would be written').conflicts('check'))
    .action(async (options: GenerateOptions) => {
      done((await generateCommand(options, context)) ? EXIT.ok : EXIT.stale);
    });

  command(program, 'build', "Write the module's tarball for the Forge.")
    .option('--out <folder>', 'folder for the tarball', 'dist')
    .action((options: BuildOptions) => buildCommand(options, context));
  return program;
}

/** What the commands have in common. */
function command(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option('--config <file>', 'what differs from module to module', 'module.yaml')
    .option('--metadata <file>', 'identity, version, dependencies and host systems', 'metadata.json')
    .option('--json', 'answer with one JSON object');
}
