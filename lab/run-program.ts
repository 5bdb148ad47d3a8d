import type { Command } from 'commander';
import { describeError } from './errors.ts';

/** Runs the command that the command line names. Prints an error and sets the exit code if it fails. */
export async function runProgram(program: Command): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    console.error(`\n${program.name()}: ${describeError(error)}`);
    process.exitCode = 1;
  }
}
